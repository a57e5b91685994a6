/**
 * Legal holds: a law makes the studio keep something of a person for a while (C154, C212, G27). A hold permits storage and
 * nothing else; it names its law, what it covers and when it ends, and the person can read it.
 */
import { randomUUID } from 'node:crypto'
import { policy, type RecordKindId } from '@sotto/policy'
import type { KeyStore } from '../keys/keyring.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Db, findRecords, insertRecord, openRecord } from '../vault/record.ts'

/** What holds need. */
export interface HoldParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly ledger: Ledger
  readonly now: () => Date
}

/** One hold. */
export interface Hold {
  readonly id: string
  readonly person: string
  /** Kinds of records that must stay. */
  readonly kinds: readonly string[]
  readonly citation: string
  readonly until: Date
}

/** A hold without a law, for no kind, or that has ended already. */
export class InvalidHoldError extends Error {
  override name = 'InvalidHoldError'
  readonly code = 'bad_request'
}

/** What a hold covers cannot be erased before it ends. `code` is `held_by_law`. */
export class HeldByLawError extends Error {
  override name = 'HeldByLawError'
  readonly code = 'held_by_law'
  readonly holds: readonly Hold[]
  constructor(holds: readonly Hold[]) {
    super(holds.map(({ citation, until }) => `${citation}, ${until.toISOString().slice(0, 10)}`).join('; '))
    this.holds = holds
  }
}

/** Sets a hold. @throws InvalidHoldError */
export async function setHold(parts: HoldParts, hold: Omit<Hold, 'id'>): Promise<Hold> {
  const known = hold.kinds.every(
    (kind) => (policy.kinds as Record<string, { place: string }>)[kind]?.place === 'record',
  )
  if (hold.citation.trim() === '') throw new InvalidHoldError('a hold names its law')
  if (hold.kinds.length === 0 || !known) throw new InvalidHoldError('a hold names kinds of records that there are')
  if (!(hold.until > parts.now())) throw new InvalidHoldError('a hold ends in the future')
  const id = randomUUID()
  await insertRecord(parts.db, parts.keys, {
    id,
    person: hold.person,
    item: null,
    kind: 'hold',
    state: 'live',
    payload: { kinds: [...hold.kinds], citation: hold.citation.trim(), until: hold.until.toISOString() },
    created_at: parts.now(),
    due_at: hold.until,
  })
  await parts.ledger.append(hold.person, 'right', {
    right: 'hold',
    state: 'in_progress',
    request: id,
    why: hold.citation,
  })
  return { ...hold, id }
}

/** Ends a hold before its time. */
export async function releaseHold(parts: HoldParts, person: string, id: string): Promise<boolean> {
  const gone = await parts.db
    .deleteFrom('record')
    .where('id', '=', id)
    .where('person', '=', person)
    .where('kind', '=', 'hold')
    .executeTakeFirst()
  if (gone.numDeletedRows !== 1n) return false
  await parts.ledger.append(person, 'right', { right: 'hold', state: 'fulfilled', request: id })
  return true
}

/** The holds on a person that have not ended. Reading a hold opens nothing but the hold: no purpose of theirs is served. */
export async function holdsOf(
  { db, keys, now }: Pick<HoldParts, 'db' | 'keys' | 'now'>,
  person: string,
): Promise<Hold[]> {
  const rows = await findRecords(db, person, 'hold')
  const live = rows.filter(({ due_at }) => due_at === null || due_at > now())
  return Promise.all(
    live.map(async (row) => {
      const { kinds, citation, until } = await openRecord<'hold'>(keys, row)
      return { id: row.id, person, kinds, citation, until: new Date(until) }
    }),
  )
}

/** Kinds that lie under an item's key: a hold on one of them keeps the item. */
const ITEM_KINDS = Object.entries(policy.kinds)
  .filter(([, { place, key }]) => place === 'record' && key === 'item')
  .map(([kind]) => kind as RecordKindId)

/** Whether a hold keeps items from being erased. */
export function coversItems(hold: Pick<Hold, 'kinds'>): boolean {
  return hold.kinds.some((kind) => (ITEM_KINDS as readonly string[]).includes(kind))
}
