/** What the rights of a person are carried out with. */
import type { RequestedRight, RequestState } from '@sotto/policy'
import type { EraseParts } from '../erase/erase.ts'
import type { Gate } from '../gate/gate.ts'
import type { Turns } from '../keys/turns.ts'
import type { Db } from '../vault/record.ts'

/** The parts of a studio that the rights need. */
export interface RightsParts extends EraseParts {
  readonly gate: Gate
  readonly turns: Turns
}

/**
 * What the open column `state` of a request says: which right, and how far. So clocks are looked at without opening anything.
 */
export function requestColumn(right: RequestedRight, state: RequestState): string {
  return `${right}.${state}`
}

/** The two words of that column. */
export function readRequestColumn(column: string): { right: RequestedRight; state: RequestState } {
  const [right, state] = column.split('.') as [RequestedRight, RequestState]
  return { right, state }
}

/** Where the account stands: its open state. */
export type AccountState = 'live' | 'frozen' | 'ending' | 'held'

/** The account's open state; undefined where there is no such person. */
export async function accountState(db: Db, person: string): Promise<AccountState | undefined> {
  const row = await db
    .selectFrom('record')
    .select('state')
    .where('person', '=', person)
    .where('kind', '=', 'account')
    .executeTakeFirst()
  return row?.state as AccountState | undefined
}

/** Sets the account's open state. */
export async function setAccountState(db: Db, person: string, state: AccountState): Promise<void> {
  await db.updateTable('record').set({ state }).where('person', '=', person).where('kind', '=', 'account').execute()
}

/** Ends every session of a person: from now on nobody is signed in as them. */
export async function endSessions(db: Db, person: string): Promise<void> {
  await db.deleteFrom('record').where('person', '=', person).where('kind', '=', 'session').execute()
}
