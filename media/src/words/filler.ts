import type { Word, WordRange } from './transcript.ts'

/**
 * Sounds people make while they think, as recognisers write them; letters may be drawn out. Only what means nothing
 * anywhere: "like" or "那个" are words.
 */
const fillers: Readonly<Record<string, RegExp>> = {
  en: /^(u+h+|u+h*m+|er+m+|er|a+h+|e+h+m*|h+m+|m+h*m+)$/u,
  fr: /^(e+u+h+|h+e+u+h*|h+u+m+|h+m+|m+h+|m{2,}|a+h+)$/u,
  es: /^(e+h+m*|e+m+|h+m+|m{2,}|a+h+)$/u,
  de: /^(ä+h+m*|ö+h+m*|e+h+m*|h+m+|m+h*m+)$/u,
  zh: /^[嗯呃唔]+$/u,
}
/** Syllables that mean nothing only when they stand alone. */
const alone: Readonly<Record<string, RegExp>> = { zh: /^[额啊哦诶]+$/u }
/** A pause that makes a syllable stand alone, seconds. */
const APART = 0.15
const mark = /[\p{P}\p{S}]/gu

/** Languages whose fillers are known. */
export const FILLER_LANGUAGES = Object.keys(fillers)

/** The fillers among the words, each run of them one range; none in a language whose fillers are not known. */
export function fillersOf(words: readonly Word[], language: string): WordRange[] {
  const base = language.split('-')[0] ?? ''
  const always = fillers[base]
  if (always === undefined) return []
  const found: WordRange[] = []
  words.forEach((word, index) => {
    const text = word.text.toLocaleLowerCase(base).replace(mark, '')
    const is = always.test(text) || (alone[base]?.test(text) && standsAlone(words, index))
    if (!is) return
    const last = found.at(-1)
    if (last?.to === index) found[found.length - 1] = { from: last.from, to: index + 1 }
    else found.push({ from: index, to: index + 1 })
  })
  return found
}

function standsAlone(words: readonly Word[], index: number): boolean {
  const [before, word, after] = [words[index - 1], words[index], words[index + 1]]
  if (word === undefined) return false
  const left = before === undefined || word.start - before.end >= APART || /\p{P}$/u.test(before.text)
  const right = after === undefined || after.start - word.end >= APART || /\p{P}$/u.test(word.text)
  return left && right
}
