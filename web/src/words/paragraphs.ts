/** The words as paragraphs to read: where each word lies in the text, so that a place in it is a word and back. Pure. */
import { joinWords, sentencesOf, type TimeRange, type Word } from '@sotto/media/words'

/** A run of words shown as one paragraph. Words are counted through the whole recording. */
export interface Paragraph {
  /** First word, and the one after the last. */
  readonly from: number
  readonly to: number
  readonly text: string
  /** For each word of it: where its first character stands in `text`. */
  readonly starts: readonly number[]
  /** Seconds at which it begins. */
  readonly at: number
}

/** A stretch of a paragraph's text, cut or not. */
export interface Run {
  readonly text: string
  readonly cut: boolean
}

const PAUSE = 2
const LONG = 420
const LONGEST = 1200

/** Paragraphs: broken at pauses of two seconds, where a passage was moved, and at a sentence's end once they are long. */
export function paragraphsOf(words: readonly Word[]): Paragraph[] {
  const sentenceEnds = new Set(sentencesOf(words).map((sentence) => sentence.to))
  const paragraphs: Paragraph[] = []
  let from = 0
  let text = ''
  let starts: number[] = []
  words.forEach((word, index) => {
    text = joinWords([text, word.text])
    starts.push(text.length - word.text.length)
    const next = words[index + 1]
    // a character of Chinese carries about as much as three letters
    const weight = text.length + 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0)
    const ends =
      !next ||
      next.start - word.end >= PAUSE ||
      next.start < word.start ||
      (weight > LONG && sentenceEnds.has(index + 1)) ||
      weight > LONGEST
    if (!ends) return
    paragraphs.push({ from, to: index + 1, text, starts, at: words[from]?.start ?? 0 })
    from = index + 1
    text = ''
    starts = []
  })
  return paragraphs
}

/** The text of a paragraph in runs; `cut` says of each word (counted through the recording) whether it is cut. */
export function runsOf(paragraph: Paragraph, cut: (word: number) => boolean): Run[] {
  const runs: { text: string; cut: boolean }[] = []
  const add = (text: string, is: boolean) => {
    const last = runs.at(-1)
    if (text === '') return
    if (last?.cut === is) last.text += text
    else runs.push({ text, cut: is })
  }
  for (let word = paragraph.from; word < paragraph.to; word += 1) {
    const start = paragraph.starts[word - paragraph.from] ?? 0
    const next = paragraph.starts[word - paragraph.from + 1] ?? paragraph.text.length
    const whole = paragraph.text.slice(start, next)
    const text = whole.trimEnd()
    add(text, cut(word))
    // a space is cut only between two words that are
    add(whole.slice(text.length), cut(word) && word + 1 < paragraph.to && cut(word + 1))
  }
  return runs
}

/** The word at a character of a paragraph's text. */
export function wordAtOffset(paragraph: Paragraph, offset: number): number {
  let word = paragraph.from
  for (const [index, start] of paragraph.starts.entries()) if (start <= offset) word = paragraph.from + index
  return word
}

/** Where the words `[from, to)` lie in a paragraph's text; null where none of them is in it. The space after the last word is left out. */
export function offsetsOf(paragraph: Paragraph, from: number, to: number): { start: number; end: number } | null {
  const first = Math.max(from, paragraph.from)
  const last = Math.min(to, paragraph.to)
  if (first >= last) return null
  const start = paragraph.starts[first - paragraph.from] ?? 0
  const next = paragraph.starts[last - paragraph.from]
  const end = next === undefined ? paragraph.text.length : paragraph.text.slice(0, next).trimEnd().length
  return { start, end }
}

/** The paragraph that has a word, by halving. */
export function paragraphOf(paragraphs: readonly Paragraph[], word: number): number {
  let low = 0
  let high = paragraphs.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((paragraphs[middle]?.to ?? 0) <= word) low = middle + 1
    else high = middle
  }
  return low
}

/** The word sounding at a time, by halving; -1 in a pause and before the first. */
export function wordAtTime(words: readonly Word[], time: number): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words[middle]?.end ?? 0) <= time) low = middle + 1
    else high = middle
  }
  const word = words[low]
  return word && word.start <= time ? low : -1
}

/** The cut that a time lies in. */
export function cutAt(cuts: readonly TimeRange[], time: number): TimeRange | undefined {
  return cuts.find((cut) => cut.start <= time && time < cut.end)
}
