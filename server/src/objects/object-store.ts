/**
 * The object store: media in files of the sealed format (media/src/sealed), named by the id of their record. An object has
 * a key of its own, random for each attempt at writing it, wrapped in its header by its item's key: without the item's key
 * the file is noise, whatever becomes of its bytes.
 */
import type { KeyObject } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { newHeader, plainSize } from '@sotto/media/sealed/header'
import { keyObject, newObjectKey, unwrapKey, wrapKey } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { readSealedHeader, type SealedSource, sealedSource } from '@sotto/media/sealed/sealed-source'
import { syncDirectory } from '../keys/host-key.ts'
import { idBytes, KeyGoneError } from '../keys/keyring.ts'

/** An object opened for reading. `key` is its own key, for the media child; dispose to close the file. */
export interface OpenObject extends AsyncDisposable {
  readonly fd: number
  /** Bytes of plaintext. */
  readonly size: number
  readonly key: Buffer
  source(): SealedSource
}

/** A new object being written. */
export interface NewObject extends AsyncDisposable {
  readonly handle: FileHandle
  readonly header: ReturnType<typeof newHeader>
  readonly key: Buffer
}

interface Appending {
  readonly handle: FileHandle
  readonly appender: SealedAppender
  turn: Promise<void>
  gone: boolean
}

/** The objects of this studio. */
export class ObjectStore implements AsyncDisposable {
  readonly directory: string
  readonly #appending = new Map<string, Appending>()

  constructor(directory: string) {
    this.directory = directory
  }

  /** Begins a new object; its name is durable, its content is up to the writer. */
  async begin(id: string, itemKey: KeyObject): Promise<NewObject> {
    const file = this.#file(id)
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
    const key = newObjectKey()
    const header = newHeader(idBytes(id), wrapKey(itemKey, key, idBytes(id)))
    const handle = await open(file, 'w+', 0o600)
    await syncDirectory(join(file, '..'))
    return {
      handle,
      header,
      key,
      async [Symbol.asyncDispose]() {
        key.fill(0)
        await handle.close()
      },
    }
  }

  /** Begins a new object that is written in order (uploads); its header is durable. */
  async beginAppending(id: string, itemKey: KeyObject): Promise<void> {
    const made = await this.begin(id, itemKey)
    this.#appending.set(id, {
      handle: made.handle,
      appender: SealedAppender.create(made.handle.fd, made.header, keyObject(made.key)),
      turn: Promise.resolve(),
      gone: false,
    })
    made.key.fill(0)
  }

  /**
   * Goes on with an object that was begun, whatever crashed in between; one writer at a time. `gone()` says that the
   * object was removed meanwhile: the writer must stop.
   */
  async append<T>(
    id: string,
    itemKey: KeyObject,
    work: (appender: SealedAppender, gone: () => boolean) => Promise<T>,
  ): Promise<T> {
    let open = this.#appending.get(id)
    if (!open) {
      const handle = await this.#open(id, 'r+')
      try {
        const key = unwrapKey(itemKey, readSealedHeader(handle.fd).wrapped, idBytes(id))
        open = {
          handle,
          appender: SealedAppender.reopen(handle.fd, keyObject(key)),
          turn: Promise.resolve(),
          gone: false,
        }
      } catch (error) {
        await handle.close()
        throw error
      }
      this.#appending.set(id, open)
    }
    const mine = open
    // In turns: the file is closed only when nobody writes, so its number is never used for another file.
    const result = mine.turn.then(() => {
      if (mine.gone) throw new KeyGoneError('the object was removed')
      return work(mine.appender, () => mine.gone)
    })
    // After a failed write (a full disk) the appender takes no more: the next one opens the object again.
    mine.turn = result.then(
      () => undefined,
      () => {
        if (this.#appending.get(id) === mine) void this.release(id)
      },
    )
    return result
  }

  /** Lets go of an object that was being appended to; the next `append` opens it again. */
  async release(id: string): Promise<void> {
    const open = this.#appending.get(id)
    if (!open) return
    open.gone = true
    this.#appending.delete(id)
    await open.turn
    open.appender[Symbol.dispose]()
    await open.handle.close()
  }

  /** Opens a finished object. @throws KeyGoneError where there is none, SealBrokenError where it is damaged */
  async open(id: string, itemKey: KeyObject): Promise<OpenObject> {
    const handle = await this.#open(id, 'r')
    try {
      const key = unwrapKey(itemKey, readSealedHeader(handle.fd).wrapped, idBytes(id))
      const { size } = await handle.stat()
      return {
        fd: handle.fd,
        size: plainSize(size),
        key,
        source: () => sealedSource(handle.fd, keyObject(key)),
        async [Symbol.asyncDispose]() {
          key.fill(0)
          await handle.close()
        },
      }
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  async has(id: string): Promise<boolean> {
    return stat(this.#file(id)).then(
      () => true,
      () => false,
    )
  }

  /** Removes an object's bytes. Idempotent. */
  async remove(id: string): Promise<boolean> {
    await this.release(id)
    try {
      await unlink(this.#file(id))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    }
  }

  /** Every object's id, read from the directory. */
  async *ids(): AsyncGenerator<string> {
    for (const shard of await readdir(this.directory).catch(() => []))
      for (const name of await readdir(join(this.directory, shard)).catch(() => []))
        if (name.endsWith('.sealed')) yield name.slice(0, -7)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of [...this.#appending.keys()]) await this.release(id)
  }

  #file(id: string): string {
    return join(this.directory, id.slice(0, 2), `${id}.sealed`)
  }

  async #open(id: string, flags: string): Promise<FileHandle> {
    try {
      return await open(this.#file(id), flags)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new KeyGoneError('there is no such object')
      throw error
    }
  }
}
