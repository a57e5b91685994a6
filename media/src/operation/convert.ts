import { decode } from '../container/decode.ts'
import { type EncodeOptions, Encoder } from '../container/encode.ts'
import { Input } from '../container/input.ts'
import { probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { NoAudioError } from '../error.ts'
import { type Pcm, pcmLength } from '../pcm/pcm.ts'
import { progressOf, type Work, type Written } from './operation.ts'

/** What to convert to; rate and channels stay those of the source. */
export interface ConvertOptions {
  readonly format: SoundFormat
  /** Bits per second of lossy formats. */
  readonly bitrate?: number
  readonly from?: number
  readonly to?: number
  /** What the file says about itself (libav's names: title, artist, album, date, comment). Nothing of the source is taken over. */
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * Writes the sound of `source` as `format`. wav and flac keep more than 16 bits where the source has them.
 * @throws NoAudioError @throws UnreadableMediaError @throws TooLongError
 */
export async function convert(
  source: ByteSource,
  sink: ByteSink,
  options: ConvertOptions,
  work: Work = {},
): Promise<Written> {
  const expected = (options.to ?? (await probe(source, work)).duration) - (options.from ?? 0)
  const sample = sampleForm(source, options.format, work)
  const report = progressOf(work, 'convert', expected)
  const bounds = {
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  }
  const blocks = decode(source, { ...work, ...bounds })
  const bitrate = options.bitrate === undefined ? {} : { bitrate: options.bitrate }
  const duration = await encodeAll(
    blocks,
    sink,
    { format: options.format, sample, ...bitrate, ...(options.tags ? { tags: options.tags } : {}) },
    work,
    report,
  )
  return { format: options.format, duration }
}

/**
 * Writes blocks to a new file.
 * @returns seconds written
 * @throws NoAudioError when no block comes
 */
export async function encodeAll(
  blocks: AsyncIterable<Pcm>,
  sink: ByteSink,
  options: Omit<EncodeOptions, 'rate' | 'channels' | 'limits'>,
  work: Work,
  onSecond: (done: number) => void = () => {},
): Promise<number> {
  let encoder: Encoder | undefined
  let samples = 0
  let rate = 1
  try {
    for await (const block of blocks) {
      const limits = work.limits === undefined ? {} : { limits: work.limits }
      encoder ??= new Encoder(sink, { ...options, ...limits, rate: block.rate, channels: block.channels.length })
      encoder.write(block)
      rate = block.rate
      samples += pcmLength(block)
      onSecond(samples / rate)
    }
    if (encoder === undefined) throw new NoAudioError('there is no sound in this range')
    encoder.end()
  } finally {
    encoder?.[Symbol.dispose]()
  }
  return samples / rate
}

/** Lossless formats keep what the source has; everything else is 16 bits. */
export function sampleForm(source: ByteSource, format: SoundFormat, work: Work): 's16' | 's24' | 'f32' {
  if (format !== 'wav' && format !== 'flac') return 's16'
  using input = Input.open(source, work.limits)
  const stream = input.best('audio')
  if (stream === undefined) throw new NoAudioError('the file holds no sound')
  const bits = Math.max(stream.codecpar.bitsPerRawSample, stream.codecpar.bitsPerCodedSample)
  const name = input.codecName(stream)
  if (/^pcm_f/.test(name)) return format === 'wav' ? 'f32' : 's24'
  return bits > 16 && /^(pcm_|flac$|alac$)/.test(name) ? 's24' : 's16'
}
