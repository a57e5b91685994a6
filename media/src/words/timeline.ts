import { isDeleted, keepsOf } from './cut.ts'
import { segmentOf } from './join.ts'
import type { TimeRange, Transcript } from './transcript.ts'

/** Seconds that the kept ranges last together: the length of the cut result. */
export function keptSeconds(keeps: readonly TimeRange[]): number {
  return keeps.reduce((sum, keep) => sum + keep.end - keep.start, 0)
}

/** A time of the recording on the clock of the cut result. Times that were cut away fall on their join. */
export function toCutTime(time: number, keeps: readonly TimeRange[]): number {
  let sum = 0
  for (const keep of keeps) {
    if (time < keep.start) return sum
    if (time < keep.end) return sum + time - keep.start
    sum += keep.end - keep.start
  }
  return sum
}

/** A time of the cut result on the clock of the recording. A join belongs to what follows it. */
export function toOriginalTime(time: number, keeps: readonly TimeRange[]): number {
  let sum = 0
  for (const keep of keeps) {
    const length = keep.end - keep.start
    if (time < sum + length) return keep.start + Math.max(0, time - sum)
    sum += length
  }
  return keeps[keeps.length - 1]?.end ?? 0
}

/** The transcript of the cut result: kept words on the new clock, segments without words gone. */
export function cutTranscript(transcript: Transcript, cuts: readonly TimeRange[]): Transcript {
  const keeps = keepsOf(cuts, transcript.duration)
  const segments = transcript.segments.flatMap((segment) => {
    const words = segment.words
      .filter((word) => !isDeleted(word, cuts))
      .map((word) => ({ ...word, start: toCutTime(word.start, keeps), end: toCutTime(word.end, keeps) }))
    return words.length > 0 ? [segmentOf(words)] : []
  })
  return { ...transcript, duration: keptSeconds(keeps), segments }
}
