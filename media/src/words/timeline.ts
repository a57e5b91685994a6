import { segmentOf } from './join.ts'
import type { Segment, TimeRange, Transcript, Word } from './transcript.ts'

/** Seconds that the kept ranges last together: the length of the cut result. */
export function keptSeconds(keeps: readonly TimeRange[]): number {
  return keeps.reduce((sum, keep) => sum + keep.end - keep.start, 0)
}

/** A time of the recording on the clock of the cut result. Times that were cut away fall on the join before what follows them in the recording. `keeps` are in the order they are heard in. */
export function toCutTime(time: number, keeps: readonly TimeRange[]): number {
  let sum = 0
  let next: { start: number; at: number } | undefined
  for (const keep of keeps) {
    if (time >= keep.start && time < keep.end) return sum + time - keep.start
    if (time < keep.start && (next === undefined || keep.start < next.start)) next = { start: keep.start, at: sum }
    sum += keep.end - keep.start
  }
  return next?.at ?? sum
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

/** The transcript of what is heard: kept words on the new clock and in the new order, segments without words gone. A passage moved out of a segment is one of its own. */
export function heardTranscript(transcript: Transcript, heard: readonly TimeRange[]): Transcript {
  let sum = 0
  const places = heard.map(({ start, end }) => {
    const place = { start, end, at: sum }
    sum += end - start
    return place
  })
  const byTime = [...places].sort((a, b) => a.start - b.start)
  const words = transcript.segments.flatMap((segment, index) =>
    segment.words.flatMap((word) => {
      const place = placeOf(byTime, (word.start + word.end) / 2)
      return place === undefined ? [] : [{ segment: index, place, word: moved(word, place) }]
    }),
  )
  words.sort((a, b) => a.word.start - b.word.start)
  const segments: Segment[] = []
  let run: typeof words = []
  const close = () => {
    if (run.length > 0) segments.push(segmentOf(run.map(({ word }) => word)))
    run = []
  }
  for (const one of words) {
    const last = run.at(-1)
    if (last !== undefined && (last.segment !== one.segment || last.place.start > one.place.start)) close()
    run.push(one)
  }
  close()
  return { ...transcript, duration: keptSeconds(heard), segments }
}

interface Place extends TimeRange {
  readonly at: number
}

function moved(word: Word, { start, end, at }: Place): Word {
  const on = (time: number): number => at + Math.min(Math.max(time, start), end) - start
  return { ...word, start: on(word.start), end: on(word.end) }
}

/** By halving: a long recording has thousands of cuts and tens of thousands of words. */
function placeOf(places: readonly Place[], time: number): Place | undefined {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.end ?? 0) <= time) low = middle + 1
    else high = middle
  }
  const place = places[low]
  return place && place.start <= time ? place : undefined
}
