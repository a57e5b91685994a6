import { joinWords, segmentOf, splitWords } from './join.ts'
import { type Segment, type Transcript, type Word, type WordRange, wordsOf } from './transcript.ts'

/** How long a word is to the ear, roughly: its letters; a character of a spaceless script counts as one syllable's worth. */
function weight(text: string): number {
  let sum = 0
  for (const character of text.replace(/[^\p{L}\p{N}]/gu, '')) sum += /\p{Script=Han}/u.test(character) ? 3 : 1
  return Math.max(1, sum)
}

/** Words of `text` sharing `[start, end)` in proportion to their length. */
export function shareSpan(text: string, start: number, end: number): Word[] {
  const texts = splitWords(text)
  const weights = texts.map(weight)
  const total = weights.reduce((sum, value) => sum + value, 0)
  let before = 0
  return texts.map((word, index) => {
    const from = start + ((end - start) * before) / total
    before += weights[index] ?? 0
    const to = index === texts.length - 1 ? end : start + ((end - start) * before) / total
    return { start: from, end: to, text: word }
  })
}

/**
 * The words with `[from, to)` replaced by `newText`. The new words share the time of the old ones in proportion to
 * their length; all other times stay. An empty range inserts into the pause at that place (words of no length where
 * there is no pause); an empty text removes words from the writing, not from the sound.
 *
 * @throws RangeError when the range is not inside the list.
 */
export function correct(words: readonly Word[], range: WordRange, newText: string): Word[] {
  const { from, to } = range
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= words.length))
    throw new RangeError(`no such words: ${from}..${to} of ${words.length}`)
  const before = words[from - 1]
  const after = words[to]
  const inserting = from === to
  const start = inserting ? (before?.end ?? 0) : (words[from]?.start ?? 0)
  const end = inserting ? (after?.start ?? start) : (words[to - 1]?.end ?? start)
  return [...words.slice(0, from), ...shareSpan(newText, start, end), ...words.slice(to)]
}

/**
 * The transcript with the words `[from, to)` (counted through all segments) replaced by `newText`: see
 * {@link correct}. The new words join the segment of the first word they replace; segments left without words go.
 */
export function correctTranscript(transcript: Transcript, range: WordRange, newText: string): Transcript {
  const words = correct(wordsOf(transcript), range, newText)
  const added = words.length - wordsOf(transcript).length + (range.to - range.from)
  const segments: Segment[] = []
  let old = 0
  let taken = 0
  let placed = false
  transcript.segments.forEach((segment, index) => {
    const ends = old + segment.words.length
    const last = index === transcript.segments.length - 1
    const kept = countOutside(old, ends, range)
    const here = !placed && (range.from < ends || last)
    if (here) placed = true
    const count = kept + (here ? added : 0)
    const own = words.slice(taken, taken + count)
    taken += count
    old = ends
    if (own.length === 0) return
    const untouched = count === segment.words.length && joinWords(own) === joinWords(segment.words)
    segments.push(untouched ? segment : segmentOf(own))
  })
  if (transcript.segments.length === 0 && words.length > 0) segments.push(segmentOf(words))
  return { ...transcript, segments }
}

function countOutside(from: number, to: number, range: WordRange): number {
  const overlap = Math.min(to, range.to) - Math.max(from, range.from)
  return to - from - Math.max(0, overlap)
}
