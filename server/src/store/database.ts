/**
 * The database: Postgres SQL through one pool, embedded (PGlite) or a server (`DATABASE_URL`). Rule of the house: inside a
 * transaction only the transaction's handle is used; the embedded pool has one connection, and the outer handle would wait
 * for itself for ever.
 */
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { checkDrift } from './drift.ts'
import { lockDirectory } from './lock.ts'
import { recordsAndJobs } from './migrations/001-records-and-jobs.ts'
import { openPglite } from './pglite.ts'
import type { Schema } from './schema.ts'

/** The open database. */
export interface Database extends AsyncDisposable {
  readonly db: Kysely<Schema>
  /** Embedded: nobody else can hold jobs of this database. */
  readonly embedded: boolean
}

/** Every migration in order; one that has landed is never changed. */
const migrations = { '001-records-and-jobs': recordsAndJobs }

/** Opens, migrates and compares with the policy. @throws DataDirectoryBusyError, DriftError, or the database's own error */
export async function openDatabase(from: { data: string; url?: string | undefined }): Promise<Database> {
  const lock = lockDirectory(from.data)
  try {
    const { pool, close } = from.url ? server(from.url) : await openPglite(join(from.data, 'database'))
    const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
    try {
      await migrate(db)
      await checkDrift(db)
    } catch (error) {
      await close()
      throw error
    }
    return {
      db,
      embedded: !from.url,
      async [Symbol.asyncDispose]() {
        await close()
        lock[Symbol.dispose]()
      },
    }
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

function server(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 })
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  return { pool, close: () => pool.end() }
}

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
