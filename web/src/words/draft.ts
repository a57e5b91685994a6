/** A person's edit of a transcript, as a pure value with unlimited undo: corrections, cuts, merging with another's. */
import {
  correctTranscript,
  deleteWords,
  type History,
  isDeleted,
  isInOrder,
  mergeRanges,
  moveRange,
  restoreWords,
  type Segment,
  subtractRanges,
  type TimeRange,
  toCutTime,
  type Word,
  type WordRange,
  wholeOrder,
  withMarks,
  wordsOf,
} from '@sotto/media/words'
import type { Edit, Transcript } from '../api/api.ts'

/** What is edited. */
export interface Draft {
  readonly segments: readonly Segment[]
  readonly cuts: readonly TimeRange[]
  /** Passages in the order they are heard in; empty where that is the order of the recording. */
  readonly order: readonly TimeRange[]
}

/** The words in the order they are heard in. `at` is each one's place in the recording, `place` the way back. */
export interface Shown {
  readonly words: readonly Word[]
  readonly at: readonly number[]
  readonly place: readonly number[]
}

/** The draft that a saved edit of this transcript is. */
export function draftOf(transcript: Transcript, edit: Edit): Draft {
  return {
    segments: edit.segments ?? transcript.segments,
    cuts: mergeRanges(edit.cuts.map(([start, end]) => ({ start, end }))),
    order: edit.order.map(([start, end]) => ({ start, end })),
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
    order: draft.order.map((part): [number, number] => [part.start, part.end]),
  }
}

/** All words of a draft, in the order of the recording. */
export function draftWords(draft: Draft): Word[] {
  return wordsOf({ language: 'und', duration: 0, segments: draft.segments })
}

/** All words of a draft, in the order they are heard in. */
export function shownWords(draft: Draft): Shown {
  const words = draftWords(draft)
  const at = words.map((_, index) => index)
  if (draft.order.length > 0) {
    const end = words.at(-1)?.end ?? 0
    const order = wholeOrder(draft.order, Math.max(end, ...draft.order.map((part) => part.end)))
    const times = words.map((word) => toCutTime((word.start + word.end) / 2, order))
    at.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  }
  const place: number[] = []
  for (const [shown, index] of at.entries()) place[index] = shown
  return { words: at.map((index) => words[index] as Word), at, place }
}

/** The stretches of words that follow each other in the recording, of a range of shown ones. */
export function recordedRuns({ at }: Shown, range: WordRange): WordRange[] {
  const runs: { from: number; to: number }[] = []
  for (let shown = range.from; shown < range.to; shown += 1) {
    const index = at[shown]
    if (index === undefined) continue
    const last = runs.at(-1)
    if (last?.to === index) last.to = index + 1
    else runs.push({ from: index, to: index + 1 })
  }
  return runs
}

/** One more step; undo goes back to the very beginning, however far that is. */
export function stepTo(history: History<Draft>, next: Draft): History<Draft> {
  return { past: [...history.past, history.present], present: next, future: [] }
}

/** The draft with the shown words `range` cut away, or brought back where all of them were cut. */
export function toggleCut(draft: Draft, range: WordRange, duration: number): Draft {
  const shown = shownWords(draft)
  const chosen = shown.words.slice(range.from, range.to)
  if (chosen.length === 0) return draft
  const all = chosen.every((word) => isDeleted(word, draft.cuts))
  const words = draftWords(draft)
  const change = all ? restoreWords : deleteWords
  const cuts = recordedRuns(shown, range).reduce<readonly TimeRange[]>(
    (now, run) => change(now, words, run, duration),
    draft.cuts,
  )
  return { ...draft, cuts }
}

/** The draft with stretches of time cut away as well. */
export function cutTimes(draft: Draft, times: readonly TimeRange[]): Draft {
  return times.length === 0 ? draft : { ...draft, cuts: mergeRanges([...draft.cuts, ...times]) }
}

/** The draft with other words in place of shown ones; their times are shared out (media's `correct`). Words that were not recorded together are not replaced together: then only those from the first on are. */
export function correctDraft(draft: Draft, range: WordRange, text: string): Draft {
  const [run] = recordedRuns(shownWords(draft), range)
  if (!run) return draft
  const { segments } = correctTranscript({ language: 'und', duration: 0, segments: draft.segments }, run, text)
  return { ...draft, segments }
}

/** The draft with every found place of the shown words replaced; punctuation around it stays. */
export function replaceAll(draft: Draft, found: readonly WordRange[], text: string): Draft {
  const shown = shownWords(draft)
  const runs = found.flatMap((range) => recordedRuns(shown, range).slice(0, 1))
  const words = draftWords(draft)
  let { segments } = draft
  // From the last one on, so that no place moves before it is reached.
  for (const run of runs.sort((a, b) => b.from - a.from))
    segments = correctTranscript({ language: 'und', duration: 0, segments }, run, withMarks(words, run, text)).segments
  return { ...draft, segments }
}

/** Where a word's passage begins: the middle of the pause before it. */
function beginOf(words: readonly Word[], index: number, duration: number): number {
  const before = words[index - 1]
  const word = words[index]
  if (!word) return duration
  return before ? (before.end + word.start) / 2 : 0
}

/** The draft with the shown words `range` heard before the shown word `before` (its count: at the end). */
export function moveWords(draft: Draft, range: WordRange, before: number, duration: number): Draft {
  if (range.to <= range.from || (before >= range.from && before <= range.to)) return draft
  const shown = shownWords(draft)
  const words = draftWords(draft)
  const target = shown.at[before]
  // Nothing of the recording lies at its end: what is put there goes to the end of what is heard.
  const moment = target === undefined ? Number.POSITIVE_INFINITY : beginOf(words, target, duration)
  const order = recordedRuns(shown, range).reduce<readonly TimeRange[]>((now, run) => {
    const piece = { start: beginOf(words, run.from, duration), end: beginOf(words, run.to, duration) }
    return moveRange(now, piece, moment, duration)
  }, draft.order)
  return { ...draft, order: isInOrder(order, duration) ? [] : order }
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
  // Two orders cannot be joined: what was moved here stands, where anything was.
  const order = JSON.stringify(mine.order) === JSON.stringify(base.order) ? theirs.order : mine.order
  return {
    draft: { segments, cuts: subtractRanges(mergeRanges([...theirs.cuts, ...added]), removed), order },
    conflicts,
  }
}
