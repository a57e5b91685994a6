import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Io } from './command.ts'
import { text } from './text.ts'

/** Writes the whole file or none: beside its place first, then into it. */
export function writeText(path: string, words: string | Uint8Array, io: Io): void {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  try {
    writeFileSync(part, words, { flag: 'wx' })
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw new Error(`${text(io.language).cannotWrite} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
