/**
 * The key store: one small file per person, in a directory of its own that no data backup takes along. No file means an
 * erased person, no slot in it an erased item: whatever else is still lying about of them is unreadable (DESIGN section 4).
 *
 * A file is a header of 16 bytes (which says whether its person is wholly made) and slots of 96: id (16), nonce (12), wrapped key (32), tag (16), zeros (20). The first
 * slot is the ring key, wrapped by the host key; all others are wrapped by the ring key. Slots are appended durably.
 * Erasing an item overwrites its slot in place with zeros; erasing a person overwrites the header and the ring key, then
 * removes the file: both cost the same with ten items as with ten thousand, and leave no older copy of the file behind.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { unwrapKey, wrapKey } from '@sotto/media/sealed/key'
import { syncDirectory } from './host-key.ts'
import { Turns } from './turns.ts'

const HEADER = Buffer.from('sotto keyring 1\n')
/** The header of a keyring whose person is still being made: nobody was told of them yet. */
const DRAFT = Buffer.from('sotto keyring 1-')
const SLOT = 96
const EMPTY = Buffer.alloc(16)
const ZEROS = Buffer.alloc(SLOT)
/** The id under which the ring key itself is wrapped. */
const RING = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The key that is asked for does not exist: the person or the item was erased, or never was. */
export class KeyGoneError extends Error {
  override name = 'KeyGoneError'
  readonly code = 'erased'
}

interface Ring {
  readonly key: KeyObject
  readonly slots: Map<string, { at: number; wrapped: Buffer }>
  readonly opened: Map<string, KeyObject>
  readonly free: number[]
  end: number
}

const RINGS_KEPT = 512

/** The keyrings of everybody. */
export class KeyStore {
  readonly directory: string
  readonly #wrapping: KeyObject
  readonly #rings = new Map<string, Ring>()
  readonly #turns = new Turns()

  constructor(directory: string, wrapping: KeyObject) {
    this.directory = directory
    this.#wrapping = wrapping
  }

  /** Makes a person's keyring with their own key in it; a draft until `confirm`. */
  async createPerson(person: string): Promise<void> {
    await this.#turns.take(person, async () => {
      const file = this.#file(person)
      await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
      // Written whole under another name first: a torn keyring never bears a person's name.
      const handle = await open(`${file}.new`, 'w', 0o600)
      try {
        const ring = randomBytes(32)
        const own = slotOf(createSecretKey(ring), person, person, randomBytes(32))
        await handle.writeFile(Buffer.concat([DRAFT, slotOf(this.#wrapping, person, RING, ring), own]))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(`${file}.new`, file)
      await syncDirectory(join(file, '..'))
      await syncDirectory(this.directory)
    })
  }

  /** The person is made: from now on the keyring speaks for somebody who knows of it. Durable. */
  async confirm(person: string): Promise<void> {
    await this.#turns.take(person, () => this.#write(person, 0, HEADER))
  }

  /** Whether the person's making was cut off: they were never told of it. */
  async isDraft(person: string): Promise<boolean> {
    const handle = await open(this.#file(person), 'r')
    try {
      const { buffer } = await handle.read(Buffer.alloc(DRAFT.length), 0, DRAFT.length, 0)
      return buffer.equals(DRAFT)
    } finally {
      await handle.close()
    }
  }

  /** Whether this person exists (has a keyring). */
  async has(person: string): Promise<boolean> {
    return (await this.#turns.take(person, () => this.#ring(person))) !== undefined
  }

  /** The key of an item (or, with the person's own id, of the person's own records). @throws KeyGoneError */
  async key(person: string, id: string): Promise<KeyObject> {
    const cached = this.#rings.get(person)?.opened.get(id)
    if (cached) return cached
    return this.#turns.take(person, async () => {
      const ring = await this.#ring(person)
      const slot = ring?.slots.get(id)
      if (!ring || !slot) throw new KeyGoneError('there is no such key')
      const key = createSecretKey(unwrapKey(ring.key, slot.wrapped, aad(person, id)))
      ring.opened.set(id, key)
      return key
    })
  }

  /** A new random key for an item, durable before it is used. `raw` is given only when an item moves between persons. */
  async add(person: string, id: string, raw: Buffer = randomBytes(32)): Promise<KeyObject> {
    return this.#turns.take(person, async () => {
      const ring = await this.#ring(person)
      if (!ring) throw new KeyGoneError('there is no such person')
      const known = ring.slots.get(id)
      if (known) return createSecretKey(unwrapKey(ring.key, known.wrapped, aad(person, id)))
      const at = ring.free.pop() ?? ring.end
      const slot = slotOf(ring.key, person, id, raw)
      await this.#write(person, at, slot)
      ring.end = Math.max(ring.end, at + SLOT)
      ring.slots.set(id, { at, wrapped: slot.subarray(16, 76) })
      const key = createSecretKey(raw)
      ring.opened.set(id, key)
      return key
    })
  }

  /** Destroys one item's key: its slot is zeroed in place, durably. Idempotent. */
  async destroy(person: string, id: string): Promise<boolean> {
    return this.#turns.take(person, async () => {
      const ring = await this.#ring(person)
      const slot = ring?.slots.get(id)
      if (!ring || !slot) return false
      ring.slots.delete(id)
      ring.opened.delete(id)
      await this.#write(person, slot.at, ZEROS)
      ring.free.push(slot.at)
      return true
    })
  }

  /** Destroys a person: header and ring key zeroed in place, then the file removed. Idempotent; answers how many keys went. */
  async destroyPerson(person: string): Promise<number> {
    return this.#turns.take(person, async () => {
      const ring = await this.#ring(person)
      this.#rings.delete(person)
      const file = this.#file(person)
      try {
        const handle = await open(file, 'r+')
        try {
          await handle.write(Buffer.alloc(HEADER.length + SLOT), 0, undefined, 0)
          await handle.datasync()
        } finally {
          await handle.close()
        }
        await unlink(file)
        await syncDirectory(join(file, '..'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
      return ring?.slots.size ?? 0
    })
  }

  /** The ids a keyring holds keys for, read from the disk again (for certificates and sweeps). */
  async ids(person: string): Promise<string[]> {
    return this.#turns.take(person, async () => {
      const ring = await this.#read(person)
      return ring ? [...ring.slots.keys()] : []
    })
  }

  /** Every person that has a keyring. */
  async *persons(): AsyncGenerator<string> {
    for (const shard of await readdir(this.directory, { withFileTypes: true }).catch(() => [])) {
      if (!shard.isDirectory() || shard.name.length !== 2) continue
      for (const name of await readdir(join(this.directory, shard.name)))
        if (name.endsWith('.keys')) yield name.slice(0, -5)
    }
  }

  /** Removes what crashes left of keyrings that were never acknowledged. Run before serving. */
  async clean(): Promise<void> {
    for (const shard of await readdir(this.directory).catch(() => []))
      for (const name of await readdir(join(this.directory, shard)).catch(() => []))
        if (name.endsWith('.keys.new')) await unlink(join(this.directory, shard, name))
  }

  #file(person: string): string {
    return join(this.directory, person.slice(0, 2), `${person}.keys`)
  }

  async #ring(person: string): Promise<Ring | undefined> {
    const cached = this.#rings.get(person)
    if (cached) return cached
    const ring = await this.#read(person)
    if (!ring) return undefined
    if (this.#rings.size >= RINGS_KEPT) this.#rings.delete(this.#rings.keys().next().value as string)
    this.#rings.set(person, ring)
    return ring
  }

  async #read(person: string): Promise<Ring | undefined> {
    let handle: FileHandle
    try {
      handle = await open(this.#file(person), 'r')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    try {
      const bytes = await handle.readFile()
      // A keyring that is being destroyed and was cut off by a crash has a zeroed header: it is gone.
      const header = bytes.subarray(0, HEADER.length)
      if (!header.equals(HEADER) && !header.equals(DRAFT)) return undefined
      const first = HEADER.length + SLOT
      const key = createSecretKey(
        unwrapKey(this.#wrapping, bytes.subarray(HEADER.length + 16, HEADER.length + 76), aad(person, RING)),
      )
      const ring: Ring = { key, slots: new Map(), opened: new Map(), free: [], end: first }
      // A torn last slot was never acknowledged: it is overwritten by the next key.
      for (let at = first; at + SLOT <= bytes.length; at += SLOT) {
        ring.end = at + SLOT
        const id = bytes.subarray(at, at + 16)
        if (id.equals(EMPTY)) {
          // Power may have failed between two sectors of a slot that was being zeroed: the rest of it goes now.
          if (!bytes.subarray(at, at + SLOT).equals(ZEROS)) await this.#write(person, at, ZEROS)
          ring.free.push(at)
        } else ring.slots.set(idText(id), { at, wrapped: Buffer.from(bytes.subarray(at + 16, at + 76)) })
      }
      return ring
    } finally {
      await handle.close()
    }
  }

  async #write(person: string, at: number, slot: Buffer): Promise<void> {
    const handle = await open(this.#file(person), 'r+')
    try {
      await handle.write(slot, 0, slot.length, at)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
}

/** Exports a key's raw bytes to move it to another keyring (merging a guest into an account). */
export function rawKey(key: KeyObject): Buffer {
  return key.export()
}

function slotOf(wrapping: KeyObject, person: string, id: string, key: Buffer): Buffer {
  const slot = Buffer.alloc(SLOT)
  idBytes(id).copy(slot, 0)
  wrapKey(wrapping, key, aad(person, id)).copy(slot, 16)
  return slot
}

function aad(person: string, id: string): Buffer {
  return Buffer.concat([idBytes(person), idBytes(id)])
}

/** A UUID's 16 bytes. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

/** 16 bytes as a UUID. */
export function idText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
