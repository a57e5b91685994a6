import type { Word } from '../words/transcript.ts'
import { SPEECH_RATE } from './mel.ts'

const HOP = 160
const FRAME = 400
/** A frame this many decibels under the loud ones of the window is a pause. */
const DEPTH = 30
/** A word is never trimmed below this many seconds. */
const SHORTEST = 0.06

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

/**
 * The words without the silence at their edges. Attention says in which word a pause lies, not that it is a pause: a
 * word before or after one comes out too long. Order and text stay; times only move inwards.
 */
export function trimToSound<T extends Word>(words: readonly T[], samples: Float32Array): T[] {
  const levels = frameLevels(samples)
  const sorted = levels.toSorted()
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? -100
  const floor = sorted[Math.floor(sorted.length * 0.05)] ?? -100
  const threshold = Math.max(loud - DEPTH, Math.min(loud - 12, floor + 6))
  const rate = SPEECH_RATE / HOP
  return words.map((word) => {
    let from = Math.floor(word.start * rate)
    let to = Math.min(levels.length, Math.ceil(word.end * rate))
    const shortest = Math.ceil(SHORTEST * rate)
    while (to - from > shortest && (levels[from] as number) < threshold) from += 1
    while (to - from > shortest && (levels[to - 1] as number) < threshold) to -= 1
    const silent = to - from <= shortest
    return silent ? word : { ...word, start: Math.max(word.start, from / rate), end: Math.min(word.end, to / rate) }
  })
}
