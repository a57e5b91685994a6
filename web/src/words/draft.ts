/** A person's edit of a transcript, as a pure value with unlimited undo: corrections, cuts, merging with another's. */
import {
  correctTranscript,
  deleteWords,
  type History,
  isDeleted,
  mergeRanges,
  restoreWords,
  type Segment,
  subtractRanges,
  type TimeRange,
  type Word,
  type WordRange,
  wordsOf,
} from '@sotto/media/words'
import type { Edit, Transcript } from '../api/api.ts'

/** What is edited. */
export interface Draft {
  readonly segments: readonly Segment[]
  readonly cuts: readonly TimeRange[]
}

/** The draft that a saved edit of this transcript is. */
export function draftOf(transcript: Transcript, edit: Edit): Draft {
  return {
    segments: edit.segments ?? transcript.segments,
    cuts: mergeRanges(edit.cuts.map(([start, end]) => ({ start, end }))),
  }
}

/** What is saved of a draft that began at `revision`. Segments that are as recognised are not saved again. */
export function editOf(draft: Draft, transcript: Transcript, revision: number): Edit {
  return {
    revision,
    segments:
      draft.segments === transcript.segments
        ? null
        : draft.segments.map((segment) => ({ ...segment, words: segment.words.map((word) => ({ ...word })) })),
    cuts: draft.cuts.map((cut): [number, number] => [cut.start, cut.end]),
  }
}

/** All words of a draft, in order. */
export function draftWords(draft: Draft): Word[] {
  return wordsOf({ language: 'und', duration: 0, segments: draft.segments })
}

/** One more step; undo goes back to the very beginning, however far that is. */
export function stepTo(history: History<Draft>, next: Draft): History<Draft> {
  return { past: [...history.past, history.present], present: next, future: [] }
}

/** The draft with the words `range` cut away, or brought back where all of them were cut. */
export function toggleCut(draft: Draft, range: WordRange, duration: number): Draft {
  const words = draftWords(draft)
  const chosen = words.slice(range.from, range.to)
  if (chosen.length === 0) return draft
  const all = chosen.every((word) => isDeleted(word, draft.cuts))
  const cuts = all ? restoreWords(draft.cuts, words, range, duration) : deleteWords(draft.cuts, words, range, duration)
  return { ...draft, cuts }
}

/** The draft with other words in a place; their times are shared out (media's `correct`). */
export function correctDraft(draft: Draft, range: WordRange, text: string): Draft {
  const { segments } = correctTranscript({ language: 'und', duration: 0, segments: draft.segments }, range, text)
  return { ...draft, segments }
}

const place = (segment: Segment) => `${segment.start.toFixed(3)} ${segment.end.toFixed(3)}`

/**
 * Two edits of the same beginning as one. Cuts: what either side added or took back since `base` holds. Segments: one
 * that only one side corrected is taken from it; where both did, theirs stands (it is saved already) and is counted.
 */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): { draft: Draft; conflicts: number } {
  const before = new Map(base.segments.map((segment) => [place(segment), segment.text]))
  const ours = new Map(mine.segments.map((segment) => [place(segment), segment]))
  let conflicts = 0
  const segments = theirs.segments.map((segment) => {
    const own = ours.get(place(segment))
    const was = before.get(place(segment))
    if (!own || own.text === segment.text || own.text === was) return segment
    if (segment.text === was) return own
    conflicts += 1
    return segment
  })
  const added = subtractRanges(mine.cuts, base.cuts)
  const removed = subtractRanges(base.cuts, mine.cuts)
  return { draft: { segments, cuts: subtractRanges(mergeRanges([...theirs.cuts, ...added]), removed) }, conflicts }
}
