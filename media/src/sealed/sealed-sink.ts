import type { KeyObject } from 'node:crypto'
import { fsyncSync } from 'node:fs'
import { type ByteSink, writeFully } from '../container/sink.ts'
import { SinkSeekError, WriteFailedError } from '../error.ts'
import { ChunkCipher } from './chunk.ts'
import { chunkBytes, headerBytes, type SealedHeader, sealedChunkBytes, writeHeader } from './header.ts'

/**
 * Writes one sealed object on `fd` (left open). Chunks are sealed as they fill, except the first: it is kept in memory
 * and sealed by `end`, because writers of wav, flac, mp3 and mp4 go back to fill in their header. Going back to any
 * other full chunk would seal one nonce twice and is refused.
 */
export function sealedSink(fd: number, header: SealedHeader, key: KeyObject): ByteSink {
  const cipher = new ChunkCipher(key, header)
  const first = Buffer.alloc(chunkBytes)
  const open = Buffer.alloc(chunkBytes)
  /** Number of the chunk that is filling. */
  let chunk = 0
  let size = 0
  let ended = false

  const store = (number: number, last: boolean, plain: Uint8Array): void => {
    const at = headerBytes + number * sealedChunkBytes
    const [sealed, tag] = cipher.seal(number, last, plain)
    writeFully(fd, sealed, at)
    writeFully(fd, tag, at + sealed.length)
  }
  const filling = (): Buffer => (chunk === 0 ? first : open)
  /** A full chunk is sealed only when a byte after it comes: until then it may be the last. */
  const advance = (): void => {
    if (chunk > 0) store(chunk, false, open)
    chunk++
  }

  writeFully(fd, writeHeader(header), 0)
  return {
    write(position, bytes) {
      if (ended) throw new SinkSeekError('the object is sealed')
      if (position > size) throw new SinkSeekError('a sealed object has no holes')
      for (let done = 0; done < bytes.length; ) {
        const at = position + done
        const number = Math.floor(at / chunkBytes)
        if (number > chunk) advance()
        if (number !== chunk && number !== 0) throw new SinkSeekError(`chunk ${number} is sealed already`)
        const offset = at - number * chunkBytes
        const part = bytes.subarray(done, done + chunkBytes - offset)
        ;(number === 0 ? first : open).set(part, offset)
        done += part.length
        size = Math.max(size, at + part.length)
      }
    },
    end() {
      if (ended) return
      ended = true
      store(chunk, true, filling().subarray(0, size - chunk * chunkBytes))
      if (chunk > 0) store(0, false, first)
      try {
        fsyncSync(fd)
      } catch (error) {
        throw new WriteFailedError(`cannot finish the output: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
      }
    },
    [Symbol.dispose]() {
      ended = true
      first.fill(0)
      open.fill(0)
    },
  }
}
