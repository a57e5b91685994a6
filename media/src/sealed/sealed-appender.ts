import type { KeyObject } from 'node:crypto'
import { fdatasync, fdatasyncSync, fstatSync, ftruncateSync, readSync } from 'node:fs'
import { writeFully } from '../container/sink.ts'
import { SealBrokenError, WriteFailedError } from '../error.ts'
import { ChunkCipher } from './chunk.ts'
import {
  chunkBytes,
  headerBytes,
  maxResumes,
  plainOffset,
  plainSize,
  type SealedHeader,
  sealedChunkBytes,
  writeHeader,
} from './header.ts'
import { readSealedHeader } from './sealed-source.ts'

/** Chunks between two syncs at most (32 MiB): so many have to be looked at again after a crash, in about 30 ms. */
const chunksPerSync = 512
/** After so many chunks (4 MiB) the disk is set to work, so that it writes while the next ones are sealed. */
const chunksPerFlush = 64

/**
 * Writes a sealed object from a stream of bytes that may break off and go on after a crash (resumable uploads).
 *
 * Bytes gather into whole chunks; a chunk is sealed once and written. `sync` makes them durable and answers the offset
 * that may be acknowledged: always a whole number of chunks. What came after is held in memory and lost with the
 * process; the sender sends it again. `finish` seals the rest as the last chunk, once.
 */
export class SealedAppender implements Disposable {
  readonly #fd: number
  readonly #key: KeyObject
  #header: SealedHeader
  #cipher: ChunkCipher
  readonly #pending = Buffer.alloc(chunkBytes)
  #filled = 0
  #chunks = 0
  #synced = 0
  #finished = false
  #broken = false
  #flushing = false
  /** What a sync in the background ended with: the system tells each failure once only, so it is kept. */
  #failure: WriteFailedError | undefined

  private constructor(fd: number, header: SealedHeader, key: KeyObject) {
    this.#fd = fd
    this.#key = key
    this.#header = header
    this.#cipher = new ChunkCipher(key, header)
  }

  /** A new object on an empty `fd` opened for reading and writing (left open). The header is durable on return. */
  static create(fd: number, header: SealedHeader, key: KeyObject): SealedAppender {
    writeFully(fd, writeHeader(header), 0)
    syncNow(fd)
    return new SealedAppender(fd, header, key)
  }

  /**
   * Goes on with an object that was begun, after any crash. A torn or unsynced tail is dropped; since its nonce was
   * used, the chunk's number is put into the resume table before anything is sealed again.
   * @throws SealBrokenError when header or key do not fit, or when too many tails were dropped
   */
  static reopen(fd: number, key: KeyObject): SealedAppender {
    const appender = new SealedAppender(fd, readSealedHeader(fd), key)
    appender.#recover()
    return appender
  }

  /** Plaintext bytes that are durable. */
  get offset(): number {
    return this.#finished ? this.size : this.#synced * chunkBytes
  }

  /** Plaintext bytes taken, durable or not. */
  get size(): number {
    return this.#finished ? plainSize(fstatSync(this.#fd).size) : this.#chunks * chunkBytes + this.#filled
  }

  /** Is the last chunk sealed? */
  get finished(): boolean {
    return this.#finished
  }

  get header(): SealedHeader {
    return this.#header
  }

  /**
   * Takes bytes; seals and writes each chunk that fills.
   * @throws WriteFailedError e.g. on a full disk; then this appender takes no more, and `reopen` goes on
   */
  append(bytes: Uint8Array): void {
    if (this.#finished) throw new SealBrokenError('the object is finished')
    for (let done = 0; done < bytes.length; ) {
      if (this.#filled === 0 && bytes.length - done >= chunkBytes) {
        // A whole chunk is sealed from where it lies.
        this.#store(bytes.subarray(done, done + chunkBytes))
        done += chunkBytes
        continue
      }
      const part = bytes.subarray(done, done + chunkBytes - this.#filled)
      this.#pending.set(part, this.#filled)
      this.#filled += part.length
      done += part.length
      if (this.#filled === chunkBytes) this.#store(this.#pending)
    }
  }

  /** Makes whole chunks durable. @returns the offset that may be acknowledged */
  async sync(): Promise<number> {
    if (this.#chunks > this.#synced) await this.#syncAside()
    if (this.#failure !== undefined) throw this.#failure
    return this.offset
  }

  /** Forgets bytes that do not fill a chunk: the sender broke off and will send again what follows `await sync()`. */
  dropPartial(): void {
    this.#filled = 0
  }

  /** Seals the rest (possibly nothing) as the last chunk and makes the object durable. Once. */
  finish(): void {
    if (this.#finished) return
    this.#seal(true, this.#pending.subarray(0, this.#filled))
    syncNow(this.#fd)
    if (this.#failure !== undefined) throw this.#failure
    this.#finished = true
    this.#pending.fill(0)
  }

  #store(plain: Uint8Array): void {
    this.#seal(false, plain)
    this.#chunks++
    this.#filled = 0
    if (this.#chunks - this.#synced >= chunksPerSync) {
      syncNow(this.#fd)
      this.#synced = this.#chunks
    } else if (this.#chunks % chunksPerFlush === 0 && !this.#flushing) {
      this.#flushing = true
      this.#syncAside().finally(() => {
        this.#flushing = false
      })
    }
  }

  /** Makes the chunks there are durable, beside what goes on; a failure is kept. */
  #syncAside(): Promise<void> {
    const chunks = this.#chunks
    return new Promise((resolve) =>
      fdatasync(this.#fd, (error) => {
        if (error === null) this.#synced = Math.max(this.#synced, chunks)
        else this.#failure ??= notDurable(error)
        resolve()
      }),
    )
  }

  #seal(last: boolean, plain: Uint8Array): void {
    // A chunk that half arrived used its nonce: only `reopen` may come back to its number.
    if (this.#failure !== undefined) throw this.#failure
    if (this.#broken) throw new WriteFailedError('an earlier write failed; reopen the object')
    this.#broken = true
    const at = headerBytes + this.#chunks * sealedChunkBytes
    const [sealed, tag] = this.#cipher.seal(this.#chunks, last, plain)
    writeFully(this.#fd, sealed, at)
    writeFully(this.#fd, tag, at + sealed.length)
    this.#broken = false
  }

  #recover(): void {
    const fileBytes = fstatSync(this.#fd).size
    const whole = plainOffset(fileBytes) / chunkBytes
    const raw = Buffer.allocUnsafe(sealedChunkBytes)
    const read = (chunk: number): Buffer =>
      raw.subarray(0, readSync(this.#fd, raw, 0, sealedChunkBytes, headerBytes + chunk * sealedChunkBytes))

    const tail = fileBytes - headerBytes - whole * sealedChunkBytes
    // The last chunk is flagged: it may be shorter, or (when the sender's bytes ran out there) as long as any.
    const final = tail > 0 ? whole : whole - 1
    if (final >= 0 && this.#cipher.verifies(final, true, read(final))) {
      this.#finished = true
      return
    }
    const first = Math.max(0, whole - chunksPerSync)
    let good = first
    while (good < whole && this.#cipher.verifies(good, false, read(good))) good++
    // Either another key, or nothing was ever acknowledged: in both cases nothing may be cut off here.
    if (whole > 0 && good === first) throw new SealBrokenError('no chunk of the object unseals')
    if (good < whole || tail > 0) {
      if (this.#header.resumed.length >= maxResumes) throw new SealBrokenError('too many torn chunks in one upload')
      this.#header = { ...this.#header, resumed: [...this.#header.resumed, good] }
      this.#cipher = new ChunkCipher(this.#key, this.#header)
      // In this order: were the tail gone first, a second crash would leave no sign that its nonce was used.
      writeFully(this.#fd, writeHeader(this.#header), 0)
      syncNow(this.#fd)
      try {
        ftruncateSync(this.#fd, headerBytes + good * sealedChunkBytes)
      } catch (error) {
        throw notDurable(error as NodeJS.ErrnoException)
      }
    }
    syncNow(this.#fd)
    this.#chunks = good
    this.#synced = good
  }

  [Symbol.dispose](): void {
    this.#pending.fill(0)
  }
}

function syncNow(fd: number): void {
  try {
    fdatasyncSync(fd)
  } catch (error) {
    throw notDurable(error as NodeJS.ErrnoException)
  }
}

function notDurable(error: NodeJS.ErrnoException): WriteFailedError {
  return new WriteFailedError(`cannot make the object durable: ${error.code ?? 'unknown'}`)
}
