import type { Vocabulary } from './vocabulary.ts'

/** A word of a reading: its text, and the half-open stretch of tokens it came from. */
export interface SpeltWord {
  readonly text: string
  readonly from: number
  readonly to: number
}

const closing = /^[\p{Pe}\p{Pf}\p{Po}"'\-–—]+$/u
const opening = /^[\p{Ps}\p{Pi}¿¡"'-]+$/u
const spaceless =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u

/**
 * Tokens as words: a word begins where a token begins with a space, and in scripts without spaces at every character.
 * Characters that several tokens make together stay whole; punctuation goes with the word it touches.
 */
export function spell(vocabulary: Vocabulary, tokens: readonly number[]): SpeltWord[] {
  const pieces: { text: string; from: number; to: number }[] = []
  let from = 0
  for (let to = 1; to <= tokens.length; to += 1) {
    const text = vocabulary.textOf(tokens.slice(from, to))
    if (text.includes('\ufffd') && to < tokens.length) continue
    pieces.push({ text: text.replaceAll('\ufffd', ''), from, to })
    from = to
  }
  const words: { text: string; from: number; to: number }[] = []
  let held = false // the last word is only an opening mark and waits for its word
  for (const piece of pieces) {
    const last = words.at(-1)
    const bare = piece.text.trim()
    const spaced = /^\s/.test(piece.text)
    const isOpening = opening.test(bare) && (spaced || !last)
    const begins = isOpening || spaced || spaceless.test(bare) || (last !== undefined && endsSpaceless(last.text))
    if (last && (held || bare === '' || (closing.test(bare) && !isOpening) || !begins)) {
      last.text += bare
      last.to = piece.to
      if (bare !== '') held = held && opening.test(bare)
    } else if (bare !== '') {
      words.push({ text: bare, from: piece.from, to: piece.to })
      held = isOpening
    }
  }
  return words
}

function endsSpaceless(text: string): boolean {
  return spaceless.test([...text].at(-1) ?? '')
}
