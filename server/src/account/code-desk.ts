/**
 * Sending one-time codes: within the limits on numbers and addresses, to the page or by SMS. One desk for all that asks for
 * codes, so that a number is not written to more often because two things ask for it.
 */
import type { Passage } from '../http/doors.ts'
import type { Visitor } from '../http/handle.ts'
import { Problem, type ProblemLocale } from '../problem.ts'
import type { DecisionCode } from '../rights/decisions.ts'
import { codeMessage } from '../sms/message.ts'
import { CODE_SECONDS } from './codes.ts'
import { CODES_PER_ADDRESS, CODES_PER_NUMBER, limiter, networkOf, TRIES_PER_ADDRESS } from './limits.ts'
import { requireNumber } from './number.ts'
import type { AccountParts } from './parts.ts'
import { steadily } from './steady.ts'

/** What asking for a code answers. */
export interface CodeAsked {
  readonly challenge: string
  readonly sent: 'page' | 'sms'
  readonly code?: string
  readonly expires_in: number
}

/** Who asks, and from where. */
export interface AskedBy {
  readonly visitor: Visitor | undefined
  readonly passage: Passage
  readonly locale: ProblemLocale
}

/** The desk. */
export interface CodeDesk {
  /** A code on its way to a number as it was typed, the same for every number; `issue` makes it. @throws Problem */
  send(
    ask: { number: string; country?: string | undefined },
    by: AskedBy,
    issue: (number: string) => { challenge: string; code: string },
  ): Promise<CodeAsked>
  /** One more try from an address. @throws Problem `try_later` */
  tried(address: string): void
  /** Tells whoever a name leads to that the door was shut on it. Nobody waits for it: how long an answer takes must not say whether there is such a person. */
  noteFor(find: () => Promise<string | undefined>, code: DecisionCode): void
}

/** Where a code for this request can be delivered. */
export function codesOf(parts: Pick<AccountParts, 'sendCode'>, onThisMachine: boolean): 'page' | 'sms' | 'off' {
  if (parts.sendCode) return 'sms'
  return onThisMachine ? 'page' : 'off'
}

/** The desk of a studio. Its limits live as long as what this answers. */
export function codeDesk(parts: AccountParts): CodeDesk {
  const { config, lookup, now } = parts
  const perNumber = limiter(CODES_PER_NUMBER, now)
  const perAddress = limiter(CODES_PER_ADDRESS, now)
  const tries = limiter(TRIES_PER_ADDRESS, now)

  function within(limit: { take(key: string): number | undefined }, key: string): void {
    const wait = limit.take(key)
    if (wait !== undefined) throw new Problem('try_later', { retryAfter: wait })
  }

  /** Addresses tell people apart only where they come from other machines. */
  function withinAddress(limit: { take(key: string): number | undefined }, address: string): void {
    if (!config.loopback) within(limit, networkOf(address))
  }

  function noteFor(find: () => Promise<string | undefined>, code: DecisionCode): void {
    const noted = find().then((person) => (person === undefined ? undefined : parts.note(person, code)))
    noted.catch(() => undefined)
  }

  return {
    async send({ number: typed, country }, { visitor, passage, locale }, issue) {
      const sent = codesOf(parts, passage.onThisMachine)
      if (sent === 'off') throw new Problem('codes_off')
      const number = requireNumber(typed, country)
      withinAddress(perAddress, passage.address)
      try {
        within(perNumber, number)
      } catch (error) {
        noteFor(() => lookup.find('phone', number), 'codes_limited')
        throw error
      }
      const { challenge, code } = issue(number)
      if (sent === 'page') return { challenge, sent, code, expires_in: CODE_SECONDS }
      const payload = { phone_number: number, message: codeMessage(code, locale) }
      await steadily(async () => {
        // Whose message this is, for their sharing ledger: whoever asks, else whoever the number belongs to.
        const person = visitor?.person ?? (await lookup.find('phone', number))
        await parts.sendCode?.(payload, person)
      })
      return { challenge, sent, expires_in: CODE_SECONDS }
    },
    tried: (address) => withinAddress(tries, address),
    noteFor,
  }
}
