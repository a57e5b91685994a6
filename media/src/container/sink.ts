import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { WriteFailedError } from '../error.ts'

/**
 * Where an output goes. Positions may go back (muxers patch their header at the end); a sink may limit how far.
 * Disposing a sink that was not ended leaves nothing behind.
 */
export interface ByteSink extends Disposable {
  /**
   * Writes all of `bytes` at `position`.
   * @throws WriteFailedError when the bytes cannot be stored
   * @throws SinkSeekError when the sink cannot go back to `position`
   */
  write(position: number, bytes: Uint8Array): void
  /** Makes the output complete and durable. */
  end(): void
}

/** Writes all of `bytes`, however many calls that takes. */
export function writeFully(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  } catch (error) {
    throw new WriteFailedError(`cannot write the output: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
}

/**
 * A file that appears under its name only when it is complete: written under a temporary name beside it, synced, then
 * renamed. Disposed without `commit` it leaves nothing behind.
 */
export class PendingFile implements Disposable {
  readonly fd: number
  readonly #path: string
  readonly #temporary: string
  #open = true

  constructor(path: string) {
    this.#path = path
    this.#temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)
    this.fd = openSync(this.#temporary, 'wx+', 0o666)
  }

  /** Makes the file durable and gives it its name. @throws WriteFailedError and then the file is gone */
  commit(): void {
    try {
      fsyncSync(this.fd)
      renameSync(this.#temporary, this.#path)
    } catch (error) {
      this[Symbol.dispose]()
      throw new WriteFailedError(`cannot finish the output: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
    }
    this.#open = false
    closeSync(this.fd)
  }

  [Symbol.dispose](): void {
    if (!this.#open) return
    this.#open = false
    closeSync(this.fd)
    unlinkSync(this.#temporary)
  }
}

/** A sink that is a `PendingFile`. */
export function fileSink(path: string): ByteSink {
  const file = new PendingFile(path)
  return {
    write: (position, bytes) => writeFully(file.fd, bytes, position),
    end: () => file.commit(),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  }
}

/** An output on a descriptor that somebody else opened and will name; it is left open. */
export function descriptorSink(fd: number): ByteSink {
  return {
    write: (position, bytes) => writeFully(fd, bytes, position),
    end() {
      try {
        fsyncSync(fd)
      } catch (error) {
        throw new WriteFailedError(`cannot finish the output: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
      }
    },
    [Symbol.dispose]() {},
  }
}

/** An output in memory. */
export class MemorySink implements ByteSink {
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  write(position: number, bytes: Uint8Array): void {
    const end = position + bytes.length
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    this.#bytes.set(bytes, position)
    this.#length = Math.max(this.#length, end)
  }

  end(): void {}

  /** What was written so far. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  [Symbol.dispose](): void {}
}
