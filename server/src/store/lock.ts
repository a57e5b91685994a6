/**
 * One process per data directory. Two PGlites on one directory silently lose rows, and a PID file neither survives kill -9
 * nor means anything across containers; SQLite's exclusive transaction is a byte-range lock that the kernel releases when
 * the process dies, and it holds for every container that shares the directory.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another studio is running on this data directory. */
export class DataDirectoryBusyError extends Error {
  override name = 'DataDirectoryBusyError'
  readonly code = 'data_directory_busy'
}

/** Holds the directory until disposed or dead. @throws DataDirectoryBusyError */
export function lockDirectory(directory: string): Disposable {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new DataDirectoryBusyError(`another studio is running on ${directory}`, { cause })
  }
  return { [Symbol.dispose]: () => lock.close() }
}
