/** Streams of sealed objects: unsealed chunk by chunk as they are sent, never on a disk. */
import { Readable } from 'node:stream'
import type { Studio } from '../studio.ts'
import type { ByteRange } from './range.ts'

/** The plaintext of `[start, end)`, unsealed chunk by chunk as the reader takes it. */
export async function sealedStream(
  studio: Pick<Studio, 'keys' | 'objects'>,
  person: string,
  item: string,
  object: string,
  range: ByteRange,
): Promise<Readable> {
  const opened = await studio.objects.open(object, await studio.keys.key(person, item))
  async function* pieces() {
    try {
      yield* opened.source().pieces(range.start, range.end)
    } finally {
      await opened[Symbol.asyncDispose]()
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 256 * 1024 })
}
