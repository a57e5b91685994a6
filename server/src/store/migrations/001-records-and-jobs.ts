import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The two tables of the house: sealed records, and jobs that carry ids only. */
export const recordsAndJobs: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('record')
      .addColumn('id', 'uuid', (c) => c.primaryKey())
      .addColumn('person', 'uuid', (c) => c.notNull())
      .addColumn('item', 'uuid')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
      .addColumn('sealed', 'bytea', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'timestamptz', (c) => c.notNull())
      .addColumn('due_at', 'timestamptz')
      .execute()
    await db.schema.createIndex('record_person_kind').on('record').columns(['person', 'kind']).execute()
    await db.schema.createIndex('record_item').on('record').column('item').execute()
    await sql`create index record_due on record (due_at) where due_at is not null`.execute(db)

    await db.schema
      .createTable('job')
      .addColumn('id', 'uuid', (c) => c.primaryKey())
      .addColumn('person', 'uuid', (c) => c.notNull())
      .addColumn('item', 'uuid', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('task', 'uuid', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('boot', 'uuid')
      .addColumn('lease_until', 'timestamptz')
      .addColumn('priority', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('cancel', 'boolean', (c) => c.notNull().defaultTo(false))
      .addColumn('stage', 'text')
      .addColumn('done', 'double precision', (c) => c.notNull().defaultTo(0))
      .addColumn('total', 'double precision', (c) => c.notNull().defaultTo(0))
      .addColumn('problem', 'text')
      .addColumn('result', 'uuid')
      .addColumn('created_at', 'timestamptz', (c) => c.notNull())
      .addColumn('started_at', 'timestamptz')
      .addColumn('ended_at', 'timestamptz')
      .execute()
    await sql`create index job_open on job (state, priority desc, created_at) where state in ('waiting', 'running')`.execute(
      db,
    )
    await db.schema.createIndex('job_person').on('job').column('person').execute()
    await db.schema.createIndex('job_item').on('job').column('item').execute()
  },
}
