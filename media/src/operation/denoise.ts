import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { DENOISE_RATE, type DenoiseMode, Denoiser } from '../denoise/denoiser.ts'
import { BadRequestError, throwIfCancelled } from '../error.ts'
import type { Limits } from '../limits.ts'
import { type Pcm, pcmLength, slicePcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { encodeAll, sampleForm } from './convert.ts'
import { type Progress, progressOf } from './operation.ts'

/** How to denoise, and what to write. */
export interface DenoiseOptions {
  readonly mode: DenoiseMode
  /** How much of the noise goes, 0..1. */
  readonly strength: number
  readonly format: SoundFormat
  readonly signal?: AbortSignal
  readonly limits?: Limits
}

/** Samples given to the engines at once: bounds memory, and how long a cancelling waits. */
const BLOCK = DENOISE_RATE

/**
 * Writes the sound of `source` without its noise: each channel for itself, same rate, same length, nothing moved in time.
 * @throws BadRequestError when the strength is not in 0..1 @throws EngineMissingError @throws NoAudioError
 * @throws UnreadableMediaError @throws CancelledError
 */
export async function denoise(
  source: ByteSource,
  sink: ByteSink,
  options: DenoiseOptions,
  on: (event: { readonly type: 'progress' } & Progress) => void = () => {},
): Promise<{ duration: number; rate: number; channels: number }> {
  const { mode, strength, format, signal, limits } = options
  if (!(strength >= 0 && strength <= 1)) throw new BadRequestError('strength must be between 0 and 1')
  const work = { ...(signal === undefined ? {} : { signal }), ...(limits === undefined ? {} : { limits }) }
  const total = (await probe(source, work)).duration
  const report = progressOf({ onProgress: (progress) => on({ type: 'progress', ...progress }) }, 'denoise', total)
  const form = { rate: 0, channels: 0, samples: 0 }
  const counted = counting(decode(source, work), form)
  const clean = denoised(resample(counted, DENOISE_RATE), mode, strength, signal)
  const back = exactly(resampleTo(clean, form), form)
  const duration = await encodeAll(back, sink, { format, sample: sampleForm(source, format, work) }, work, report)
  return { duration, rate: form.rate, channels: form.channels }
}

interface Form {
  rate: number
  channels: number
  samples: number
}

async function* counting(blocks: AsyncIterable<Pcm>, form: Form): AsyncGenerator<Pcm> {
  for await (const block of blocks) {
    form.rate = block.rate
    form.channels = block.channels.length
    form.samples += pcmLength(block)
    yield block
  }
}

/** Sound at 48 kHz without its noise. */
export async function* denoised(
  blocks: AsyncIterable<Pcm>,
  mode: DenoiseMode,
  strength: number,
  signal?: AbortSignal,
): AsyncGenerator<Pcm> {
  let denoisers: Denoiser[] = []
  try {
    for await (const block of blocks) {
      while (denoisers.length < block.channels.length) denoisers.push(await Denoiser.open(mode, strength))
      for (let at = 0; at < pcmLength(block); at += BLOCK) {
        throwIfCancelled(signal)
        const part = slicePcm(block, at, at + BLOCK)
        const channels = denoisers.map((one, index) => one.push(part.channels[index] as Float32Array))
        if (channels[0]?.length) yield { rate: DENOISE_RATE, channels }
        await new Promise(setImmediate)
      }
    }
    const channels = denoisers.map((one) => one.end())
    if (channels[0]?.length) yield { rate: DENOISE_RATE, channels }
  } finally {
    for (const one of denoisers) one[Symbol.dispose]()
    denoisers = []
  }
}

/** Back to the rate of the source, which is known once its first block was read. */
async function* resampleTo(blocks: AsyncGenerator<Pcm>, form: Form): AsyncGenerator<Pcm> {
  const first = await blocks.next()
  if (first.done) return
  async function* all(): AsyncGenerator<Pcm> {
    yield first.value
    yield* blocks
  }
  yield* resample(all(), form.rate)
}

/** As many samples as the source had: going through 48 kHz may round one away or add one. */
async function* exactly(blocks: AsyncIterable<Pcm>, form: Form): AsyncGenerator<Pcm> {
  let given = 0
  let held: Pcm | undefined
  for await (const block of blocks) {
    if (held) yield held
    given += pcmLength(block)
    held = block
  }
  if (!held) return
  const missing = form.samples - given
  const length = pcmLength(held) + missing
  yield missing <= 0
    ? slicePcm(held, 0, length)
    : { rate: held.rate, channels: held.channels.map((channel) => padded(channel, length)) }
}

function padded(samples: Float32Array, length: number): Float32Array {
  const longer = new Float32Array(length)
  longer.set(samples)
  return longer
}
