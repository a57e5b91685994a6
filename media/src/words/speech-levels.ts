import type { TimeRange } from './transcript.ts'

/** Seconds of one judgement. */
export const SPEECH_FRAME = 0.01
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

/**
 * Where somebody speaks, by level alone: louder than the noise around, and not much quieter than the loud parts.
 * @param levels one of each 10 ms, in dBFS
 */
export function speechInLevels(levels: ArrayLike<number>): TimeRange[] {
  const threshold = speechThreshold(levels)
  return threshold === null ? [] : speechAbove(levels, threshold)
}

/** The level, dBFS, above which these frames are speech; null where all of it is silence. */
export function speechThreshold(levels: ArrayLike<number>): number | null {
  const sorted = Float32Array.from(levels).sort()
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? SILENCE
  const noise = sorted[Math.floor(sorted.length * 0.1)] ?? SILENCE
  // Speech without any pause has no noise to stand out of: then its quiet tenth is not noise, and REACH decides.
  return loud < SILENCE ? null : Math.max(loud - REACH, Math.min(noise + ABOVE_NOISE, loud - ABOVE_NOISE))
}

/** The stretches of frames above a level: short pauses between them are bridged, clicks left out. */
export function speechAbove(levels: ArrayLike<number>, threshold: number): TimeRange[] {
  const found: { start: number; end: number }[] = []
  for (let from = 0; from < levels.length; from++) {
    if ((levels[from] as number) < threshold) continue
    let to = from
    while (to < levels.length && (levels[to] as number) >= threshold) to++
    const range = { start: from * SPEECH_FRAME, end: to * SPEECH_FRAME }
    const last = found.at(-1)
    if (last !== undefined && range.start - last.end < BRIDGE) last.end = range.end
    else found.push(range)
    from = to
  }
  return found.filter((range) => range.end - range.start >= CLICK)
}
