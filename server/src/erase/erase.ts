/**
 * Erasing: the keys first, then the bytes, then proof by reading every store again (DESIGN law 3). The intention is durable
 * in the ledger before the first key goes, so a crash anywhere in between is finished at the next start, and a restored
 * backup is brought to the same end. Every step may be done twice.
 */
import { randomUUID } from 'node:crypto'
import type { Standings } from '../gate/standing.ts'
import type { Hub } from '../jobs/hub.ts'
import type { Worker } from '../jobs/worker.ts'
import type { KeyStore } from '../keys/keyring.ts'
import type { Lookup } from '../keys/lookup.ts'
import { HOUSE, LEDGER_KINDS, type Ledger } from '../ledger/ledger.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Db } from '../vault/record.ts'

/** What erasing works on: every store there is. */
export interface EraseParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly lookup: Lookup
  readonly ledger: Ledger
  readonly objects: ObjectStore
  readonly worker: Pick<Worker, 'stop'>
  /** Which other items a running job has open. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>
  readonly hub: Hub
  readonly standings: Pick<Standings, 'changed' | 'of'>
  readonly now: () => Date
  /** When the last copy of a key destroyed now is gone from the key store's rolling copy. */
  readonly lastCopyGone: () => Date
}

/**
 * One store read again: at how many places something of the erased had been and was looked for, how much of it was found.
 * What is looked at is what the one person held, so that an erasure costs as much as they had and not as much as all have.
 */
export interface Check {
  store: string
  read: number
  found: number
}

/** What was destroyed, and the proof. */
export interface Certificate {
  id: string
  at: string
  scope: 'item' | 'everything'
  keys_destroyed: number
  records_removed: number
  objects_removed: number
  checks: Check[]
  last_copy_gone: string
  ledger: { size: number; root: string }
}

/** Something of an erased person or item is still found after the act: not certified. */
export class NotErasedError extends Error {
  override name = 'NotErasedError'
  readonly code = 'not_erased'
}

interface Counts {
  keys: number
  records: number
  objects: number
}

/** Erases one item for good. */
export async function eraseItem(parts: EraseParts, person: string, item: string): Promise<Certificate> {
  await parts.ledger.append(HOUSE, 'erasure', { scope: 'item', items: [item], proof: { person } })
  const counts = await destroyItem(parts, person, item)
  const checks = await Promise.all([
    checkKeyring(parts, person, counts, (id) => id === item),
    ...checkBytes(parts, 'item', item, counts),
  ])
  const certificate = await certify(parts, 'item', counts, checks)
  await parts.ledger.append(person, 'erasure', { scope: 'item', items: [item], proof: { ...certificate } })
  parts.hub.emit(person, { type: 'erased', item })
  return certificate
}

/**
 * Erases a person: everything about them, everywhere, for good. With a `ticket` the certificate stays in the house's part of
 * the ledger, under that name, for whoever has the ticket.
 */
export async function erasePerson(parts: EraseParts, person: string, ticket?: string): Promise<Certificate> {
  const proof = ticket === undefined ? { person } : { person, ticket }
  await parts.ledger.append(HOUSE, 'erasure', { scope: 'everything', items: [], proof })
  return endPerson(parts, person, ticket)
}

async function endPerson(parts: EraseParts, person: string, ticket: string | undefined): Promise<Certificate> {
  const counts = await destroyPerson(parts, person)
  const checks = await Promise.all([
    parts.lookup.count(person, counts.lookups).then((lookups) => ({ store: 'look-ups', ...lookups })),
    checkKeyring(parts, person, counts, () => true),
    ...checkBytes(parts, 'person', person, counts),
    checkLedger(parts.ledger, person),
  ])
  parts.hub.emit(person, { type: 'erased', item: null })
  const certificate = await certify(parts, 'everything', counts, checks)
  if (ticket !== undefined)
    await parts.ledger.append(HOUSE, 'erasure', { scope: 'certified', items: [], proof: { ticket, certificate } })
  return certificate
}

/** Finishes erasures that a crash cut off, and repeats those that a restored backup has forgotten. Run before serving. */
export async function finishErasures(parts: EraseParts): Promise<number> {
  let again = 0
  const certified = new Set<string>()
  // Newest first: a certificate is met before the intention it ends.
  for await (const { content } of parts.ledger.of(HOUSE, 'erasure')) {
    const { person, ticket } = content.proof as { person: string; ticket?: string }
    if (content.scope === 'certified') {
      if (ticket !== undefined) certified.add(ticket)
      continue
    }
    if (content.scope === 'everything') {
      const promised = ticket !== undefined && !certified.has(ticket)
      if (promised || (await parts.keys.has(person)) || (await left(parts.db, 'person', person))) {
        if (promised) await endPerson(parts, person, ticket)
        else await destroyPerson(parts, person)
        again++
      }
      continue
    }
    for (const item of content.items) {
      const keyed = (await parts.keys.has(person)) && (await parts.keys.ids(person)).includes(item)
      if (!keyed && !(await left(parts.db, 'item', item))) continue
      await destroyItem(parts, person, item)
      again++
    }
  }
  return again
}

/** What was destroyed, and where it had been: there it is looked for again. */
type Destroyed = Counts & { readonly jobs: number; readonly objectIds: readonly string[] }
type PersonDestroyed = Destroyed & { readonly lookups: readonly string[] }

/** Destroys an item's key and bytes, without intention or certificate: for what is part of a larger end. */
export async function destroyItem(parts: EraseParts, person: string, item: string): Promise<Destroyed> {
  const destroyed = await parts.keys.destroy(person, item)
  await parts.worker.stop(person, (job) => job.item === item || (parts.uses.get(job.id)?.has(item) ?? false), {
    state: 'cancelled',
    problem: null,
  })
  return { keys: destroyed ? 1 : 0, ...(await removeBytes(parts, 'item', item)) }
}

async function destroyPerson(parts: EraseParts, person: string): Promise<PersonDestroyed> {
  // Look-ups first: while they lead to a person, somebody could still sign in to them.
  const lookups = await parts.lookup.forget(person)
  const keys = await parts.keys.destroyPerson(person)
  await parts.standings.changed(person)
  await parts.worker.stop(person, () => true, { state: 'cancelled', problem: null })
  return { keys, lookups, ...(await removeBytes(parts, 'person', person)) }
}

async function removeBytes(parts: EraseParts, by: 'person' | 'item', id: string): Promise<Omit<Destroyed, 'keys'>> {
  const media = await parts.db
    .selectFrom('record')
    .select('id')
    .where(by, '=', id)
    .where('kind', 'in', ['media', 'upload'])
    .execute()
  const objectIds = media.map((row) => row.id)
  let objects = 0
  for (const object of objectIds) if (await parts.objects.remove(object)) objects++
  const [jobs, records] = await parts.db
    .transaction()
    .execute(async (tx) => [
      await tx.deleteFrom('job').where(by, '=', id).executeTakeFirst(),
      await tx.deleteFrom('record').where(by, '=', id).executeTakeFirst(),
    ])
  return {
    records: Number(records?.numDeletedRows ?? 0n),
    jobs: Number(jobs?.numDeletedRows ?? 0n),
    objects,
    objectIds,
  }
}

async function left(db: Db, by: 'person' | 'item', id: string): Promise<boolean> {
  return (await db.selectFrom('record').select('id').where(by, '=', id).limit(1).execute()).length > 0
}

async function checkKeyring(
  { keys }: EraseParts,
  person: string,
  counts: Counts,
  gone: (id: string) => boolean,
): Promise<Check> {
  const found = (await keys.ids(person)).filter(gone).length
  return { store: 'keys', read: counts.keys + found, found }
}

/** Database and object store, where the erased had been. */
function checkBytes(parts: EraseParts, by: 'person' | 'item', id: string, counts: Destroyed): Promise<Check>[] {
  return [
    checkRows(parts.db, 'record', { by, id, gone: counts.records }),
    checkRows(parts.db, 'job', { by, id, gone: counts.jobs }),
    checkObjects(parts, counts.objectIds),
  ]
}

async function checkRows(
  db: Db,
  table: 'record' | 'job',
  { by, id, gone }: { by: 'person' | 'item'; id: string; gone: number },
): Promise<Check> {
  const rows = await db.selectFrom(table).select('id').where(by, '=', id).execute()
  return { store: `${table}s`, read: gone + rows.length, found: rows.length }
}

async function checkObjects({ objects }: EraseParts, ids: readonly string[]): Promise<Check> {
  let found = 0
  for (const id of ids) if (await objects.has(id)) found++
  return { store: 'objects', read: ids.length, found }
}

async function checkLedger(ledger: Ledger, person: string): Promise<Check> {
  let readable = 0
  for (const kind of LEDGER_KINDS) for await (const _ of ledger.of(person, kind)) readable++
  return { store: 'ledger', read: ledger.count(person), found: readable }
}

async function certify(
  parts: EraseParts,
  scope: Certificate['scope'],
  counts: Counts,
  checks: Check[],
): Promise<Certificate> {
  const remains = checks.filter(({ found }) => found > 0).map(({ store }) => store)
  if (remains.length) throw new NotErasedError(`still found in: ${remains.join(', ')}`)
  const { size, root } = parts.ledger.head
  return {
    id: randomUUID(),
    at: parts.now().toISOString(),
    scope,
    keys_destroyed: counts.keys,
    records_removed: counts.records,
    objects_removed: counts.objects,
    checks,
    last_copy_gone: parts.lastCopyGone().toISOString().slice(0, 10),
    ledger: { size, root: root.toString('base64') },
  }
}
