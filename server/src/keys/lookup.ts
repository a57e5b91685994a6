/**
 * From a number or a handle to a person. Each is a file in the key store whose name is a keyed hash of the value: a blind
 * index in SQL would stay in the write-ahead log for ever, and 10^10 phone numbers are guessed in hours (DESIGN section 4).
 */
import { createHmac, type KeyObject, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { openBytes, sealBytes } from '../vault/seal.ts'
import { type HostKeys, syncDirectory } from './host-key.ts'

/** What leads to a person. */
export type LookupKind = 'phone' | 'handle'
/** `released_until` (ms) keeps a name from being taken by somebody else for a while (C31). */
interface Content {
  person: string
  released_until?: number
}

/** The look-ups of this studio. */
export class Lookup {
  readonly directory: string
  readonly #name: KeyObject
  readonly #seal: KeyObject

  constructor(directory: string, keys: Pick<HostKeys, 'lookup' | 'house'>) {
    this.directory = directory
    this.#name = keys.lookup
    this.#seal = keys.house
  }

  /** The person a value belongs to, if any. */
  async find(kind: LookupKind, value: string): Promise<string | undefined> {
    const content = await this.#read(this.#file(kind, value))
    return content && content.released_until === undefined ? content.person : undefined
  }

  /** Gives the value to the person; false where somebody else has it (also after a lost race), or it is still reserved. */
  async claim(kind: LookupKind, value: string, person: string, now = Date.now()): Promise<boolean> {
    const file = this.#file(kind, value)
    await mkdir(this.directory, { recursive: true, mode: 0o700 })
    const sealed = sealBytes(this.#seal, Buffer.from(JSON.stringify({ person } satisfies Content)), aadOf(file))
    for (;;) {
      // A hard link is made whole or not at all, and to one claimant only: it decides every race, on every machine.
      // A draft's name says nothing: one that a crash left must not be the number's hash once the number is forgotten.
      const draft = join(this.directory, `${randomUUID()}.draft`)
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(sealed)
        await handle.sync()
      } finally {
        await handle.close()
      }
      try {
        await link(draft, file)
        await syncDirectory(this.directory)
        return true
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      } finally {
        await unlink(draft)
      }
      const held = await this.#read(file)
      if (held && held.released_until === undefined) return held.person === person
      if (held?.released_until && held.released_until > now && held.person !== person) return false
      if (held) await unlink(file).catch(() => undefined)
    }
  }

  /** Takes the value back; with `reserve` (ms) nobody else can take it for that long. */
  async release(kind: LookupKind, value: string, person: string, reserve = 0, now = Date.now()): Promise<void> {
    const file = this.#file(kind, value)
    const held = await this.#read(file)
    if (held?.person !== person) return
    if (reserve > 0) {
      const kept: Content = { person, released_until: now + reserve }
      const handle = await open(file, 'r+')
      try {
        const sealed = sealBytes(this.#seal, Buffer.from(JSON.stringify(kept)), aadOf(file))
        await handle.write(sealed, 0, sealed.length, 0)
        await handle.truncate(sealed.length)
        await handle.sync()
      } finally {
        await handle.close()
      }
    } else {
      await unlink(file)
      await syncDirectory(this.directory)
    }
  }

  /** Removes what crashes left of claims that were never acknowledged. Run before serving. */
  async clean(): Promise<void> {
    for (const name of await readdir(this.directory).catch(() => []))
      if (name.length !== 64) await unlink(join(this.directory, name))
  }

  /** Removes everything that leads to a person, reserved names too; answers how many files went. Reads every file: used for erasing only. */
  async forget(person: string): Promise<number> {
    let gone = 0
    for (const file of await this.#files())
      if ((await this.#read(file))?.person === person) {
        await unlink(file)
        gone++
      }
    if (gone) await syncDirectory(this.directory)
    return gone
  }

  /** How many look-ups there are, and how many lead to this person (read again, for a certificate). */
  async count(person: string): Promise<{ read: number; found: number }> {
    const files = await this.#files()
    let found = 0
    for (const file of files) if ((await this.#read(file))?.person === person) found++
    return { read: files.length, found }
  }

  #file(kind: LookupKind, value: string): string {
    return join(this.directory, createHmac('sha256', this.#name).update(`${kind}\0${value}`).digest('hex'))
  }

  async #files(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => [])
    // A draft (shorter name) is what a crash left of an unacknowledged claim: it leads nowhere.
    return names.filter((name) => name.length === 64).map((name) => join(this.directory, name))
  }

  async #read(file: string): Promise<Content | undefined> {
    try {
      const bytes = await readFile(file)
      return JSON.parse(openBytes(this.#seal, bytes, aadOf(file)).toString()) as Content
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}

/** Bound to its own name, so that one look-up cannot be put in another's place. */
function aadOf(file: string): Buffer {
  return Buffer.from(file.slice(-64), 'hex')
}
