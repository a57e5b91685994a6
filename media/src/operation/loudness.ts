import { decode } from '../container/decode.ts'
import type { ByteSource } from '../container/source.ts'
import { NoAudioError } from '../error.ts'
import { type Loudness, LoudnessMeter } from '../loudness/meter.ts'
import type { Pcm } from '../pcm/pcm.ts'
import type { Work } from './operation.ts'

export type { Loudness } from '../loudness/meter.ts'

/**
 * Measures loudness of a file.
 * @throws NoAudioError @throws UnreadableMediaError
 */
export function loudness(source: ByteSource, work: Work = {}): Promise<Loudness> {
  return loudnessOf(decode(source, work))
}

/** Measures loudness of blocks; without `truePeak` that figure is null. @throws NoAudioError when none comes */
export async function loudnessOf(blocks: AsyncIterable<Pcm>, truePeak = true): Promise<Loudness> {
  let meter: LoudnessMeter | undefined
  try {
    for await (const block of blocks) {
      meter ??= new LoudnessMeter(block, truePeak)
      meter.add(block)
    }
    if (meter === undefined) throw new NoAudioError('the file holds no sound')
    return meter.end()
  } finally {
    meter?.[Symbol.dispose]()
  }
}
