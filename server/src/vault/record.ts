/**
 * Sealed records in SQL. A record is sealed under its item's key (or the person's own) for its place: person, kind, id and
 * version are authenticated with it, so that no row can be put in another's stead or set back to an older version.
 */
import { type KindId, type Payload, type RecordKindId, recordFault } from '@sotto/policy'
import { CompiledQuery, type Kysely, type Selectable, sql } from 'kysely'
import type { KeyStore } from '../keys/keyring.ts'
import type { RecordTable, Schema } from '../store/schema.ts'
import { openBytes, sealBytes } from './seal.ts'
import { UndeclaredError } from './undeclared.ts'

/** The database, or a transaction of it. */
export type Db = Kysely<Schema>
/** A record as it lies in its table. */
export type RecordRow = Selectable<RecordTable>
/** A database handle that takes its record writes inside a transaction. */
export interface NewRecord<K extends RecordKindId> {
  id: string
  person: string
  item: string | null
  kind: K
  state: string
  payload: Payload<K>
  created_at: Date
  due_at?: Date | null
  /** Size of what the record stands for; the sealed size when not given. */
  bytes?: number
}

/** Another change of the same record came first. */
export class StaleVersionError extends Error {
  override name = 'StaleVersionError'
  readonly code = 'conflict'
}

function place(row: { person: string; kind: string; id: string; version: number }): Buffer {
  return Buffer.from(`${row.person}|${row.kind}|${row.id}|${row.version}`)
}

function declared(kind: KindId, payload: object): Buffer {
  const fault = recordFault(kind, payload)
  if (fault) throw new UndeclaredError(fault)
  return Buffer.from(JSON.stringify(payload))
}

/** Seals and inserts. @throws UndeclaredError, KeyGoneError */
export async function insertRecord<K extends RecordKindId>(
  db: Db,
  keys: KeyStore,
  record: NewRecord<K>,
): Promise<void> {
  const { payload, bytes, due_at = null, ...row } = record
  const plain = declared(row.kind, payload)
  const key = await keys.key(row.person, row.item ?? row.person)
  const sealed = sealBytes(key, plain, place({ ...row, version: 1 }))
  await db
    .insertInto('record')
    .values({ ...row, sealed, version: 1, bytes: bytes ?? sealed.length, due_at })
    .execute()
}

/** Opens a row. @throws KeyGoneError, SealBrokenError */
export async function openRecord<K extends RecordKindId>(
  keys: KeyStore,
  row: RecordRow & { kind: K | string },
): Promise<Payload<K>> {
  const key = await keys.key(row.person, row.item ?? row.person)
  return JSON.parse(openBytes(key, row.sealed, place(row)).toString()) as Payload<K>
}

/** Seals a new payload into an existing row under the next version. @throws StaleVersionError, UndeclaredError, KeyGoneError */
export async function replaceRecord<K extends RecordKindId>(
  db: Db,
  keys: KeyStore,
  row: RecordRow & { kind: K | string },
  payload: Payload<K>,
  change: { state?: string | undefined; due_at?: Date | null | undefined; bytes?: number | undefined } = {},
): Promise<RecordRow> {
  const plain = declared(row.kind as K, payload)
  const key = await keys.key(row.person, row.item ?? row.person)
  const version = row.version + 1
  const sealed = sealBytes(key, plain, place({ ...row, version }))
  const next = {
    sealed,
    version,
    state: change.state ?? row.state,
    due_at: change.due_at === undefined ? row.due_at : change.due_at,
    bytes: change.bytes ?? (row.kind === 'media' ? row.bytes : sealed.length),
  }
  const done = await db
    .updateTable('record')
    .set(next)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw new StaleVersionError('the record was changed in between')
  return { ...row, ...next, bytes: String(next.bytes) }
}

// Written out once: this is what nearly every request asks, and building it anew costs as much as unsealing the answer.
const FIND = 'select * from record where id = $1 and person = $2 and kind = $3'

/** One row by its id, if it is this person's and of this kind. */
export async function findRecord(db: Db, person: string, kind: string, id: string): Promise<RecordRow | undefined> {
  const { rows } = await db.executeQuery<RecordRow>(CompiledQuery.raw(FIND, [id, person, kind]))
  return rows[0]
}

/** Rows of a person by kind, newest first. */
export async function findRecords(
  db: Db,
  person: string,
  kind: string,
  where: { item?: string | undefined; state?: string | undefined } = {},
): Promise<RecordRow[]> {
  let query = db.selectFrom('record').selectAll().where('person', '=', person).where('kind', '=', kind)
  if (where.item !== undefined) query = query.where('item', '=', where.item)
  if (where.state !== undefined) query = query.where('state', '=', where.state)
  return query.orderBy('created_at', 'desc').orderBy('id').execute()
}

/** Counts by kind what is held of a person, without opening anything. */
export async function countRecords(db: Db, person: string) {
  return db
    .selectFrom('record')
    .select([
      'kind',
      sql<number>`count(*)::int`.as('count'),
      sql<string>`coalesce(sum(bytes), 0)`.as('bytes'),
      (e) => e.fn.min('created_at').as('oldest'),
    ])
    .where('person', '=', person)
    .groupBy('kind')
    .execute()
}
