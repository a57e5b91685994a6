import { RealFft } from '../spectrum/fft.ts'
import { Queue } from './stage.ts'

/** At 16 kHz: windows of 32 ms, four over each sample. */
const WINDOW = 512
/** Samples at 16 kHz between two decisions of {@link Blend}. */
export const BLEND_HOP = 128
const HOP = BLEND_HOP
/** Shares of the two networks in their mean: GTCRN is better on most noise, RNNoise on other voices. */
const GTCRN_SHARE = 0.76
/** How slowly the profile of the noise forgets, per hop: about 0.8 s. */
const MEMORY = 0.99

/** Bins from 3 to 7.5 kHz: over hum and rumble, where the consonants are. */
const AIR_FROM = Math.round((3000 * WINDOW) / 16_000)
const AIR_TO = Math.round((7500 * WINDOW) / 16_000)

const window = Float64Array.from({ length: WINDOW }, (_, n) => Math.sin((Math.PI * n) / WINDOW))

interface Frame {
  readonly re: Float64Array
  readonly im: Float64Array
  readonly power: Float64Array
  readonly noise: Float64Array
}

/**
 * One sound out of the noisy one and two estimates of the clean one, all at 16 kHz and aligned.
 *
 * The estimates err differently, so their mean errs less. What the mean leaves out, averaged over time, is a profile
 * of the noise; a Wiener filter (Loizou, Speech Enhancement, 2013, chapter 6) of the noisy sound with the mean as
 * speech and that profile as noise gives a third estimate, smoother in time, and the mean of both is the result.
 * Figures: docs/decisions/0011-denoise.md.
 */
export class Blend {
  readonly #fft = new RealFft(WINDOW)
  readonly #noisy = new Queue()
  readonly #gtcrn = new Queue()
  readonly #rnnoise = new Queue()
  readonly #tail = new Float64Array(WINDOW)
  #noisyPast = new Float64Array(WINDOW)
  #meanPast = new Float64Array(WINDOW)
  #noise = new Float64Array(WINDOW / 2 + 1)
  /** The mean of hops whose windows are not all added up yet; begins with silence, as the windows do. */
  readonly #meanWaiting = new Queue()
  #before: Frame | undefined
  #now: Frame | undefined
  #frames = 0
  #toDrop = WINDOW - HOP
  #otherShare = 0
  /** Shares of the last windows, newest last. */
  #shares: number[] = []
  #ready: number[] = []

  constructor() {
    this.#meanWaiting.put(new Float32Array(WINDOW - HOP))
  }

  push(noisy: Float32Array, gtcrn: Float32Array, rnnoise: Float32Array): Float32Array {
    this.#noisy.put(noisy)
    this.#gtcrn.put(gtcrn)
    this.#rnnoise.put(rnnoise)
    const hops = Math.floor(Math.min(this.#noisy.length, this.#gtcrn.length, this.#rnnoise.length) / HOP)
    const output = new Float32Array(hops * HOP)
    let filled = 0
    for (let hop = 0; hop < hops; hop += 1) {
      const heard = this.#noisy.take(HOP)
      const mean = this.#mix(heard, this.#gtcrn.take(HOP), this.#rnnoise.take(HOP))
      this.#meanWaiting.put(mean)
      const next = this.#analyse(heard, mean)
      if (this.#now) {
        output.set(this.#synthesise(this.#before, this.#now, next), filled)
        filled += HOP
      }
      this.#before = this.#now
      this.#now = next
    }
    const drop = Math.min(this.#toDrop, filled)
    this.#toDrop -= drop
    this.#ready.splice(0, drop / HOP)
    return output.subarray(drop, filled)
  }

  /**
   * The mean of both networks where GTCRN hears speech, GTCRN alone where it hears none: RNNoise lets quiet noise pass
   * in pauses, and a share of that would be heard.
   */
  #mix(noisy: Float32Array, gtcrn: Float32Array, rnnoise: Float32Array): Float32Array {
    let all = 1e-12
    let speech = 0
    for (let n = 0; n < HOP; n += 1) {
      all += (noisy[n] as number) ** 2
      speech += (gtcrn[n] as number) ** 2
    }
    const from = this.#otherShare
    const to = (1 - GTCRN_SHARE) * Math.min(1, (12 * speech) / all)
    this.#otherShare = to
    return gtcrn.map((value, n) => value + (from + ((to - from) * (n + 1)) / HOP) * ((rnnoise[n] as number) - value))
  }

  /**
   * For each {@link BLEND_HOP} samples answered so far and not yet told: how much of the sound from 3 to 7.5 kHz is
   * speech, 0..1. What lies above this band comes and goes with it.
   */
  takeShares(): number[] {
    return this.#ready.splice(0)
  }

  /** The next window of both: spectrum of the noisy sound, power of the mean, and the profile as it is now. */
  #analyse(noisy: Float32Array, mean: Float32Array): Frame {
    const bins = this.#fft.bins
    const re = new Float64Array(bins)
    const im = new Float64Array(bins)
    const meanRe = new Float64Array(bins)
    const meanIm = new Float64Array(bins)
    this.#noisyPast = this.#spectrum(this.#noisyPast, noisy, re, im)
    this.#meanPast = this.#spectrum(this.#meanPast, mean, meanRe, meanIm)
    this.#frames += 1
    const memory = Math.min(MEMORY, 1 - 1 / this.#frames)
    const power = new Float64Array(bins)
    for (let k = 0; k < bins; k += 1) {
      const left = ((re[k] as number) - (meanRe[k] as number)) ** 2 + ((im[k] as number) - (meanIm[k] as number)) ** 2
      this.#noise[k] = memory * (this.#noise[k] as number) + (1 - memory) * left
      power[k] = (meanRe[k] as number) ** 2 + (meanIm[k] as number) ** 2
    }
    return { re, im, power, noise: this.#noise.slice() }
  }

  #spectrum(past: Float64Array, hop: Float32Array, re: Float64Array, im: Float64Array): Float64Array<ArrayBuffer> {
    const samples = new Float64Array(WINDOW)
    samples.set(past.subarray(HOP))
    samples.set(hop, WINDOW - HOP)
    this.#fft.forward(
      samples.map((value, n) => value * (window[n] as number)),
      re,
      im,
    )
    return samples
  }

  /** The filtered window added up with its neighbours, and half of the mean: the next {@link HOP} finished samples. */
  #synthesise(before: Frame | undefined, now: Frame, after: Frame): Float32Array {
    const { re, im, power, noise } = now
    let all = 1e-12
    let speaking = 0
    for (let k = 0; k < power.length; k += 1) {
      const own = power[k] as number
      const speech = 0.5 * own + 0.25 * (before?.power[k] ?? own) + 0.25 * (after.power[k] as number)
      const gain = speech / (speech + (noise[k] as number) + 1e-12)
      if (k >= AIR_FROM && k < AIR_TO) {
        const heard = (re[k] as number) ** 2 + (im[k] as number) ** 2
        all += heard
        speaking += Math.min(heard, own)
      }
      re[k] = (re[k] as number) * gain
      im[k] = (im[k] as number) * gain
    }
    this.#shares = [...this.#shares.slice(-3), speaking / all]
    this.#ready.push(Math.max(...this.#shares))
    const samples = new Float64Array(WINDOW)
    this.#fft.inverse(re, im, samples)
    for (let n = 0; n < WINDOW; n += 1)
      this.#tail[n] = (this.#tail[n] as number) + ((samples[n] as number) * (window[n] as number)) / 2
    const mean = this.#meanWaiting.take(HOP)
    const output = Float32Array.from({ length: HOP }, (_, n) => (this.#tail[n] as number) / 2 + (mean[n] as number) / 2)
    this.#tail.copyWithin(0, HOP)
    this.#tail.fill(0, WINDOW - HOP)
    return output
  }
}
