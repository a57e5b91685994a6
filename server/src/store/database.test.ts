import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { freshDatabase, sorts } from '../../testing/databases.ts'
import { openDatabase } from './database.ts'
import { DriftError } from './drift.ts'
import { DataDirectoryBusyError } from './lock.ts'

describe.each(sorts)('%s', (sort) => {
  async function withDirectory(work: (data: string, url: string | undefined) => Promise<void>) {
    const data = await mkdtemp(join(tmpdir(), 'sotto-database-'))
    const database = await freshDatabase(sort)
    try {
      await work(data, database.url)
    } finally {
      await database.drop()
      await rm(data, { recursive: true })
    }
  }

  test('a table or column that the policy does not declare stops the start, and one that is missing too (DESIGN 3)', () =>
    withDirectory(async (data, url) => {
      {
        await using database = await openDatabase({ data, url })
        await sql`create table leads (phone text)`.execute(database.db)
        await sql`alter table record add column birthday text`.execute(database.db)
        await sql`alter table job drop column problem`.execute(database.db)
      }
      const refused = await openDatabase({ data, url }).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(refused).toBeInstanceOf(DriftError)
      expect((refused as DriftError).faults).toEqual(
        expect.arrayContaining([
          'table leads is not in the policy',
          'column record.birthday is not in the policy',
          'column job.problem is missing',
        ]),
      )
    }))

  test('one data directory, one studio; the next may come when it has closed', () =>
    withDirectory(async (data, url) => {
      {
        await using _first = await openDatabase({ data, url })
        await expect(openDatabase({ data, url })).rejects.toThrow(DataDirectoryBusyError)
      }
      await using _second = await openDatabase({ data, url })
    }))
})

// The version of PGlite is pinned for this: its durability rests on an addition to Emscripten's file system.
test.runIf(existsSync('/usr/bin/strace'))('the embedded database syncs every commit', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sotto-sync-'))
  const script = `
    import { openPglite } from ${JSON.stringify(new URL('./pglite.ts', import.meta.url).href)}
    const { pool, close } = await openPglite(${JSON.stringify(data)})
    await pool.query('create table t (n int)')
    process.stderr.write('BEGIN\\n')
    for (let n = 0; n < 20; n++) await pool.query('insert into t values ($1)', [n])
    process.stderr.write('END\\n')
    await close()`
  const traced = spawnSync(
    'strace',
    ['-f', '-e', 'trace=fsync,fdatasync,write', '-e', 'write=2', process.execPath, '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  )
  const between = traced.stderr.slice(traced.stderr.indexOf('"BEGIN'), traced.stderr.indexOf('"END'))
  expect(between.match(/f(data)?sync\(/g)?.length ?? 0).toBeGreaterThanOrEqual(20)
  await rm(data, { recursive: true })
})
