/** The accounts of a studio: everything about who somebody is, made of the studio's parts. */
import type { Studio } from '../studio.ts'
import { type NumberChange, numberChange } from './change-number.ts'
import { codeDesk } from './code-desk.ts'
import type { AccountParts } from './parts.ts'
import { type SecondStep, secondStep } from './second-step.ts'
import { type Sessions, sessions } from './session.ts'
import { type SignIn, signIn } from './sign-in.ts'

/** Everything about who somebody is. */
export interface Accounts {
  readonly parts: AccountParts
  readonly sessions: Sessions
  readonly second: SecondStep
  readonly signIn: SignIn
  readonly number: NumberChange
}

/** Makes the accounts of a studio. Codes on their way and limits live as long as what this answers. */
export function accounts(studio: Studio): Accounts {
  const { config, db, keys, lookup, gate, consents, standings, turns } = studio
  const parts: AccountParts = {
    config,
    db,
    keys,
    lookup,
    gate,
    consents,
    standings,
    turns,
    now: studio.clock,
    createPerson: (notice) => studio.persons.create(notice),
    merge: (guest, account) => studio.merge(guest, account),
    note: (person, code, reason) => studio.rights.note(person, code, reason),
    erase: (person) => studio.erase.person(person),
    sendCode: config.sms && ((payload, person) => studio.send('sms_provider', person ?? null, payload)),
  }
  const kept = sessions(parts)
  const second = secondStep(parts, kept)
  const desk = codeDesk(parts)
  const number = numberChange(parts, kept, desk)
  return { parts, sessions: kept, second, signIn: signIn(parts, second, desk), number }
}
