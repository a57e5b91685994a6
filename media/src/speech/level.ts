/** Sound whose loudest frames stay under this is silence: dither and the noise of converters live there. dBFS. */
const SILENCE = -75
/** Speech quieter than this is made louder... */
const QUIET = -32
/** ...to about this, by at most {@link MOST_GAIN} decibels. */
const TARGET = -23
const MOST_GAIN = 48
/** The memory of how loud it was fades by this many decibels a second, so a pause is not blown up to speech. */
const FADE = 0.5
const FRAME = 480

/** Level, in dBFS, that the loudest twentieth of the 30 ms frames (at 16 kHz) reaches. */
export function loudLevel(samples: Float32Array): number {
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += FRAME) {
    const frame = samples.subarray(at, at + FRAME)
    let power = 0
    for (const value of frame) power += value * value
    levels.push(power / frame.length)
  }
  levels.sort((a, b) => b - a)
  return 10 * Math.log10(Math.max(levels[Math.floor(levels.length / 20)] ?? 0, 1e-12))
}

/**
 * Brings quiet speech to a level recognisers were trained on, block by block (about 10 s each). Speech at -57 dBFS is
 * still speech; sound under -75 dBFS is not sound, and comes out as exact silence.
 */
export class LevelGate {
  #memory = Number.NEGATIVE_INFINITY

  /** The block at its new level (a new array), and whether there can be speech in it at all. */
  apply(samples: Float32Array, seconds: number): { samples: Float32Array; audible: boolean } {
    const level = loudLevel(samples)
    this.#memory = Math.max(level, this.#memory - FADE * seconds)
    if (level < SILENCE) return { samples: new Float32Array(samples.length), audible: false }
    const gain = this.#memory < QUIET ? 10 ** (Math.min(MOST_GAIN, TARGET - this.#memory) / 20) : 1
    return { samples: samples.map((value) => Math.max(-1, Math.min(1, value * gain))), audible: true }
  }
}
