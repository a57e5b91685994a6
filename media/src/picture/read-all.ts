import type { ByteSource } from '../container/source.ts'
import { LimitError } from '../error.ts'

/** Most bytes of a picture's file: larger ones are no pictures people take. */
const mostBytes = 256 * 2 ** 20

/** All bytes of a picture's file. @throws LimitError when it is larger than any picture people take */
export function readAll(source: ByteSource): Uint8Array {
  if (source.size > mostBytes) throw new LimitError(`a picture of more than ${mostBytes} bytes`)
  const bytes = new Uint8Array(source.size)
  for (let done = 0; done < bytes.length; ) {
    const read = source.read(done, bytes.subarray(done))
    if (read === 0) return bytes.subarray(0, done)
    done += read
  }
  return bytes
}
