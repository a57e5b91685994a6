import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * Bytes with random access, read synchronously: libav's callbacks run on the calling thread and must answer at once
 * (an asynchronous demuxer was measured 40 times slower).
 */
export interface ByteSource extends Disposable {
  /** Bytes in all. */
  readonly size: number
  /**
   * Fills `into` from `position` on and returns how many bytes were read; 0 only at the end.
   * @throws SealBrokenError when the bytes are sealed and were touched
   */
  read(position: number, into: Uint8Array): number
}

/** A plain file, by path (opened and closed here) or by descriptor (left open on dispose). */
export function fileSource(file: string | number): ByteSource {
  const fd = typeof file === 'string' ? openSync(file, 'r') : file
  let size: number
  try {
    size = fstatSync(fd).size
  } catch (error) {
    if (typeof file === 'string') closeSync(fd)
    throw error
  }
  let open = true
  return {
    size,
    read: (position, into) => (position >= size ? 0 : readSync(fd, into, 0, into.length, position)),
    [Symbol.dispose]() {
      if (open && typeof file === 'string') closeSync(fd)
      open = false
    },
  }
}

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(position, into) {
      const part = bytes.subarray(position, position + into.length)
      into.set(part)
      return part.length
    },
    [Symbol.dispose]() {},
  }
}
