import { segmentOf } from '../words/join.ts'
import { sentencesOf } from '../words/sentence.ts'
import type { Segment, Word } from '../words/transcript.ts'

/** A pause inside a sentence, in seconds, that begins a new segment. */
const PAUSE = 0.8
/** A segment that got longer than this ends at the next pause that can be heard at all. */
const LONG = 12
const HEARD_PAUSE = 0.15

/** The words as segments: a sentence each, cut at clear pauses. */
export function segmentsOf(words: readonly Word[]): Segment[] {
  const segments: Segment[] = []
  for (const { from, to } of sentencesOf(words)) {
    let begin = from
    for (let at = from + 1; at <= to; at += 1) {
      const pause = at === to ? Number.POSITIVE_INFINITY : (words[at]?.start ?? 0) - (words[at - 1]?.end ?? 0)
      const long = (words[at - 1]?.end ?? 0) - (words[begin]?.start ?? 0) > LONG
      if (pause >= PAUSE || (long && pause >= HEARD_PAUSE)) {
        segments.push(segmentOf(words.slice(begin, at)))
        begin = at
      }
    }
  }
  return segments
}
