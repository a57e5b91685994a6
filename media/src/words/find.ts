import { correct } from './correct.ts'
import { joinWords } from './join.ts'
import type { Word, WordRange } from './transcript.ts'

const edges = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu
const plain = (text: string, language: string): string => text.toLocaleLowerCase(language).normalize('NFC')

/** How to look. */
export interface FindOptions {
  /** For upper and lower case, e.g. the dotted i of Turkish. */
  readonly language?: string
  /** Upper and lower case differ. */
  readonly exact?: boolean
}

/**
 * Where a phrase stands: whole words, punctuation around them aside, across segments; in scripts without spaces any run of
 * characters. Found places do not overlap.
 */
export function findWords(words: readonly Word[], phrase: string, options: FindOptions = {}): WordRange[] {
  const { language = 'en', exact = false } = options
  const locale = language === 'und' ? 'en' : language
  const form = (text: string): string => (exact ? text.normalize('NFC') : plain(text, locale))
  const wanted = form(phrase).trim().replace(/\s+/gu, ' ').replace(edges, '')
  if (wanted === '') return []
  const found: WordRange[] = []
  for (let from = 0; from < words.length; from += 1) {
    let text = ''
    for (let to = from + 1; to <= words.length; to += 1) {
      text = joinWords([text, form(words[to - 1]?.text ?? '')])
      if (text.replace(edges, '') === wanted) {
        found.push({ from, to })
        from = to - 1
        break
      }
      if (text.length > wanted.length + 8) break
    }
  }
  return found
}

/** The words with every found place replaced; punctuation around a place stays, times are shared out as {@link correct} does. */
export function replaceFound(words: readonly Word[], found: readonly WordRange[], text: string): Word[] {
  return [...found]
    .sort((a, b) => b.from - a.from)
    .reduce<Word[]>((all, range) => correct(all, range, withMarks(all, range, text)), [...words])
}

/** The new text between the marks that stood around the old. */
export function withMarks(words: readonly Word[], { from, to }: WordRange, text: string): string {
  if (text.trim() === '') return ''
  const before = words[from]?.text.match(/^[\p{P}\p{S}]+/u)?.[0] ?? ''
  const after = words[to - 1]?.text.match(/[\p{P}\p{S}]+$/u)?.[0] ?? ''
  return `${before}${text.trim()}${after}`
}
