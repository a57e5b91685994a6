import { AV_SAMPLE_FMT_FLTP } from 'node-av/constants'
import { avChannelLayoutDefault, SoftwareResampleContext } from 'node-av/lib'
import { EngineCrashedError } from '../error.ts'
import { type Pcm, pcmLength } from './pcm.ts'

function bytes(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}

/**
 * Changes the sample rate of a run of blocks (libswresample, 32-tap polyphase sinc). The first sample keeps its time,
 * and n samples become exactly `round(n * rate / from)`, so that times keep their meaning.
 */
export async function* resample(blocks: AsyncIterable<Pcm>, rate: number): AsyncGenerator<Pcm> {
  let resampler: Resampler | undefined
  try {
    for await (const block of blocks) {
      if (block.rate === rate) {
        yield block
        continue
      }
      resampler ??= new Resampler(block.rate, rate, block.channels.length)
      const out = resampler.push(block)
      if (pcmLength(out) > 0) yield out
    }
    const rest = resampler?.end()
    if (rest !== undefined && pcmLength(rest) > 0) yield rest
  } finally {
    resampler?.[Symbol.dispose]()
  }
}

/** One resampling under way. */
export class Resampler implements Disposable {
  readonly #swr = new SoftwareResampleContext()
  readonly #from: number
  readonly #to: number
  readonly #channels: number
  #taken = 0
  #given = 0

  constructor(from: number, to: number, channels: number) {
    this.#from = from
    this.#to = to
    this.#channels = channels
    const layout = avChannelLayoutDefault(channels)
    const set = this.#swr.allocSetOpts2(layout, AV_SAMPLE_FMT_FLTP, to, layout, AV_SAMPLE_FMT_FLTP, from)
    if (set < 0 || this.#swr.init() < 0) throw new EngineCrashedError(`cannot resample from ${from} to ${to} Hz`)
  }

  /** Takes a block in; what is ready comes out. */
  push(block: Pcm): Pcm {
    this.#taken += pcmLength(block)
    return this.#convert(block.channels.map(bytes), pcmLength(block))
  }

  /** The tail, cut or filled with silence so that the whole has its exact length. */
  end(): Pcm {
    const missing = Math.round((this.#taken * this.#to) / this.#from) - this.#given
    const tail = this.#convert(null, 0)
    return {
      rate: this.#to,
      channels: tail.channels.map((channel) => {
        const exact = new Float32Array(Math.max(0, missing))
        exact.set(channel.subarray(0, exact.length))
        return exact
      }),
    }
  }

  #convert(input: Buffer[] | null, count: number): Pcm {
    const room = this.#swr.getOutSamples(count)
    const planes = Array.from({ length: this.#channels }, () => new Float32Array(Math.max(room, 0)))
    const made = room <= 0 ? 0 : this.#swr.convertSync(planes.map(bytes), room, input, count)
    if (made < 0) throw new EngineCrashedError('resampling failed')
    // Rounding up inside may give one sample too many before the end is known: the last push never passes the total.
    this.#given += made
    return { rate: this.#to, channels: planes.map((plane) => plane.subarray(0, made)) }
  }

  [Symbol.dispose](): void {
    this.#swr.free()
  }
}
