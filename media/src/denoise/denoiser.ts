import { Backward } from './backward.ts'
import { BLEND_HOP, Blend } from './blend.ts'
import { GTCRN_DELAY, GTCRN_FRAME, Gtcrn } from './gtcrn.ts'
import { RNNOISE_DELAY, RNNOISE_FRAME, Rnnoise } from './rnnoise.ts'
import { Framed, Queue, type Stage } from './stage.ts'
import { FromThird, ToThird } from './third.ts'

/** `speech`: the band of the voice, to 7.5 kHz, and nothing above. `full`: all of the sound, with the air above it. */
export type DenoiseMode = 'speech' | 'full'

/** Rate a {@link Denoiser} works at. */
export const DENOISE_RATE = 48_000

/** Clean speech never counts as wholly speech: a share this near to one is one. */
const AIR_SLACK = 1.6

/** Silence that brings out what all stages hold back: more than their filters, windows and frames together. */
const FLUSH = 8192

/**
 * Takes noise out of one channel at 48 kHz, block by block. What comes out is as long as what went in, sample for
 * sample at the same time.
 *
 * Below 7.5 kHz two networks are heard, GTCRN on 16 kHz and RNNoise, and {@link Blend} makes one sound of them and of
 * what both leave over. Above, in `full`, RNNoise's sound is let through as far as there is speech just below; the
 * two bands come from one pair of filters and sum to the whole.
 */
export class Denoiser implements Disposable {
  readonly #mode: DenoiseMode
  readonly #strength: number
  readonly #gtcrn: Gtcrn
  readonly #backward: Gtcrn
  readonly #rnnoise: Rnnoise
  readonly #low: Stage
  readonly #voice: Stage
  readonly #voiceBackward: Backward
  readonly #broad: Stage
  readonly #broadLow: Stage
  readonly #blend = new Blend()
  readonly #up: Stage = new FromThird()
  readonly #broadUp: Stage = new FromThird()
  readonly #forth = new Queue()
  readonly #back = new Queue()
  readonly #dry = new Queue()
  readonly #wide = new Queue()
  readonly #wideLow = new Queue()
  readonly #clean = new Queue()
  readonly #air = new Queue()
  #backShare = 0.5
  #lastAir = 1
  #in = 0
  #out = 0

  private constructor(mode: DenoiseMode, strength: number, gtcrn: Gtcrn, backward: Gtcrn, rnnoise: Rnnoise) {
    this.#mode = mode
    this.#strength = strength
    this.#gtcrn = gtcrn
    this.#backward = backward
    this.#rnnoise = rnnoise
    this.#low = new ToThird()
    this.#broadLow = new ToThird()
    this.#voice = new Framed(GTCRN_FRAME, GTCRN_DELAY, (input, output) => gtcrn.process(input, output))
    this.#voiceBackward = new Backward(backward)
    this.#broad = new Framed(RNNOISE_FRAME, RNNOISE_DELAY, (input, output) => void rnnoise.process(input, output))
  }

  /** `strength` is how much of what was taken for noise is taken out, 0..1. @throws EngineMissingError */
  static async open(mode: DenoiseMode, strength: number): Promise<Denoiser> {
    return new Denoiser(mode, strength, await Gtcrn.open(), await Gtcrn.open(), await Rnnoise.open())
  }

  /** The next samples; answers those that are ready. */
  push(samples: Float32Array): Float32Array {
    this.#in += samples.length
    return this.#advance(samples, false)
  }

  /** What is left after the last samples. */
  end(): Float32Array {
    return this.#advance(new Float32Array(FLUSH), true)
  }

  #advance(samples: Float32Array, last: boolean): Float32Array {
    this.#dry.put(samples)
    const broad = this.#broad.push(samples)
    this.#wide.put(broad)
    const low = this.#low.push(samples)
    const broadLow = this.#broadLow.push(broad)
    if (this.#mode === 'full') this.#wideLow.put(this.#broadUp.push(broadLow))
    this.#clean.put(this.#up.push(this.#blend.push(low, this.#bothWays(low, last), broadLow)))
    for (const share of this.#blend.takeShares()) this.#air.put(this.#ramp(Math.min(1, AIR_SLACK * share)))
    const full = this.#mode === 'full'
    const ready = Math.min(
      this.#clean.length,
      this.#dry.length,
      full ? Math.min(this.#wideLow.length, this.#air.length) : Number.POSITIVE_INFINITY,
    )
    const count = Math.min(ready, this.#in - this.#out)
    this.#out += count
    const clean = this.#clean.take(count)
    const dry = this.#dry.take(count)
    if (full) {
      const wide = this.#wide.take(count)
      const wideLow = this.#wideLow.take(count)
      const air = this.#air.take(count)
      for (let at = 0; at < count; at += 1)
        clean[at] = (clean[at] as number) + (air[at] as number) * ((wide[at] as number) - (wideLow[at] as number))
    }
    const rest = 1 - this.#strength
    for (let at = 0; at < count; at += 1)
      clean[at] = (clean[at] as number) * this.#strength + (dry[at] as number) * rest
    return clean
  }

  /** One estimate of GTCRN read forward and backward, as far as both are ready. */
  #bothWays(low: Float32Array, last: boolean): Float32Array {
    this.#forth.put(this.#voice.push(low))
    this.#back.put(this.#voiceBackward.push(low))
    if (last) this.#back.put(this.#voiceBackward.end())
    const parts = new Queue()
    while (Math.min(this.#forth.length, this.#back.length) >= BLEND_HOP)
      parts.put(this.#between(this.#forth.take(BLEND_HOP), this.#back.take(BLEND_HOP)))
    return parts.take(parts.length)
  }

  /** Their mean; where one lets much more pass, it lets noise pass, and the quieter one counts for more. */
  #between(forth: Float32Array, back: Float32Array): Float32Array {
    let [forward, backward] = [1e-12, 1e-12]
    for (let n = 0; n < BLEND_HOP; n += 1) {
      forward += (forth[n] as number) ** 2
      backward += (back[n] as number) ** 2
    }
    const from = this.#backShare
    const to = Math.sqrt(forward) / (Math.sqrt(forward) + Math.sqrt(backward))
    this.#backShare = to
    return forth.map((value, n) => value + (from + ((to - from) * (n + 1)) / BLEND_HOP) * ((back[n] as number) - value))
  }

  /** From the last gain to the next, over one hop of the blend: no steps, no clicks. */
  #ramp(gain: number): Float32Array {
    const length = 3 * BLEND_HOP
    const from = this.#lastAir
    this.#lastAir = gain
    return Float32Array.from({ length }, (_, n) => from + ((gain - from) * (n + 1)) / length)
  }

  [Symbol.dispose](): void {
    this.#gtcrn[Symbol.dispose]()
    this.#backward[Symbol.dispose]()
    this.#rnnoise[Symbol.dispose]()
  }
}
