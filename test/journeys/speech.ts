/** Speech that is recognised: the one sentence of the fixtures, once or said over and over. */
import { fileURLToPath } from 'node:url'
import { concatPcm, decodeAll, fileSource, pcmDuration, slicePcm } from '@sotto/media'
import { written } from '@sotto/media/testing/sound'

/** A FLAC file of this many seconds. */
export async function speech(seconds: number): Promise<Uint8Array> {
  using file = fileSource(fileURLToPath(import.meta.resolve('@sotto/media/fixtures/jfk.opus')))
  const once = await decodeAll(file, { rate: 16_000, channels: 1 })
  const times = Math.ceil(seconds / pcmDuration(once))
  return written(slicePcm(concatPcm(Array.from({ length: times }, () => once)), 0, seconds * once.rate), {
    format: 'flac',
  })
}
