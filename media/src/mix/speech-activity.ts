import { type Pcm, pcmLength } from '../pcm/pcm.ts'
import type { TimeRange } from '../words/transcript.ts'

/** Seconds of one judgement. */
const FRAME = 0.01
/** Between the loud frames of speech and where it is still speech, dB. */
const REACH = 27
/** Speech stands out of the noise around it by at least this, dB. */
const ABOVE_NOISE = 9
/** Sound whose loudest frames stay under this is silence, dBFS. */
const SILENCE = -65
/** Pauses shorter than this belong to the speech around them, seconds. */
const BRIDGE = 0.35
/** Sounds shorter than this are clicks, seconds. */
const CLICK = 0.05

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
      if (this.#samples < Math.round((this.#levels.length + 1) * FRAME * this.#rate)) continue
      this.#levels.push(10 * Math.log10(this.#power / this.#count + 1e-12))
      this.#power = 0
      this.#count = 0
    }
  }

  /** Seconds that went by. */
  get seconds(): number {
    return this.#rate === 0 ? 0 : this.#samples / this.#rate
  }

  /** Where somebody speaks: louder than the noise around, and not much quieter than the loud parts. */
  speech(): TimeRange[] {
    const sorted = Float32Array.from(this.#levels).sort()
    const loud = sorted[Math.floor(sorted.length * 0.95)] ?? SILENCE
    const noise = sorted[Math.floor(sorted.length * 0.1)] ?? SILENCE
    if (loud < SILENCE) return []
    // Speech without any pause has no noise to stand out of: then its quiet tenth is not noise, and REACH decides.
    const threshold = Math.max(loud - REACH, Math.min(noise + ABOVE_NOISE, loud - ABOVE_NOISE))
    return bridged(this.#levels, threshold)
  }
}

function bridged(levels: readonly number[], threshold: number): TimeRange[] {
  const found: { start: number; end: number }[] = []
  for (let from = 0; from < levels.length; from++) {
    if ((levels[from] as number) < threshold) continue
    let to = from
    while (to < levels.length && (levels[to] as number) >= threshold) to++
    const range = { start: from * FRAME, end: to * FRAME }
    const last = found.at(-1)
    if (last !== undefined && range.start - last.end < BRIDGE) last.end = range.end
    else found.push(range)
    from = to
  }
  return found.filter((range) => range.end - range.start >= CLICK)
}
