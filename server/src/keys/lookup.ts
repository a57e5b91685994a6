/**
 * From a number or a handle to a person. Each is a file in the key store whose name is a keyed hash of the value: a blind
 * index in SQL would stay in the write-ahead log for ever, and 10^10 phone numbers are guessed in hours (DESIGN section 4).
 */
import { createHmac, type KeyObject, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openBytes, sealBytes } from '../vault/seal.ts'
import { type HostKeys, syncDirectory } from './host-key.ts'
import { LookupIndex } from './lookup-index.ts'

/** What leads to a person. */
export type LookupKind = 'phone' | 'handle'
/** `released_until` (ms) keeps a name from being taken by somebody else for a while (C31). */
interface Content {
  person: string
  released_until?: number
}

/** HMAC-SHA-256 in hex. */
const NAME_LENGTH = 64

/** The look-ups of this studio. */
export class Lookup {
  readonly directory: string
  readonly #name: KeyObject
  readonly #seal: KeyObject
  readonly #index: LookupIndex

  constructor(directory: string, keys: Pick<HostKeys, 'lookup' | 'house'>) {
    this.directory = directory
    this.#name = keys.lookup
    this.#seal = keys.house
    this.#index = new LookupIndex(join(directory, 'of'), keys.lookup)
  }

  /** The person a value belongs to, if any. */
  async find(kind: LookupKind, value: string): Promise<string | undefined> {
    const content = await this.#read(this.#file(kind, value))
    return content && content.released_until === undefined ? content.person : undefined
  }

  /** Gives the value to the person; false where somebody else has it (also after a lost race), or it is still reserved. */
  async claim(kind: LookupKind, value: string, person: string, now = Date.now()): Promise<boolean> {
    const file = this.#file(kind, value)
    const name = basename(file)
    await mkdir(this.directory, { recursive: true, mode: 0o700 })
    await this.#index.add(person, name)
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
      const taken = held && (held.released_until === undefined || held.released_until > now)
      if (taken && held.person !== person) {
        await this.#index.drop(person, [name])
        return false
      }
      if (held && held.released_until === undefined) return true
      if (held) {
        await unlink(file).catch(() => undefined)
        if (held.person !== person) await this.#index.drop(held.person, [name])
      }
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
      await this.#index.drop(person, [basename(file)])
    }
  }

  /**
   * Removes what crashes left of claims that were never acknowledged, and sets the index right: an entry without its look-up
   * goes, a look-up without an entry gets one, or goes where `lives` knows nobody it leads to. Run before serving.
   */
  async clean(lives: (person: string) => Promise<boolean> = async () => true): Promise<void> {
    for (const entry of await readdir(this.directory, { withFileTypes: true }).catch(() => []))
      if (entry.isFile() && entry.name.length !== NAME_LENGTH) await unlink(join(this.directory, entry.name))
    const files = new Set((await this.#files()).map((file) => basename(file)))
    const known = await this.#index.all()
    for (const [name, owners] of known)
      if (!files.has(name)) for (const one of owners) await this.#index.dropOf(one, [name])
    for (const name of files) {
      const owners = known.get(name) ?? []
      if (owners.length === 1) continue
      const held = await this.#read(join(this.directory, name))
      if (held === undefined) continue
      const owner = this.#index.ownerOf(held.person)
      for (const one of owners) if (one !== owner) await this.#index.dropOf(one, [name])
      if (owners.includes(owner)) continue
      if (await lives(held.person)) await this.#index.add(held.person, name)
      else await unlink(join(this.directory, name))
    }
  }

  /** Removes everything that leads to a person, reserved names too; answers the names of the files that went. Reads what is theirs alone. */
  async forget(person: string): Promise<string[]> {
    const names = await this.#index.of(person)
    const gone: string[] = []
    for (const name of names) {
      const file = join(this.directory, name)
      if ((await this.#read(file))?.person !== person) continue
      await unlink(file)
      gone.push(name)
    }
    if (gone.length > 0) await syncDirectory(this.directory)
    await this.#index.drop(person, names)
    return gone
  }

  /**
   * Reads again, from the disk, what led to a person: `before` (the names that were forgotten) and whatever the index has of
   * them now. `read` is how many places were looked at, `found` how many still lead there (for a certificate).
   */
  async count(person: string, before: readonly string[] = []): Promise<{ read: number; found: number }> {
    const indexed = await this.#index.of(person)
    const places = new Set([...before, ...indexed])
    let found = 0
    for (const name of places) if ((await this.#read(join(this.directory, name)))?.person === person) found++
    return { read: places.size, found }
  }

  /** How many look-ups there are of anybody, read from the disk. */
  async size(): Promise<number> {
    return (await this.#files()).length
  }

  #file(kind: LookupKind, value: string): string {
    return join(this.directory, createHmac('sha256', this.#name).update(`${kind}\0${value}`).digest('hex'))
  }

  async #files(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => [])
    // A draft (shorter name) is what a crash left of an unacknowledged claim: it leads nowhere.
    return names.filter((name) => name.length === NAME_LENGTH).map((name) => join(this.directory, name))
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
  return Buffer.from(file.slice(-NAME_LENGTH), 'hex')
}
