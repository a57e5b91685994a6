import { type Pcm, pcmLength } from '../pcm/pcm.ts'
import { SPEECH_FRAME, speechInLevels } from '../words/speech-levels.ts'
import type { TimeRange } from '../words/transcript.ts'

/** Levels of 10 ms frames while sound goes by, and where in it somebody speaks. */
export class SpeechActivity {
  #levels: number[] = []
  #power = 0
  #count = 0
  #samples = 0
  #rate = 0

  /** Takes the next block. */
  add(block: Pcm): void {
    this.#rate = block.rate
    const length = pcmLength(block)
    for (let i = 0; i < length; i++) {
      for (const channel of block.channels) this.#power += (channel[i] ?? 0) ** 2 / block.channels.length
      this.#count += 1
      this.#samples += 1
      if (this.#samples < Math.round((this.#levels.length + 1) * SPEECH_FRAME * this.#rate)) continue
      this.#levels.push(10 * Math.log10(this.#power / this.#count + 1e-12))
      this.#power = 0
      this.#count = 0
    }
  }

  /** Levels of the frames so far, dBFS. */
  get levels(): readonly number[] {
    return this.#levels
  }

  /** Seconds that went by. */
  get seconds(): number {
    return this.#rate === 0 ? 0 : this.#samples / this.#rate
  }

  /** Where somebody speaks: see {@link speechInLevels}. */
  speech(): TimeRange[] {
    return speechInLevels(this.#levels)
  }
}
