/**
 * What a recogniser heard, as plain data that survives JSON.
 *
 * Times are seconds from the start of the recording, half-open `[start, end)`. Words are in order and do not
 * overlap: `words[i].end <= words[i + 1].start`.
 */

import type { Speaker } from './speaker.ts'

/** One word, with the punctuation that touches it and without surrounding space. In scripts written without spaces (Chinese, Japanese, Thai) one word is one written character. */
export interface Word {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A stretch of speech between pauses. `text` is the words joined as the script joins them ({@link joinWords}). */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly words: readonly Word[]
  /** Id of who says it, where that was said: see speaker.ts. */
  readonly speaker?: string
}

/** A whole recording. `language` is an ISO 639-1 code, or `und` where nothing was said. `duration` is that of the sound, not of the speech. */
export interface Transcript {
  readonly language: string
  readonly duration: number
  readonly segments: readonly Segment[]
  /** Who speaks, where that was said. Segments of different speakers may overlap. */
  readonly speakers?: readonly Speaker[]
}

/** A half-open stretch of word positions `[from, to)`, counted through all segments of a transcript. */
export interface WordRange {
  readonly from: number
  readonly to: number
}

/** A half-open stretch of time in seconds `[start, end)`. */
export interface TimeRange {
  readonly start: number
  readonly end: number
}

/** All words of all segments, in order. Positions in this list are what {@link WordRange} counts. */
export function wordsOf(transcript: Transcript): Word[] {
  return transcript.segments.flatMap((segment) => segment.words)
}
