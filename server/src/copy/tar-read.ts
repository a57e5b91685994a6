/** Reading a tar as it comes in, entry by entry, nothing of it on a disk (POSIX.1-2001 ustar; sizes of 8 GiB and more in the GNU base-256 form). */
import { NotACopyError } from './not-a-copy.ts'

/** One regular file in a tar that is coming in. */
export interface IncomingEntry {
  readonly name: string
  readonly bytes: number
  /** Its content in pieces; what is not read before the next entry is passed over. @throws NotACopyError where the tar ends before it */
  chunks(): AsyncGenerator<Uint8Array>
}

const BLOCK = 512

/** The regular files of a tar. @throws NotACopyError where it is none, or ends in the middle */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<IncomingEntry> {
  const bytes = new Incoming(source)
  for (;;) {
    const header = await bytes.exactly(BLOCK)
    if (header === undefined) throw new NotACopyError('the archive ends before its end')
    // Two empty blocks end a tar; one says enough.
    if (header.every((byte) => byte === 0)) return
    const size = sizeOf(header.subarray(124, 136))
    if (text(header.subarray(257, 262)) !== 'ustar' || !Number.isSafeInteger(size) || size < 0)
      throw new NotACopyError('not an archive')
    const prefix = text(header.subarray(345, 500))
    const name = [prefix, text(header.subarray(0, 100))].filter(Boolean).join('/')
    let left = size
    const chunks = async function* () {
      while (left > 0) {
        const piece = await bytes.upTo(left)
        if (piece === undefined) throw new NotACopyError('the archive ends in the middle of a file')
        left -= piece.length
        yield piece
      }
    }
    const type = header[156]
    if (type === 0x30 || type === 0) yield { name, bytes: size, chunks }
    for await (const _ of chunks());
    const padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (padding > 0 && (await bytes.exactly(padding)) === undefined)
      throw new NotACopyError('the archive ends in the middle of a file')
  }
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0)
  return Buffer.from(field.subarray(0, end < 0 ? field.length : end)).toString('utf8')
}

function sizeOf(field: Uint8Array): number {
  if (((field[0] as number) & 0x80) === 0) return Number.parseInt(text(field).trim() || '0', 8)
  return Number(Buffer.from(field.buffer, field.byteOffset + 4, 8).readBigUInt64BE())
}

/** Bytes that come in pieces of any length, taken in pieces of a wanted one. */
class Incoming {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array()

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least one byte and at most `most`; undefined at the end. */
  async upTo(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#source.next()
      if (done) return undefined
      this.#rest = value
    }
    const piece = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }

  /** Exactly so many bytes; undefined where there are fewer. */
  async exactly(count: number): Promise<Buffer | undefined> {
    const out = Buffer.alloc(count)
    for (let at = 0; at < count; ) {
      const piece = await this.upTo(count - at)
      if (piece === undefined) return undefined
      out.set(piece, at)
      at += piece.length
    }
    return out
  }
}
