import type { TimeRange } from '../words/transcript.ts'
import type { Ducking } from './arrangement.ts'

/** Gain between two of these many samples goes straight: under a millisecond at 48 kHz. */
const STEP = 32

/**
 * The gain of a ducked track, asked for in order of time. All the way down during speech; it goes down (in dB, straight)
 * in `attack` before the speech, and up in `release` after it. A pause too short to come up all the way comes up part of
 * it.
 */
export class DuckingGain {
  readonly #speech: readonly TimeRange[]
  readonly #ducking: Ducking
  readonly #rate: number
  #next = 0

  /** @param speech in order, without overlap */
  constructor(speech: readonly TimeRange[], ducking: Ducking, rate: number) {
    this.#speech = speech
    this.#ducking = ducking
    this.#rate = rate
  }

  /** Multiplies samples that begin at sample `at` of the result. */
  apply(channels: readonly Float32Array[], at: number): void {
    const length = channels[0]?.length ?? 0
    let gain = this.#gainAt(at)
    for (let from = 0; from < length; from += STEP) {
      const to = Math.min(length, from + STEP)
      const after = this.#gainAt(at + to)
      if (gain !== 1 || after !== 1)
        for (const channel of channels)
          for (let i = from; i < to; i++)
            channel[i] = (channel[i] ?? 0) * (gain + ((after - gain) * (i - from)) / (to - from))
      gain = after
    }
  }

  #gainAt(sample: number): number {
    const { depth, attack, release } = this.#ducking
    const time = sample / this.#rate
    while (this.#next < this.#speech.length && (this.#speech[this.#next] as TimeRange).end + release < time - 1)
      this.#next++
    let down = 0
    for (let i = this.#next; i < this.#speech.length; i++) {
      const { start, end } = this.#speech[i] as TimeRange
      if (start - attack > time) break
      if (time < start) down = Math.max(down, attack > 0 ? 1 - (start - time) / attack : 0)
      else if (time <= end) down = 1
      else down = Math.max(down, release > 0 ? 1 - (time - end) / release : 0)
    }
    return down <= 0 ? 1 : 10 ** ((-depth * down) / 20)
  }
}
