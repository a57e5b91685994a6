import type { Segment, Word } from './transcript.ts'

/** Scripts written without spaces between words (Unicode Standard Annex 14, "SA" and "ID" classes), and the punctuation that belongs to them. Hangul is not here: Korean puts spaces. */
const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u3000-\\u303f\\u30fb\\u30fc\\uff01-\\uff60'
const endsSpaceless = new RegExp(`[${SPACELESS}]\\p{M}*$`, 'u')
const startsSpaceless = new RegExp(`^[${SPACELESS}]`, 'u')
const onlyPunctuation = /^[\p{P}\p{S}]+$/u
const opening = /^[\p{Ps}\p{Pi}]+$/u

/** Whether the character at the join asks for no space: either side is written without spaces. */
function touches(left: string, right: string): boolean {
  return endsSpaceless.test(left) || startsSpaceless.test(right)
}

/** The texts as one line: a space between words, none beside characters of scripts that are written without. */
export function joinWords(words: readonly (string | Word)[]): string {
  let line = ''
  for (const word of words) {
    const text = typeof word === 'string' ? word : word.text
    if (text === '') continue
    line += line === '' || touches(line, text) ? text : ` ${text}`
  }
  return line
}

/**
 * A line as words: at spaces, and in spaceless scripts at every character, with punctuation left on its neighbour
 * (closing marks on the word before, opening ones on the word after). `joinWords(splitWords(t))` is `t` with its
 * spaces made plain.
 */
export function splitWords(text: string): string[] {
  const words: string[] = []
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  for (const chunk of text.split(/\s+/u)) {
    let current = ''
    let complete = false
    for (const { segment: grapheme } of graphemes.segment(chunk)) {
      const mark = onlyPunctuation.test(grapheme)
      const spaceless = startsSpaceless.test(grapheme)
      const breaks = opening.test(grapheme) ? endsSpaceless.test(current) : !mark && (spaceless || complete)
      if (current !== '' && breaks && !opening.test(current)) {
        words.push(current)
        current = ''
      }
      current += grapheme
      complete = spaceless || (mark && complete)
    }
    if (current !== '') words.push(current)
  }
  return words
}

/** A segment of these words: its times and text follow from them. The list must not be empty. */
export function segmentOf(words: readonly Word[]): Segment {
  const first = words[0]
  const last = words[words.length - 1]
  if (!first || !last) throw new RangeError('a segment has at least one word')
  return { start: first.start, end: last.end, text: joinWords(words), words }
}
