/** Signing in and up: as a guest, by number and one-time code, by password; and how a guest keeps everything. */
import type { NoticeSeen } from '../gate/consents.ts'
import type { Passage } from '../http/doors.ts'
import type { Visitor } from '../http/handle.ts'
import { Problem, type ProblemLocale } from '../problem.ts'
import type { DecisionCode } from '../rights/decisions.ts'
import { codeMessage } from '../sms/message.ts'
import { findRecord, findRecords } from '../vault/record.ts'
import { CODE_SECONDS, oneTimeCodes } from './codes.ts'
import { proofsOf } from './credential.ts'
import { soleId } from './derived-id.ts'
import { backoff, CODES_PER_ADDRESS, CODES_PER_NUMBER, limiter, networkOf, TRIES_PER_ADDRESS } from './limits.ts'
import { numberOf, requireNumber } from './number.ts'
import type { AccountParts } from './parts.ts'
import type { SecondStep } from './second-step.ts'
import { steadily } from './steady.ts'

/** Who signs in after all: `proven` where a password or second step was part of it. */
export interface Entered {
  readonly person: string
  readonly proven: boolean
}

/** What asking for a code answers. */
export interface CodeAsked {
  readonly challenge: string
  readonly sent: 'page' | 'sms'
  readonly code?: string
  readonly expires_in: number
}

/** The ways in. */
export interface SignIn {
  /** A new guest. @throws Problem `guests_off` */
  guest(notice: NoticeSeen, passage: Passage): Promise<Entered>
  /** A code on its way to a number, the same for every number. @throws Problem */
  askCode(
    ask: { number: string; country?: string | undefined; notice: NoticeSeen },
    by: { visitor: Visitor | undefined; passage: Passage; locale: ProblemLocale },
  ): Promise<CodeAsked>
  /** @throws Problem `code_wrong`, `code_spent`, `totp_needed`, `totp_wrong`, `merge_needed`, `signed_in_already` */
  verify(
    given: { challenge: string; code: string; totp?: string | undefined; merge?: boolean | undefined },
    by: { visitor: Visitor | undefined; passage: Passage },
  ): Promise<Entered>
  /** @throws Problem `sign_in_refused`, `totp_needed`, `totp_wrong`, `merge_needed`, `signed_in_already`, `try_later` */
  password(
    given: { name: string; password: string; totp?: string | undefined; merge?: boolean | undefined },
    by: { visitor: Visitor | undefined; passage: Passage },
  ): Promise<Entered>
}

/** Where a code for this request can be delivered. */
export function codesOf(parts: Pick<AccountParts, 'sendCode'>, onThisMachine: boolean): 'page' | 'sms' | 'off' {
  if (parts.sendCode) return 'sms'
  return onThisMachine ? 'page' : 'off'
}

/** The ways in, over a studio. */
export function signIn(parts: AccountParts, second: SecondStep): SignIn {
  const { config, db, gate, lookup, now, turns } = parts
  const codes = oneTimeCodes(now)
  const perNumber = limiter(CODES_PER_NUMBER, now)
  const perAddress = limiter(CODES_PER_ADDRESS, now)
  const tries = limiter(TRIES_PER_ADDRESS, now)
  const guesses = backoff(now)

  function within(limit: { take(key: string): number | undefined }, key: string): void {
    const wait = limit.take(key)
    if (wait !== undefined) throw new Problem('try_later', { retryAfter: wait })
  }

  /**
   * Tells whoever a name leads to that the door was shut on it. Nobody waits for it: how long an answer takes must not say
   * whether there is such a person.
   */
  function noteFor(find: () => Promise<string | undefined>, code: DecisionCode): void {
    const noted = find().then((person) => (person === undefined ? undefined : parts.note(person, code)))
    noted.catch(() => undefined)
  }

  /** Addresses tell people apart only where they come from other machines. */
  function withinAddress(limit: { take(key: string): number | undefined }, address: string): void {
    if (!config.loopback) within(limit, networkOf(address))
  }

  /** Without a number or password: nobody but this session leads to them. */
  async function isGuest(person: string): Promise<boolean> {
    return (await findRecords(db, person, 'identifier')).length === 0 && !(await proofsOf(parts, person)).password
  }

  /** Whether there is anything that could move. */
  async function hasThings(person: string): Promise<boolean> {
    return (await findRecords(db, person, 'item')).length > 0 || (await findRecords(db, person, 'upload')).length > 0
  }

  /**
   * What becomes of whoever is here already, when they turn out to be `owner`: a guest's things move along if they
   * agree (or there are none), another account is not left by accident. Answers what is to be done once all is proven.
   */
  async function leave(visitor: Visitor | undefined, owner: string, merge: boolean | undefined) {
    if (!visitor || visitor.person === owner) return async () => {}
    if (!(await isGuest(visitor.person))) throw new Problem('signed_in_already')
    if (merge !== true && (await hasThings(visitor.person))) throw new Problem('merge_needed')
    return () => parts.merge(visitor.person, owner)
  }

  /** Writes the number into the person's own records, if a crash kept it from there before. */
  async function keepNumber(person: string, number: string): Promise<void> {
    const id = soleId(person, 'identifier')
    if (await findRecord(db, person, 'identifier', id)) return
    const mine = await gate.open('sign_in', person, { by: 'self' })
    await mine.identifier.add({ phone_number: number, verified_at: now().toISOString() }, { id })
  }

  /** A new account for a number. */
  async function accountOf(number: string, notice: NoticeSeen): Promise<string> {
    const made = await parts.createPerson(notice)
    if (await lookup.claim('phone', number, made, now().getTime())) return made
    // Another server was quicker with the same number: what was made here goes again.
    await parts.erase(made)
    return (await lookup.find('phone', number)) ?? accountOf(number, notice)
  }

  /** What a right code leads to, for somebody who may be here already. */
  async function enter(
    { number, notice }: { number: string; notice: NoticeSeen },
    { totp, merge }: { totp?: string | undefined; merge?: boolean | undefined },
    visitor: Visitor | undefined,
  ): Promise<Entered> {
    const owner = await lookup.find('phone', number)
    if (owner === undefined && visitor) {
      // A guest (or a handle without number) binds it and keeps everything.
      if ((await findRecords(db, visitor.person, 'identifier')).length > 0) throw new Problem('signed_in_already')
      if (!(await lookup.claim('phone', number, visitor.person, now().getTime())))
        return enter({ number, notice }, { totp, merge }, visitor)
      await keepNumber(visitor.person, number)
      return { person: visitor.person, proven: false }
    }
    if (owner === undefined) {
      const person = await accountOf(number, notice)
      await keepNumber(person, number)
      return { person, proven: false }
    }
    const move = await leave(visitor, owner, merge)
    // Whoever the number leads to must be proven wholly before anything moves to them.
    const { totp: needed } = await proofsOf(parts, owner)
    if (needed) await second.useTotp(owner, totp)
    await parts.consents.noticeShown(owner, notice, 'page')
    await keepNumber(owner, number)
    await move()
    return { person: owner, proven: needed }
  }

  return {
    async guest(notice, { address }) {
      if (!config.guests) throw new Problem('guests_off')
      withinAddress(tries, address)
      return { person: await parts.createPerson(notice), proven: false }
    },

    async askCode({ number: typed, country, notice }, { visitor, passage, locale }) {
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
      const { challenge, code } = codes.issue({ number, notice })
      if (sent === 'page') return { challenge, sent, code, expires_in: CODE_SECONDS }
      const payload = { phone_number: number, message: codeMessage(code, locale) }
      await steadily(async () => {
        // Whose message this is, for their sharing ledger: whoever asks, else whoever the number belongs to.
        const person = visitor?.person ?? (await lookup.find('phone', number))
        await parts.sendCode?.(payload, person)
      })
      return { challenge, sent, expires_in: CODE_SECONDS }
    },

    async verify({ challenge, code, totp, merge }, { visitor, passage }) {
      withinAddress(tries, passage.address)
      const proof = codes.use(challenge, code)
      return turns.take(`number ${proof.number}`, async () => {
        try {
          return await enter(proof, { totp, merge }, visitor)
        } catch (error) {
          proof.putBack()
          throw error
        }
      })
    },

    async password({ name, password, totp, merge }, { visitor, passage }) {
      const typed = name.trim()
      // One door per name and network, so that a stranger cannot lock somebody out everywhere.
      const door = `${typed.toLowerCase()} ${networkOf(passage.address)}`
      withinAddress(tries, passage.address)
      const wait = guesses.begin(door)
      const ownerOf = async () => {
        const number = numberOf(typed)
        return (
          (number ? await lookup.find('phone', number) : undefined) ??
          (await lookup.find('handle', typed.toLowerCase()))
        )
      }
      if (wait !== undefined) {
        noteFor(ownerOf, 'sign_in_locked')
        throw new Problem('try_later', { retryAfter: wait })
      }
      const person = await steadily(async () => {
        const owner = await ownerOf()
        if (!(await second.passwordFits(owner, password)) || owner === undefined) throw new Problem('sign_in_refused')
        return owner
      })
      const move = await leave(visitor, person, merge)
      if ((await proofsOf(parts, person)).totp) await second.useTotp(person, totp)
      guesses.clear(door)
      await move()
      return { person, proven: true }
    },
  }
}
