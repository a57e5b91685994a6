/** What accounts need of the studio. */
import type { RecipientPayload } from '@sotto/policy'
import type { Config } from '../config.ts'
import type { Consents, NoticeSeen } from '../gate/consents.ts'
import type { Gate } from '../gate/gate.ts'
import type { Standings } from '../gate/standing.ts'
import type { KeyStore } from '../keys/keyring.ts'
import type { Lookup } from '../keys/lookup.ts'
import type { Turns } from '../keys/turns.ts'
import type { DecisionCode } from '../rights/decisions.ts'
import type { Db } from '../vault/record.ts'

/** What the account code is made of. */
export interface AccountParts {
  readonly config: Config
  readonly db: Db
  readonly keys: KeyStore
  readonly lookup: Lookup
  readonly gate: Gate
  readonly consents: Pick<Consents, 'noticeShown'>
  readonly standings: Pick<Standings, 'changed' | 'of'>
  readonly turns: Turns
  readonly now: () => Date
  /** Makes a person who has seen the notice. */
  readonly createPerson: (notice: NoticeSeen) => Promise<string>
  /** Moves a guest's things to an account and erases the rest of the guest. */
  readonly merge: (guest: string, account: string) => Promise<void>
  /** Notes a decision of the program about a person, for them to read (PIPL 24). */
  readonly note: (person: string, code: DecisionCode, reason?: string) => Promise<void>
  /** Erases a person whole. */
  readonly erase: (person: string) => Promise<unknown>
  /**
   * Hands a code to the SMS provider, the sharing noted first for `person` where one is known. Absent where the host has
   * configured no provider.
   */
  readonly sendCode?:
    | ((payload: RecipientPayload<'sms_provider'>, person: string | undefined) => Promise<void>)
    | undefined
}
