/** The two ends of a clip: always inside the recording, the first before the second. Pure. */

/** Seconds of the recording, half-open. */
export interface ClipRange {
  readonly from: number
  readonly to: number
}

/** The shortest clip, in seconds. */
export const SHORTEST = 0.05

/** The range with its start moved; the end gives way where it must. */
export function withFrom(range: ClipRange, from: number, duration: number): ClipRange {
  const start = Math.min(Math.max(0, from), Math.max(0, duration - SHORTEST))
  return { from: start, to: range.to - start >= SHORTEST ? range.to : duration }
}

/** The range with its end moved; the start gives way where it must. */
export function withTo(range: ClipRange, to: number, duration: number): ClipRange {
  const end = Math.min(Math.max(SHORTEST, to), duration)
  return { from: end - range.from >= SHORTEST ? range.from : 0, to: end }
}
