/**
 * Another number for an account (C195, C198; GDPR 16, PIPL 46). The code goes to the new number and is good for this person
 * alone. When it is answered the old number leads nowhere any more, and whoever else was signed in is signed out.
 */
import type { Visitor } from '../http/handle.ts'
import { Problem } from '../problem.ts'
import { findRecord } from '../vault/record.ts'
import type { AskedBy, CodeAsked, CodeDesk } from './code-desk.ts'
import { oneTimeCodes } from './codes.ts'
import { soleId } from './derived-id.ts'
import type { AccountParts } from './parts.ts'
import type { Sessions } from './session.ts'

/** Changing the number. Both steps ask for fresh proof where the account has a second step: the route sees to it. */
export interface NumberChange {
  /** @throws Problem `no_number`, and what the desk throws */
  ask(
    visitor: Visitor,
    ask: { number: string; country?: string | undefined },
    by: Omit<AskedBy, 'visitor'>,
  ): Promise<CodeAsked>
  /** @throws Problem `code_wrong`, `code_spent`, `number_taken`, `no_number` */
  change(visitor: Visitor, given: { challenge: string; code: string }, address: string): Promise<void>
}

/** What a right code proves: that whoever asked for it, for this account, holds the new number. */
interface NewNumber {
  readonly number: string
  readonly person: string
}

/** Changing numbers over a studio. */
export function numberChange(parts: AccountParts, sessions: Sessions, desk: CodeDesk): NumberChange {
  const { db, turns } = parts
  const codes = oneTimeCodes<NewNumber>(parts.now)

  async function requireNumbered(person: string): Promise<void> {
    if (!(await findRecord(db, person, 'identifier', soleId(person, 'identifier')))) throw new Problem('no_number')
  }

  return {
    async ask(visitor, ask, by) {
      await requireNumbered(visitor.person)
      return desk.send(ask, { visitor, ...by }, (number) => codes.issue({ number, person: visitor.person }))
    },

    async change(visitor, { challenge, code }, address) {
      desk.tried(address)
      const { person, number } = codes.use(challenge, code)
      // Somebody else's challenge is used up by the try, and proves nothing.
      if (person !== visitor.person) throw new Problem('code_spent')
      await requireNumbered(person)
      await turns.take(`number ${number}`, () => takeNumber(parts, person, number))
      await sessions.endOthers(person, visitor.session)
    },
  }
}

/**
 * Gives a proven number to a person in place of the one they have. First the new one leads to them, then the old one leads
 * nowhere, then the record says so: cut off anywhere, both led to one who had proven both, and doing it again, or signing in
 * with the new number, brings it to its end. @throws Problem `number_taken`
 */
export async function takeNumber(parts: AccountParts, person: string, number: string): Promise<void> {
  const { gate, lookup, now, turns } = parts
  await turns.take(`identifier ${person}`, async () => {
    const id = soleId(person, 'identifier')
    const mine = await gate.open('sign_in', person, { by: 'self' })
    const known = await mine.identifier.get(id)
    if (known?.phone_number === number) return
    if (!(await lookup.claim('phone', number, person, now().getTime()))) throw new Problem('number_taken')
    const identifier = { phone_number: number, verified_at: now().toISOString() }
    if (known === undefined) {
      await mine.identifier.add(identifier, { id })
      return
    }
    await lookup.release('phone', known.phone_number, person)
    await mine.identifier.change(id, identifier)
  })
}
