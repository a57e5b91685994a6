import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  AV_SAMPLE_FMT_S32,
  type AVSampleFormat,
} from 'node-av/constants'
import { avChannelLayoutDefault, Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib'
import { EngineCrashedError, EngineMissingError } from '../error.ts'
import { type Pcm, pcmLength } from '../pcm/pcm.ts'
import { Resampler } from '../pcm/resample.ts'
import type { Output } from './output.ts'

/** Formats sound can be written in. */
export const soundFormats = ['wav', 'mp3', 'flac', 'opus', 'm4a'] as const
/** One of the formats sound can be written in. */
export type SoundFormat = (typeof soundFormats)[number]

/** How a stream of sound is to be encoded. */
export interface SoundOptions {
  /** The codec is the usual one of this format: PCM, MP3, FLAC, Opus, AAC. */
  readonly format: SoundFormat
  /** Rate of the blocks that will come. A codec that has no such rate gets the next better one. */
  readonly rate: number
  /** Channels of the blocks that will come. MP3 and AAC get at most two: more are mixed down. */
  readonly channels: number
  /** Bits per second of mp3, opus and m4a; by default enough to be transparent for the channel count. */
  readonly bitrate?: number
  /** Sample form of wav and flac: 16-bit (default), 24-bit, or float (wav only). */
  readonly sample?: 's16' | 's24' | 'f32'
}

interface Recipe {
  readonly muxer: string
  readonly encoder: 'pcm_s16le' | 'pcm_s24le' | 'pcm_f32le' | 'libmp3lame' | 'flac' | 'libopus' | 'aac'
  readonly sampleFormat: AVSampleFormat
  readonly rates?: readonly number[]
  readonly maxChannels: number
  /** Bits per second for one and for two channels. */
  readonly bitrate?: readonly [number, number]
  readonly muxerOptions?: Readonly<Record<string, string>>
  readonly rawBits?: number
}

const mp3Rates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
const aacRates = [...mp3Rates, 64_000, 88_200, 96_000]
const opusRates = [8000, 12_000, 16_000, 24_000, 48_000]

/** The libav side of a format. */
export function recipe(format: SoundFormat, sample: 's16' | 's24' | 'f32'): Recipe {
  switch (format) {
    case 'wav':
      return {
        muxer: 'wav',
        encoder: sample === 's16' ? 'pcm_s16le' : sample === 's24' ? 'pcm_s24le' : 'pcm_f32le',
        sampleFormat: sample === 's16' ? AV_SAMPLE_FMT_S16 : sample === 's24' ? AV_SAMPLE_FMT_S32 : AV_SAMPLE_FMT_FLT,
        maxChannels: 64,
        // EBU Tech 3306: grows past 4 GB where a plain wav would lie about its length.
        muxerOptions: { rf64: 'auto' },
      }
    case 'flac':
      return {
        muxer: 'flac',
        encoder: 'flac',
        sampleFormat: sample === 's16' ? AV_SAMPLE_FMT_S16 : AV_SAMPLE_FMT_S32,
        rawBits: sample === 's16' ? 16 : 24,
        maxChannels: 8,
      }
    case 'mp3':
      return {
        muxer: 'mp3',
        encoder: 'libmp3lame',
        sampleFormat: AV_SAMPLE_FMT_FLTP,
        rates: mp3Rates,
        maxChannels: 2,
        bitrate: [128_000, 192_000],
      }
    case 'm4a':
      return {
        muxer: 'ipod',
        encoder: 'aac',
        sampleFormat: AV_SAMPLE_FMT_FLTP,
        rates: aacRates,
        maxChannels: 2,
        bitrate: [128_000, 192_000],
      }
    case 'opus':
      return {
        muxer: 'opus',
        encoder: 'libopus',
        sampleFormat: AV_SAMPLE_FMT_FLT,
        rates: opusRates,
        maxChannels: 8,
        bitrate: [64_000, 128_000],
      }
  }
}

/** Low rates leave no room for high bit rates (MPEG-2 Layer III ends at 160 kbit/s, 2.5 at 64). */
function fittingBitrate(base: number, rate: number): number {
  return rate >= 32_000 ? base : rate >= 16_000 ? Math.min(base, 96_000) : Math.min(base, 48_000)
}

/** Encodes blocks into one new stream of an output; its header is written by the owner of the output, in between. */
export class SoundEncoder implements Disposable {
  readonly #recipe: Recipe
  readonly #context = new CodecContext()
  readonly #output: Output
  readonly #packet = new Packet()
  readonly #rate: number
  readonly #channels: number
  readonly #inputChannels: number
  readonly #resampler: Resampler | undefined
  readonly #frameSize: number
  readonly #streamIndex: number
  #pending: Float32Array[]
  #filled = 0
  #written = 0

  constructor(output: Output, options: SoundOptions) {
    const made = recipe(options.format, options.sample ?? 's16')
    this.#recipe = made
    this.#rate = made.rates?.find((rate) => rate >= options.rate) ?? made.rates?.at(-1) ?? options.rate
    this.#inputChannels = options.channels
    this.#channels = options.channels > made.maxChannels ? 2 : options.channels
    this.#output = output
    try {
      const codec = Codec.findEncoderByName(made.encoder as Parameters<typeof Codec.findEncoderByName>[0])
      if (codec === null) throw new EngineMissingError(`this build has no encoder ${made.encoder}`)
      const context = this.#context
      context.allocContext3(codec)
      context.sampleRate = this.#rate
      context.sampleFormat = made.sampleFormat
      context.channelLayout = avChannelLayoutDefault(this.#channels)
      context.timeBase = new Rational(1, this.#rate)
      if (made.rawBits !== undefined) context.bitsPerRawSample = made.rawBits
      if (made.bitrate !== undefined)
        context.bitRate = BigInt(
          options.bitrate ?? fittingBitrate(made.bitrate[this.#channels > 1 ? 1 : 0], this.#rate),
        )
      if (this.#output.wantsGlobalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
      if (context.open2Sync(codec, null) < 0)
        throw new EngineCrashedError(`${made.encoder} refuses ${this.#rate} Hz, ${this.#channels} channels`)
      const stream = output.format.newStream(codec)
      stream.timeBase = new Rational(1, this.#rate)
      stream.codecpar.fromContext(context)
      this.#streamIndex = stream.index
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    }
    this.#packet.alloc()
    this.#frameSize = this.#context.frameSize > 0 ? this.#context.frameSize : 8192
    this.#pending = Array.from({ length: this.#channels }, () => new Float32Array(this.#frameSize))
    this.#resampler = this.#rate === options.rate ? undefined : new Resampler(options.rate, this.#rate, this.#channels)
  }

  /** Takes the next block. */
  write(pcm: Pcm): void {
    if (pcm.channels.length !== this.#inputChannels) throw new RangeError('a block with another channel count')
    const mixed = this.#mix(pcm)
    this.#gather(this.#resampler === undefined ? mixed : this.#resampler.push(mixed))
  }

  /** Seconds encoded so far. */
  get written(): number {
    return this.#written / this.#rate
  }

  /** Writes what is left. */
  end(): void {
    if (this.#resampler !== undefined) this.#gather(this.#resampler.end())
    if (this.#filled > 0) this.#send(this.#filled)
    this.#context.sendFrameSync(null)
    this.#drain()
  }

  /** More channels than the format holds: the mean of the even ones left, of the odd ones right. */
  #mix(pcm: Pcm): Pcm {
    if (this.#channels === this.#inputChannels) return pcm
    const sides = [0, 1].map((side) => {
      const members = pcm.channels.filter((_, index) => index % 2 === side)
      const mean = new Float32Array(pcmLength(pcm))
      for (const member of members)
        for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (member[i] ?? 0) / members.length
      return mean
    })
    return { rate: pcm.rate, channels: sides }
  }

  #gather(pcm: Pcm): void {
    const length = pcmLength(pcm)
    for (let at = 0; at < length; ) {
      const part = Math.min(length - at, this.#frameSize - this.#filled)
      for (const [index, plane] of this.#pending.entries()) {
        const channel = pcm.channels[index]
        if (channel !== undefined) plane.set(channel.subarray(at, at + part), this.#filled)
      }
      at += part
      this.#filled += part
      if (this.#filled === this.#frameSize) this.#send(this.#frameSize)
    }
  }

  #send(samples: number): void {
    const buffer = pack(this.#pending, samples, this.#recipe.sampleFormat)
    const frame = Frame.fromAudioBuffer(buffer, {
      nbSamples: samples,
      format: this.#recipe.sampleFormat,
      sampleRate: this.#rate,
      channelLayout: avChannelLayoutDefault(this.#channels),
      timeBase: { num: 1, den: this.#rate },
      pts: BigInt(this.#written),
    })
    try {
      if (this.#context.sendFrameSync(frame) < 0)
        throw new EngineCrashedError(`${this.#recipe.encoder} refused samples`)
    } finally {
      frame.free()
    }
    this.#written += samples
    this.#filled = 0
    this.#drain()
  }

  #drain(): void {
    while (this.#context.receivePacketSync(this.#packet) >= 0) {
      this.#packet.streamIndex = this.#streamIndex
      this.#output.write(this.#packet, { num: 1, den: this.#rate })
    }
  }

  [Symbol.dispose](): void {
    this.#resampler?.[Symbol.dispose]()
    this.#packet.free()
    this.#context.freeContext()
  }
}

/** Planar floats to the encoder's memory form. Integers are rounded to nearest and clipped, without dither. */
function pack(planes: readonly Float32Array[], samples: number, format: AVSampleFormat): Buffer {
  const channels = planes.length
  if (format === AV_SAMPLE_FMT_FLTP) {
    const out = new Float32Array(samples * channels)
    for (const [index, plane] of planes.entries()) out.set(plane.subarray(0, samples), index * samples)
    return Buffer.from(out.buffer)
  }
  if (format === AV_SAMPLE_FMT_FLT) {
    const out = new Float32Array(samples * channels)
    for (const [index, plane] of planes.entries())
      for (let i = 0, at = index; i < samples; i++, at += channels) out[at] = plane[i] ?? 0
    return Buffer.from(out.buffer)
  }
  if (format === AV_SAMPLE_FMT_S16) {
    const out = new Int16Array(samples * channels)
    for (const [index, plane] of planes.entries())
      for (let i = 0, at = index; i < samples; i++, at += channels) out[at] = toInteger(plane[i] ?? 0, 32_768)
    return Buffer.from(out.buffer)
  }
  const out = new Int32Array(samples * channels)
  for (const [index, plane] of planes.entries())
    for (let i = 0, at = index; i < samples; i++, at += channels) out[at] = toInteger(plane[i] ?? 0, 8_388_608) * 256
  return Buffer.from(out.buffer)
}

function toInteger(value: number, scale: number): number {
  const scaled = Math.round(value * scale)
  return Math.min(Math.max(scaled, -scale), scale - 1)
}
