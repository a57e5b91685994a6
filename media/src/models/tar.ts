import { open } from 'node:fs/promises'

/** One regular file inside a tar. */
export interface TarEntry {
  readonly name: string
  readonly bytes: number
  /** Its content in pieces. To be read, if at all, before the next entry is asked for. */
  chunks(): AsyncGenerator<Uint8Array>
}

const BLOCK = 512
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/\0.*$/s, '')

/**
 * The regular files of an uncompressed tar (POSIX.1-2001 ustar, with GNU long names and pax paths). Nothing is written;
 * links and devices are passed over.
 *
 * @throws RangeError when a header's size is not a number.
 */
export async function* tarEntries(path: string): AsyncGenerator<TarEntry> {
  const handle = await open(path, 'r')
  try {
    let at = 0
    let longName: string | undefined
    for (;;) {
      const header = new Uint8Array(BLOCK)
      const { bytesRead } = await handle.read(header, 0, BLOCK, at)
      if (bytesRead < BLOCK || header.every((byte) => byte === 0)) return
      const bytes = Number.parseInt(text(header.subarray(124, 136)).trim() || '0', 8)
      if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError('not a tar: a size that is no number')
      const type = String.fromCharCode(header[156] as number)
      const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : ''
      const name = longName ?? [prefix, text(header.subarray(0, 100))].filter(Boolean).join('/')
      const start = at + BLOCK
      at = start + Math.ceil(bytes / BLOCK) * BLOCK
      longName = undefined
      if (type === 'L' || type === 'x') {
        const extra = new Uint8Array(Math.min(bytes, 65_536))
        await handle.read(extra, 0, extra.length, start)
        longName = type === 'L' ? text(extra) : /\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(extra))?.[1]
      } else if (type === '0' || type === '\0') {
        yield {
          name,
          bytes,
          async *chunks() {
            for (let done = 0; done < bytes; ) {
              const chunk = new Uint8Array(Math.min(1 << 20, bytes - done))
              const got = await handle.read(chunk, 0, chunk.length, start + done)
              if (got.bytesRead === 0) return
              done += got.bytesRead
              yield chunk.subarray(0, got.bytesRead)
            }
          },
        }
      }
    }
  } finally {
    await handle.close()
  }
}
