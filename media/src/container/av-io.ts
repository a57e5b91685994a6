import { AVERROR_EIO, AVERROR_EOF, AVSEEK_SIZE } from 'node-av/constants'
import { IOContext } from 'node-av/lib'
import { LimitError } from '../error.ts'
import type { ByteSink } from './sink.ts'
import type { ByteSource } from './source.ts'

/** One call per sealed chunk: see sealed/header.ts. */
const bufferBytes = 65_536
const seekFrom = { start: 0, current: 1, end: 2 } as const

/**
 * libav's I/O over our sources and sinks. The callbacks are synchronous: node-av's types say that cannot work, but on
 * the calling thread it does (av-io.test.ts pins it). JavaScript must not throw through C, so a failure is kept and
 * thrown again by `rethrow` when the libav call has returned its error.
 */
export class AvIo implements Disposable {
  readonly context: IOContext
  #failure: unknown
  #failed = false

  constructor(open: (io: IOContext, guard: <T>(work: () => T, onError: T) => T) => void) {
    this.context = new IOContext()
    open(this.context, (work, onError) => {
      if (this.#failed) return onError
      try {
        return work()
      } catch (error) {
        this.#failed = true
        this.#failure = error
        return onError
      }
    })
  }

  /** Throws what a callback threw, if one did. */
  rethrow(): void {
    if (this.#failed) throw this.#failure
  }

  [Symbol.dispose](): void {
    this.context.freeContext()
  }
}

function target(offset: bigint, whence: number, position: number, size: number): number {
  const from = whence & 3
  return Number(offset) + (from === seekFrom.current ? position : from === seekFrom.end ? size : 0)
}

/** An I/O context that reads `source`. */
export function readIo(source: ByteSource): AvIo {
  let position = 0
  let scratch = Buffer.allocUnsafe(bufferBytes)
  return new AvIo((io, guard) => {
    io.allocContextWithCallbacks(
      bufferBytes,
      0,
      (wanted) =>
        guard<Buffer | number>(() => {
          if (wanted > scratch.length) scratch = Buffer.allocUnsafe(wanted)
          const read = source.read(position, scratch.subarray(0, wanted))
          if (read === 0) return AVERROR_EOF
          position += read
          return scratch.subarray(0, read)
        }, AVERROR_EIO),
      null,
      (offset, whence) => {
        if (whence & AVSEEK_SIZE) return BigInt(source.size)
        const to = target(offset, whence, position, source.size)
        if (to < 0) return -1n
        position = to
        return BigInt(to)
      },
    )
  })
}

/**
 * An I/O context that writes `sink`.
 * @param outputBytes the most bytes the output may grow to; beyond it work ends with `LimitError`
 */
export function writeIo(sink: ByteSink, outputBytes: number): AvIo {
  let position = 0
  let size = 0
  return new AvIo((io, guard) => {
    io.allocContextWithCallbacks(
      bufferBytes,
      1,
      null,
      (bytes) =>
        guard<number>(() => {
          if (position + bytes.length > outputBytes) throw new LimitError('the output is larger than allowed')
          sink.write(position, bytes)
          position += bytes.length
          size = Math.max(size, position)
          return bytes.length
        }, AVERROR_EIO),
      (offset, whence) => {
        if (whence & AVSEEK_SIZE) return BigInt(size)
        const to = target(offset, whence, position, size)
        if (to < 0) return -1n
        position = to
        return BigInt(to)
      },
    )
  })
}
