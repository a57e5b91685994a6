/**
 * The tables as kysely sees them. All that is personal lies in `record.sealed`; every other column is a random id, a
 * state, a size or a time. The policy declares each column; a table or column it does not declare stops the start (drift).
 */
import type { ColumnType, Generated } from 'kysely'

/** Sealed records. */
export interface RecordTable {
  id: string
  person: string
  /** The item under whose key the record is sealed; null: the person's own key. */
  item: string | null
  kind: string
  state: string
  version: Generated<number>
  sealed: Buffer
  /** Size of what the record stands for (a media object), else of the sealed value. */
  bytes: ColumnType<string, number | string, number | string>
  created_at: ColumnType<Date, Date, never>
  due_at: Date | null
}

/** Jobs: ids, states and progress. */
export interface JobTable {
  id: string
  person: string
  item: string
  kind: string
  /** The sealed record that holds the options and the result of the job. */
  task: string
  state: string
  attempt: Generated<number>
  /** The run of a server that has the job now. */
  boot: string | null
  lease_until: Date | null
  priority: Generated<number>
  cancel: Generated<boolean>
  stage: string | null
  done: Generated<number>
  total: Generated<number>
  problem: string | null
  result: string | null
  created_at: ColumnType<Date, Date, never>
  started_at: Date | null
  ended_at: Date | null
}

/** All tables. */
export interface Schema {
  record: RecordTable
  job: JobTable
}
