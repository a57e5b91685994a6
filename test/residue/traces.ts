/** Every byte a studio may have left anywhere, and what of the planted can be read in it, as it is or with a key. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Home } from '../crash/server-process.ts'
import type { Needles } from './needles.ts'
import { opened } from './unseal.ts'

/** A file, row or the log: where something was found. */
export interface Trace {
  readonly where: string
  readonly bytes: Buffer
}

/** The directories in which anything of this home can lie; the server's own for its database where it has one. */
export async function directoriesOf(home: Home): Promise<string[]> {
  const url = home.config.databaseUrl
  if (!url) return [home.root]
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // What lies in memory of the server is on the disk after this: nothing hides from the search.
  await client.query('checkpoint')
  const { rows } = await client.query<{ directory: string; oid: string }>(
    `select current_setting('data_directory') as directory, oid::text from pg_database where datname = current_database()`,
  )
  await client.end()
  const { directory = '', oid = '' } = rows[0] ?? {}
  // Of the other databases of this server only theirs is left out.
  const shared = (await readdir(directory)).filter((name) => name !== 'base').map((name) => join(directory, name))
  return [home.root, join(directory, 'base', oid), ...shared]
}

/** All bytes: of every file below these directories, their names, and the log. */
export async function* traces(home: Home, directories: readonly string[]): AsyncGenerator<Trace> {
  yield { where: 'log', bytes: Buffer.from(home.log.join('')) }
  for (const directory of directories)
    for await (const file of filesBelow(directory)) {
      yield { where: `the name of ${file}`, bytes: Buffer.from(file) }
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (bytes) yield { where: file, bytes }
    }
}

/** What is readable as it stands: `needle in place`. */
export async function readable(home: Home, directories: readonly string[], needles: Needles): Promise<string[]> {
  const found: string[] = []
  for await (const { where, bytes } of traces(home, directories))
    for (const name of needles.in(bytes)) found.push(`${name} in ${where}`)
  return found
}

/** What becomes readable by one of these keys, wherever it lies: needle -> places. */
export async function decryptable(
  home: Home,
  directories: readonly string[],
  needles: Needles,
  keys: readonly Buffer[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  for await (const { where, bytes } of traces(home, directories))
    for (const plain of opened(bytes, keys))
      for (const name of needles.in(plain)) {
        const places = found.get(name)
        if (places) places.add(where)
        else found.set(name, new Set([where]))
      }
  return found
}

async function* filesBelow(path: string): AsyncGenerator<string> {
  let entries: import('node:fs').Dirent[]
  try {
    entries = await readdir(path, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') yield path
    else if (code !== 'ENOENT') throw error
    return
  }
  for (const entry of entries) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) yield* filesBelow(inner)
    else if (entry.isFile()) yield inner
  }
}
