import type { Word } from '../words/transcript.ts'
import { SPEECH_RATE } from './mel.ts'

const HOP = 160
const FRAME = 400
const FRAMES_PER_SECOND = SPEECH_RATE / HOP
/** A frame this many decibels under the loud ones of the window is silence... */
const DEPTH = 30
/** ...and this many seconds of it are a pause; less is the closure of a p, t or k. */
const SHORTEST_PAUSE = 0.12
/** A word boundary this near to a pause, in seconds, is the pause; to a long one also from further away. */
const REACH = 0.3
const LONG_REACH = 0.7
/** No word is made shorter than this, in seconds. */
const SHORTEST_WORD = 0.05
/**
 * The attention runs ahead of the voice: measured on hand-checked words, by this many seconds in the median. Boundaries
 * inside speech are moved later by it.
 */
const LEAD = 0.1

/** Level of each 10 ms of mono sound at 16 kHz, in dB, over 25 ms around it. */
export function frameLevels(samples: Float32Array): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / HOP))
  for (let frame = 0; frame < levels.length; frame += 1) {
    const centre = frame * HOP + HOP / 2
    const from = Math.max(0, centre - FRAME / 2)
    const to = Math.min(samples.length, centre + FRAME / 2)
    let power = 0
    for (let at = from; at < to; at += 1) power += (samples[at] as number) ** 2
    levels[frame] = 10 * Math.log10(power / Math.max(1, to - from) + 1e-10)
  }
  return levels
}

interface Pause {
  readonly start: number
  readonly end: number
}

/** Silences of the window, in seconds, its beginning and end included. */
export function pausesOf(samples: Float32Array): Pause[] {
  const levels = frameLevels(samples)
  const sorted = levels.toSorted()
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? -100
  const floor = sorted[Math.floor(sorted.length * 0.05)] ?? -100
  const threshold = Math.max(loud - DEPTH, Math.min(loud - 12, floor + 6))
  const pauses: Pause[] = []
  let from = 0
  for (let frame = 0; frame <= levels.length; frame += 1) {
    if (frame < levels.length && (levels[frame] as number) < threshold) continue
    const atEdge = from === 0 || frame === levels.length
    if (frame - from >= SHORTEST_PAUSE * FRAMES_PER_SECOND || (atEdge && frame > from))
      pauses.push({ start: from / FRAMES_PER_SECOND, end: frame / FRAMES_PER_SECOND })
    from = frame + 1
  }
  return pauses
}

/**
 * Words with the times the ear would give them. `words` follow each other without gap, as the attention has them: it
 * says in which word a pause lies, not that it is a pause. Here each boundary near a pause becomes that pause, the
 * others move by {@link LEAD}. Order stays, nothing overlaps.
 */
export function fitToSound<T extends Word>(words: readonly T[], samples: Float32Array): T[] {
  const first = words[0]
  if (!first) return []
  const boundaries = [first.start, ...words.map((word) => word.end)]
  const pauses = pausesOf(samples)
  const taken = new Map<number, Pause>()
  for (const pause of pauses) {
    let nearest = -1
    const reach = Math.max(REACH, Math.min(LONG_REACH, (pause.end - pause.start) * 0.7))
    let distance = reach
    boundaries.forEach((boundary, index) => {
      const time = boundary + LEAD
      const far = Math.max(pause.start - time, time - pause.end, 0)
      const centred = far + 1e-3 * Math.abs(time - pause.end)
      if (far <= reach && centred < distance) {
        nearest = index
        distance = centred
      }
    })
    const other = taken.get(nearest)
    if (nearest >= 0 && (!other || other.end - other.start < pause.end - pause.start)) taken.set(nearest, pause)
  }
  const seconds = samples.length / SPEECH_RATE
  let clock = 0
  return words.map((word, index) => {
    const before = taken.get(index)
    const after = taken.get(index + 1)
    const start = Math.max(clock, Math.min(seconds, before?.end ?? (boundaries[index] as number) + LEAD))
    const wanted = after?.start ?? (boundaries[index + 1] as number) + LEAD
    const end = Math.min(Math.max(wanted, start + SHORTEST_WORD), Math.max(seconds, start))
    clock = end
    return { ...word, start, end }
  })
}
