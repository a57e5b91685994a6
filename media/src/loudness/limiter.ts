import { type Pcm, pcmLength, silentPcm } from '../pcm/pcm.ts'
import { TRUE_PEAK_REACH, truePeakAt } from './true-peak.ts'

/** How far the limiter looks ahead, and over how long it turns down, seconds. */
const LOOK_AHEAD = 0.005
/** Time in which it turns up again by 63 %. */
const RELEASE = 0.12
/** The peak between samples is found within this much (BS.1770-4 annex 2 gives 0.6 dB for its filter; ours and 4 points: measured under 0.3, on clipped noise). */
const MARGIN = 10 ** (-0.4 / 20)

/**
 * Gain, and then a ceiling that no true peak passes: where one would, all channels are turned down together, smoothly,
 * before it comes. What goes in comes out with the same length, later: `end` gives the rest.
 */
export class Limiter {
  readonly #gain: number
  readonly #ceiling: number
  readonly #ahead: number
  readonly #rise: number
  readonly #channels: number
  readonly #rate: number
  /** Samples with gain that wait: `TRUE_PEAK_REACH` of the past, then those without their final gain. */
  #held: Float32Array[]
  /** Place of the first held sample, of the next one to look at, and of the next one to give. */
  #first: number
  #looked = 0
  #given = 0
  #taken = 0
  /** Gains under 1 that are needed in the look-ahead, by place and increasing: the head is the least. */
  #least: { at: number; need: number }[] = []
  #slow = 1
  #lastPeak = 0
  /** The last gains of `#slow`, one turn of the smoothing window, and their sum. */
  readonly #window: Float64Array
  #windowSum: number
  #windowAt = 0

  /** @param gain dB @param ceiling dBTP */
  constructor(rate: number, channels: number, gain: number, ceiling: number) {
    this.#rate = rate
    this.#channels = channels
    this.#gain = 10 ** (gain / 20)
    this.#ceiling = 10 ** (ceiling / 20) * MARGIN
    this.#ahead = Math.max(1, Math.round(LOOK_AHEAD * rate))
    this.#rise = 1 - Math.exp(-1 / (RELEASE * rate))
    this.#first = -TRUE_PEAK_REACH
    this.#held = Array.from({ length: channels }, () => new Float32Array(TRUE_PEAK_REACH))
    this.#window = new Float64Array(this.#ahead + 1).fill(1)
    this.#windowSum = this.#ahead + 1
  }

  /** Takes the next block in; what is final comes out. */
  push(block: Pcm): Pcm {
    const length = pcmLength(block)
    this.#held = this.#held.map((old, index) => {
      const joined = new Float32Array(old.length + length)
      joined.set(old)
      const source = block.channels[index]
      for (let i = 0; i < length; i++) joined[old.length + i] = (source?.[i] ?? 0) * this.#gain
      return joined
    })
    this.#taken += length
    return this.#give(this.#taken - TRUE_PEAK_REACH)
  }

  /** The rest: as much as is missing. */
  end(): Pcm {
    return this.push(silentPcm(this.#rate, this.#channels, this.#ahead + TRUE_PEAK_REACH))
  }

  /** Looks at everything before `seen`, and gives what has been looked at far enough. */
  #give(seen: number): Pcm {
    const count = Math.max(0, seen - this.#ahead - this.#given)
    const out = silentPcm(this.#rate, this.#channels, count)
    let written = 0
    for (; this.#looked < seen; this.#looked++) {
      const need = this.#needAt(this.#looked)
      if (need < 1) {
        while ((this.#least.at(-1)?.need ?? 0) >= need) this.#least.pop()
        this.#least.push({ at: this.#looked, need })
      }
      while (this.#least[0] !== undefined && this.#least[0].at < this.#looked - this.#ahead) this.#least.shift()
      // The least gain needed in the look-ahead after sample `looked - ahead`; it may fall at once and rises slowly.
      const least = this.#least[0]?.need ?? 1
      this.#slow = Math.min(least, this.#slow + (1 - this.#slow) * this.#rise)
      this.#windowSum += this.#slow - (this.#window[this.#windowAt] as number)
      this.#window[this.#windowAt] = this.#slow
      this.#windowAt = (this.#windowAt + 1) % this.#window.length
      // The mean over the window that ends here is at most what the sample one look-ahead back needs.
      const at = this.#looked - this.#ahead
      if (at < this.#given + written || written >= count) continue
      const gain = Math.min(1, this.#windowSum / this.#window.length)
      for (const [index, channel] of out.channels.entries())
        channel[written] = (this.#held[index]?.[at - this.#first] ?? 0) * gain
      written++
    }
    this.#given += written
    this.#forget()
    return { rate: this.#rate, channels: out.channels.map((channel) => channel.subarray(0, written)) }
  }

  #needAt(at: number): number {
    let here = 0
    for (const channel of this.#held) here = Math.max(here, truePeakAt(channel, at - this.#first, this.#ceiling))
    // A peak between this sample and the one before belongs to both.
    const peak = Math.max(here, this.#lastPeak)
    this.#lastPeak = here
    return peak > this.#ceiling ? this.#ceiling / peak : 1
  }

  #forget(): void {
    const keepFrom = Math.min(this.#given, this.#looked - TRUE_PEAK_REACH - 1)
    const drop = keepFrom - this.#first
    if (drop <= 0) return
    this.#held = this.#held.map((channel) => channel.slice(drop))
    this.#first = keepFrom
  }
}
