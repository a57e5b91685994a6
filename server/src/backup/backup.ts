/**
 * Backup and restore of the data: rows, objects and ledger, ciphertext all of it, in a plain directory with a manifest of
 * digests. Keys are never in it; they have their own rolling copy. So a data backup may be kept for years: what was erased
 * since is in it as noise (G16), and a restore takes even that away before it serves.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { openDatabase } from '../store/database.ts'
import type { Db } from '../vault/record.ts'

/** The backup is not whole: a file is missing or not what the manifest says. */
export class BackupBrokenError extends Error {
  override name = 'BackupBrokenError'
  readonly code = 'backup_broken'
}

/** The place to restore into, or to back up into, is not empty. */
export class NotEmptyError extends Error {
  override name = 'NotEmptyError'
  readonly code = 'not_empty'
}

interface Manifest {
  readonly format: 'sotto backup 1'
  readonly made_at: string
  readonly files: Readonly<Record<string, { bytes: number; sha256: string }>>
}

const TABLES = ['record', 'job'] as const
const FOLDERS = ['objects', 'ledger', 'policy']
const BATCH = 500

/** Writes a backup into `to`, which must not exist or be empty. The studio must be stopped. @throws NotEmptyError, DataDirectoryBusyError */
export async function backup(config: Config, to: string, now: Date): Promise<Manifest> {
  await emptyDirectory(to)
  await using database = await openDatabase({ data: config.data, url: config.databaseUrl })
  const files: Record<string, { bytes: number; sha256: string }> = {}
  for (const table of TABLES) {
    const name = `${table}.jsonl`
    await pipeline(rowsOf(database.db, table), createWriteStream(join(to, name), { flags: 'wx', mode: 0o600 }))
    files[name] = await digestOf(join(to, name))
  }
  for (const folder of FOLDERS)
    for await (const file of filesBelow(join(config.data, folder))) {
      const name = join(folder, relative(join(config.data, folder), file))
      await mkdir(dirname(join(to, name)), { recursive: true, mode: 0o700 })
      await copyFile(file, join(to, name))
      files[name] = await digestOf(join(to, name))
    }
  const manifest: Manifest = { format: 'sotto backup 1', made_at: now.toISOString(), files }
  await writeFile(join(to, 'manifest.json'), JSON.stringify(manifest, null, 1), { mode: 0o600 })
  const handle = await open(to, 'r')
  await handle.sync()
  await handle.close()
  return manifest
}

/** Restores a backup into an empty data directory and database. Everything is checked before the first row is written. @throws BackupBrokenError, NotEmptyError */
export async function restore(config: Config, from: string): Promise<Manifest> {
  const manifest = await readManifest(from)
  for (const [name, { sha256 }] of Object.entries(manifest.files)) {
    const found = await digestOf(join(from, name)).catch(() => undefined)
    if (found?.sha256 !== sha256) throw new BackupBrokenError(`${name} is not what was backed up`)
  }
  await emptyDirectory(config.data)
  await using database = await openDatabase({ data: config.data, url: config.databaseUrl })
  for (const table of TABLES) {
    const { n } = await database.db
      .selectFrom(table)
      .select((e) => e.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    if (Number(n) > 0) throw new NotEmptyError('the database to restore into is not empty')
  }
  for (const name of Object.keys(manifest.files).filter((file) =>
    FOLDERS.some((folder) => file.startsWith(`${folder}/`)),
  )) {
    await mkdir(dirname(join(config.data, name)), { recursive: true, mode: 0o700 })
    await copyFile(join(from, name), join(config.data, name))
  }
  await database.db.transaction().execute(async (tx) => {
    for (const table of TABLES) {
      let batch: Record<string, unknown>[] = []
      const flush = async () => {
        if (batch.length)
          await tx
            .insertInto(table)
            .values(batch as never)
            .execute()
        batch = []
      }
      for await (const line of createInterface({ input: createReadStream(join(from, `${table}.jsonl`)) })) {
        batch.push(rowOf(JSON.parse(line) as Record<string, unknown>))
        if (batch.length === BATCH) await flush()
      }
      await flush()
    }
  })
  return manifest
}

async function* rowsOf(db: Db, table: (typeof TABLES)[number]): AsyncGenerator<string> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.selectFrom(table).selectAll().where('id', '>', after).orderBy('id').limit(BATCH).execute()
    for (const row of rows) {
      const plain = 'sealed' in row ? { ...row, sealed: row.sealed.toString('base64') } : row
      yield `${JSON.stringify(plain)}\n`
      after = row.id
    }
    if (rows.length < BATCH) return
  }
}

function rowOf(row: Record<string, unknown>): Record<string, unknown> {
  return typeof row.sealed === 'string' ? { ...row, sealed: Buffer.from(row.sealed, 'base64') } : row
}

async function readManifest(from: string): Promise<Manifest> {
  const text = await readFile(join(from, 'manifest.json'), 'utf8').catch(() => {
    throw new BackupBrokenError('there is no backup here')
  })
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 'sotto backup 1') throw new BackupBrokenError('a backup of another kind')
  for (const name of Object.keys(manifest.files))
    if (name.includes('..') || name.startsWith('/')) throw new BackupBrokenError(`${name} leads out of the backup`)
  return manifest
}

async function emptyDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if ((await readdir(directory)).length > 0) throw new NotEmptyError(`${directory} is not empty`)
}

async function* filesBelow(directory: string): AsyncGenerator<string> {
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else yield path
  }
}

async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
