/**
 * Which look-ups lead to a person, so that forgetting one person reads what is theirs and nothing of anybody else's. A folder
 * for each person, named by a keyed hash of their id; in it an empty file for each look-up, under the look-up's own name, which
 * is a keyed hash too. Whoever reads the disk learns that two hashes are of one person, and nothing of either.
 *
 * An entry is durable before its look-up exists and goes after it: what a crash leaves is an entry that leads to nothing.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import { mkdir, open, readdir, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from './host-key.ts'

/** The look-ups of each person. */
export class LookupIndex {
  readonly directory: string
  readonly #name: KeyObject

  constructor(directory: string, name: KeyObject) {
    this.directory = directory
    this.#name = name
  }

  /** Notes that a look-up of this name will lead to the person; durable. */
  async add(person: string, name: string): Promise<void> {
    const folder = this.#folder(person)
    for (;;) {
      const made = await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        await (await open(join(folder, name), 'a', 0o600)).close()
        await syncDirectory(folder)
      } catch (error) {
        // Dropped in this very moment, with the person's last other look-up.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue
        throw error
      }
      if (made !== undefined) await syncDirectory(this.directory)
      return
    }
  }

  /** The names of the look-ups that may lead to a person, read from the disk. */
  async of(person: string): Promise<string[]> {
    return namesIn(this.#folder(person))
  }

  /** Takes entries of a person away, and their folder with the last of them. Idempotent. */
  async drop(person: string, names: readonly string[]): Promise<void> {
    await this.#drop(this.#folder(person), names)
  }

  /** Every entry, by the name of its look-up, for the round before serving; folders that a crash left empty go. */
  async all(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>()
    for (const owner of await namesIn(this.directory)) {
      const names = await namesIn(join(this.directory, owner))
      if (names.length === 0) await rmdir(join(this.directory, owner))
      for (const name of names) {
        const known = found.get(name)
        if (known) known.push(owner)
        else found.set(name, [owner])
      }
    }
    return found
  }

  /** The name of a person's folder. */
  ownerOf(person: string): string {
    return createHmac('sha256', this.#name).update(`person\0${person}`).digest('hex')
  }

  /** Takes entries away by the name of their folder. */
  async dropOf(owner: string, names: readonly string[]): Promise<void> {
    await this.#drop(join(this.directory, owner), names)
  }

  #folder(person: string): string {
    return join(this.directory, this.ownerOf(person))
  }

  async #drop(folder: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return
    for (const name of names) await unlink(join(folder, name)).catch(unlessGone)
    try {
      await syncDirectory(folder)
      await rmdir(folder)
      await syncDirectory(this.directory)
    } catch (error) {
      // Others are left in it, or somebody else was quicker.
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
