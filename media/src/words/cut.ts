import type { TimeRange, Word, WordRange } from './transcript.ts'

/**
 * Cutting by words. What is deleted is kept as time, not as word positions, so corrections and undo never move a
 * cut. Rules:
 * - a cut beside a kept word lies in the middle of the pause between them, so a join keeps about the pause it had;
 * - it reaches at most {@link MAX_PAD} into a pause, and so takes little of music or applause around speech; the
 *   same holds towards the start and end of the recording;
 * - pauses between two words deleted together go with them;
 * - restoring a word gives back everything up to the middle of the pauses around it.
 */

/** Most of a pause, in seconds, that goes with the word beside it. */
export const MAX_PAD = 1

/** Middle of the pause before word `index` (or of the one after the last word), in `[0, duration]`. */
function middle(words: readonly Word[], index: number, duration: number): number {
  const left = words[index - 1]
  const right = words[index]
  if (!left) return 0
  if (!right) return duration
  return (left.end + right.start) / 2
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** The stretch of sound to cut when the words `[from, to)` are deleted, or none when they have no length. */
export function cutOf(words: readonly Word[], range: WordRange, duration: number): TimeRange[] {
  const first = words[range.from]
  const last = words[range.to - 1]
  if (!first || !last || range.to <= range.from) return []
  const start = clamp(Math.max(middle(words, range.from, duration), first.start - MAX_PAD), 0, duration)
  const end = clamp(Math.min(middle(words, range.to, duration), last.end + MAX_PAD), 0, duration)
  return end > start ? [{ start, end }] : []
}

/** Sorted, non-empty, non-overlapping, non-touching ranges that cover exactly what the given ones cover. */
export function mergeRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const merged: { start: number; end: number }[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    if (!(range.end > range.start)) continue
    const last = merged[merged.length - 1]
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else merged.push({ start: range.start, end: range.end })
  }
  return merged
}

/** What of `ranges` is not in `taken`, merged. */
export function subtractRanges(ranges: readonly TimeRange[], taken: readonly TimeRange[]): TimeRange[] {
  let left = mergeRanges(ranges)
  for (const hole of mergeRanges(taken)) {
    left = left.flatMap((range) =>
      [
        { start: range.start, end: Math.min(range.end, hole.start) },
        { start: Math.max(range.start, hole.end), end: range.end },
      ].filter((part) => part.end > part.start),
    )
  }
  return left
}

/** What is kept: merged cuts and keeps together tile `[0, duration)` without gap or overlap. */
export function keepsOf(cuts: readonly TimeRange[], duration: number): TimeRange[] {
  return subtractRanges([{ start: 0, end: duration }], cuts)
}

/** The cuts after the words `[from, to)` are deleted as well. */
export function deleteWords(
  cuts: readonly TimeRange[],
  words: readonly Word[],
  range: WordRange,
  duration: number,
): TimeRange[] {
  return mergeRanges([...cuts, ...cutOf(words, range, duration)])
}

/** The cuts after the words `[from, to)` are restored. Restoring every word that was deleted leaves no cut. */
export function restoreWords(
  cuts: readonly TimeRange[],
  words: readonly Word[],
  range: WordRange,
  duration: number,
): TimeRange[] {
  if (range.to <= range.from) return mergeRanges(cuts)
  return subtractRanges(cuts, [{ start: middle(words, range.from, duration), end: middle(words, range.to, duration) }])
}

/** Whether a word is cut away: its middle lies in a cut. */
export function isDeleted(word: Word, cuts: readonly TimeRange[]): boolean {
  const centre = (word.start + word.end) / 2
  return cuts.some((cut) => cut.start <= centre && centre < cut.end)
}
