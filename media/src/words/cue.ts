import { shareSpan } from './correct.ts'
import { joinWords, segmentOf } from './join.ts'
import { sentencesOf } from './sentence.ts'
import { type TimeRange, type Transcript, type Word, wordsOf } from './transcript.ts'

/** One subtitle: seconds, and one or two lines. */
export interface Cue extends TimeRange {
  readonly lines: readonly string[]
}

/** Usual limits of subtitling (BBC Subtitle Guidelines; Netflix Timed Text: 42 Latin or 16 Chinese characters a line, two lines, 7 s). */
const LINE_LATIN = 42
const LINE_CJK = 16
const MAX_SECONDS = 7
const MIN_SECONDS = 0.8
const PAUSE = 1.2

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
const softBreak = /[,;:，、；：—–-]["'”’»)」』]*$/u

/** Width in Latin characters: a Chinese one takes as much of the line as 42/16 of them. */
function width(text: string): number {
  const wideCount = text.match(wide)?.length ?? 0
  return text.length - wideCount + wideCount * (LINE_LATIN / LINE_CJK)
}

/** Where to end a cue that begins at `from`: as late as the limits allow, sooner at a comma or pause in its second half. */
function endOfCue(words: readonly Word[], from: number, to: number): number {
  const start = words[from]?.start ?? 0
  let limit = from + 1
  while (limit < to) {
    const word = words[limit] as Word
    const previous = words[limit - 1] as Word
    if (word.start - previous.end >= PAUSE) return limit
    if (word.end - start > MAX_SECONDS || width(joinWords(words.slice(from, limit + 1))) > 2 * LINE_LATIN) break
    limit += 1
  }
  if (limit === to) return to
  for (let end = limit; end > from + (limit - from) / 2; end -= 1)
    if (softBreak.test(words[end - 1]?.text ?? '')) return end
  return limit
}

/** One line where it fits, else two of about equal length. */
function linesOf(words: readonly Word[]): string[] {
  const text = joinWords(words)
  if (width(text) <= LINE_LATIN || words.length < 2) return [text]
  let best = 1
  let bestCost = Number.POSITIVE_INFINITY
  for (let split = 1; split < words.length; split += 1) {
    const top = joinWords(words.slice(0, split))
    const cost = Math.max(width(top), width(joinWords(words.slice(split)))) - (softBreak.test(top) ? 6 : 0)
    if (cost < bestCost) {
      best = split
      bestCost = cost
    }
  }
  return [joinWords(words.slice(0, best)), joinWords(words.slice(best))]
}

/** The transcript as subtitles: no cue crosses a sentence, is over 7 s or two lines (a single longer word excepted); short ones stay up 0.8 s where the next leaves room. */
export function cuesOf(transcript: Transcript): Cue[] {
  const words = wordsOf(transcript)
  const cues: Cue[] = []
  for (const sentence of sentencesOf(words)) {
    let from = sentence.from
    while (from < sentence.to) {
      const to = endOfCue(words, from, sentence.to)
      const own = words.slice(from, to)
      const { start, end } = segmentOf(own)
      const room = words[to]?.start ?? Math.max(end, transcript.duration)
      cues.push({ start, end: Math.max(end, Math.min(start + MIN_SECONDS, room)), lines: linesOf(own) })
      from = to
    }
  }
  return cues
}

/** A transcript from subtitles: one segment a cue, words sharing its time in proportion to their length. */
export function transcriptOfCues(cues: readonly Cue[], language: string, duration: number): Transcript {
  const segments = cues.flatMap((cue) => {
    const words = shareSpan(cue.lines.join(' '), cue.start, cue.end)
    return words.length > 0 ? [segmentOf(words)] : []
  })
  return { language, duration, segments }
}
