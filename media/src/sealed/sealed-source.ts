import type { KeyObject } from 'node:crypto'
import { fstatSync, readSync } from 'node:fs'
import type { ByteSource } from '../container/source.ts'
import { SealBrokenError } from '../error.ts'
import { ChunkCipher } from './chunk.ts'
import { chunkBytes, headerBytes, plainSize, readHeader, type SealedHeader, sealedChunkBytes } from './header.ts'

/** Chunks kept unsealed: containers jump between an index and two or three places of the data. */
const cached = 4

/** A sealed object's plaintext with random access. */
export interface SealedSource extends ByteSource {
  readonly header: SealedHeader
  /** The bytes `[start, end)` in pieces of at most a chunk; for answering a range request. */
  pieces(start: number, end: number): Generator<Buffer>
}

/** Reads exactly `into.length` bytes, or fewer at the end. */
function readFully(fd: number, into: Uint8Array, position: number): number {
  let done = 0
  while (done < into.length) {
    const read = readSync(fd, into, done, into.length - done, position + done)
    if (read === 0) break
    done += read
  }
  return done
}

/** The header of the object on `fd`. @throws SealBrokenError */
export function readSealedHeader(fd: number): SealedHeader {
  const bytes = Buffer.alloc(headerBytes)
  return readHeader(bytes.subarray(0, readFully(fd, bytes, 0)))
}

/**
 * Opens the sealed object on `fd` (left open on dispose). Its last chunk is unsealed at once, so that `size` cannot be
 * the size of an object cut short.
 * @throws SealBrokenError here and from every read that meets a chunk that was changed, moved or swapped
 */
export function sealedSource(fd: number, key: KeyObject): SealedSource {
  const header = readSealedHeader(fd)
  const cipher = new ChunkCipher(key, header)
  const fileBytes = fstatSync(fd).size
  const size = plainSize(fileBytes)
  const lastChunk = Math.ceil((fileBytes - headerBytes) / sealedChunkBytes) - 1
  // An entry past the end changes no nonce, so no tag would notice it.
  if ((header.resumed.at(-1) ?? 0) > lastChunk) throw new SealBrokenError('the header of the object is broken')
  const raw = Buffer.allocUnsafe(sealedChunkBytes)
  const cache = new Map<number, Buffer>()

  const open = (chunk: number): Buffer => {
    const hit = cache.get(chunk)
    if (hit !== undefined) return hit
    const read = readFully(fd, raw, headerBytes + chunk * sealedChunkBytes)
    const last = chunk === lastChunk
    if (!last && read < sealedChunkBytes) throw new SealBrokenError('the object became shorter')
    const plain = cipher.unseal(chunk, last, raw.subarray(0, read))
    if (cache.size >= cached) for (const oldest of cache.keys()) if (cache.delete(oldest)) break
    cache.set(chunk, plain)
    return plain
  }
  open(lastChunk)

  return {
    header,
    size,
    read(position, into) {
      let done = 0
      while (done < into.length && position + done < size) {
        const at = position + done
        const chunk = Math.floor(at / chunkBytes)
        const part = open(chunk).subarray(at - chunk * chunkBytes, at - chunk * chunkBytes + into.length - done)
        if (part.length === 0) throw new SealBrokenError('the object became shorter')
        into.set(part, done)
        done += part.length
      }
      return done
    },
    *pieces(start, end) {
      for (let at = start; at < Math.min(end, size); ) {
        const chunk = Math.floor(at / chunkBytes)
        const base = chunk * chunkBytes
        const part = open(chunk).subarray(at - base, Math.min(end, size) - base)
        if (part.length === 0) throw new SealBrokenError('the object became shorter')
        yield part
        at += part.length
      }
    },
    [Symbol.dispose]() {
      for (const plain of cache.values()) plain.fill(0)
      cache.clear()
    },
  }
}
