import { AV_SAMPLE_FMT_FLTP } from 'node-av/constants'
import { avChannelLayoutDefault, avChannelLayoutDescribe, Filter, FilterGraph, Frame } from 'node-av/lib'
import { EngineCrashedError, EngineMissingError } from '../error.ts'
import { type Pcm, pcmLength } from '../pcm/pcm.ts'

/** How loud a sound is, by EBU R 128. Silence has no loudness: then the figures are null. */
export interface Loudness {
  /** Integrated loudness, LUFS (ITU-R BS.1770-4). */
  readonly integrated: number | null
  /** Loudness range, LU (EBU Tech 3342). */
  readonly range: number | null
  /** True peak, dBTP: the highest value between the samples too. */
  readonly truePeak: number | null
}

/** Below this the gate of BS.1770 lets nothing through. */
const gate = -70

/** One measuring under way, with libavfilter's `ebur128`. All blocks have the form of the first. */
export class LoudnessMeter implements Disposable {
  readonly #graph = new FilterGraph()
  readonly #source
  readonly #sink
  readonly #out = new Frame()
  readonly #layout
  #samples = 0
  #integrated = Number.NEGATIVE_INFINITY
  #range = 0
  #peak = 0

  /** @param truePeak whether to measure it: half of the work */
  constructor({ rate, channels }: Pcm, truePeak = true) {
    const buffer = Filter.getByName('abuffer')
    const ebur128 = Filter.getByName('ebur128')
    const sink = Filter.getByName('abuffersink')
    if (buffer === null || ebur128 === null || sink === null)
      throw new EngineMissingError('this build has no loudness meter')
    this.#layout = avChannelLayoutDefault(channels.length)
    const layout = avChannelLayoutDescribe(this.#layout) ?? `${channels.length}c`
    this.#graph.alloc()
    this.#graph.nbThreads = 1
    const source = this.#graph.createFilter(
      buffer,
      'in',
      `sample_rate=${rate}:sample_fmt=fltp:channel_layout=${layout}:time_base=1/${rate}`,
    )
    const meter = this.#graph.createFilter(
      ebur128,
      'meter',
      // One channel is heard from two speakers, 3 LU louder than BS.1770 counts it: as the same sound in stereo.
      `peak=${truePeak ? 'true' : 'none'}:dualmono=true:metadata=1:framelog=quiet`,
    )
    const out = this.#graph.createFilter(sink, 'out', null)
    if (source === null || meter === null || out === null)
      throw new EngineCrashedError('the loudness meter does not start')
    source.link(0, meter, 0)
    meter.link(0, out, 0)
    if (this.#graph.configSync() < 0) throw new EngineCrashedError('the loudness meter refuses this sound')
    this.#source = source
    this.#sink = out
    this.#out.alloc()
  }

  /** Takes the next block. */
  add(block: Pcm): void {
    const samples = pcmLength(block)
    const bytes = Buffer.concat(
      block.channels.map((channel) => Buffer.from(channel.buffer, channel.byteOffset, channel.byteLength)),
    )
    const frame = Frame.fromAudioBuffer(bytes, {
      nbSamples: samples,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: block.rate,
      channelLayout: this.#layout,
      timeBase: { num: 1, den: block.rate },
      pts: BigInt(this.#samples),
    })
    this.#samples += samples
    try {
      if (this.#source.buffersrcAddFrameSync(frame) < 0)
        throw new EngineCrashedError('the loudness meter refuses this sound')
    } finally {
      frame.free()
    }
    this.#drain()
  }

  /** The figures of everything that was added; nothing can be added after. */
  end(): Loudness {
    this.#source.buffersrcAddFrameSync(null)
    this.#drain()
    const heard = this.#integrated > gate
    return {
      integrated: heard ? rounded(this.#integrated) : null,
      range: heard ? rounded(this.#range) : null,
      truePeak: this.#peak > 0 ? rounded(20 * Math.log10(this.#peak)) : null,
    }
  }

  #drain(): void {
    while (this.#sink.buffersinkGetFrameSync(this.#out) >= 0) {
      const figures = this.#out.getMetadata()
      const all = figures.getAll()
      const integrated = Number(all['lavfi.r128.I'])
      if (Number.isFinite(integrated)) this.#integrated = integrated
      const range = Number(all['lavfi.r128.LRA'])
      if (Number.isFinite(range)) this.#range = range
      for (const [key, value] of Object.entries(all))
        if (key.startsWith('lavfi.r128.true_peaks_ch')) this.#peak = Math.max(this.#peak, Number(value) || 0)
      this.#out.unref()
    }
  }

  [Symbol.dispose](): void {
    this.#out.free()
    this.#graph.free()
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
