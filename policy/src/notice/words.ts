/** The words of one notice: a document, a language and a host, and how things are called in them. */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'
import { isDuration, type Keep } from '../language/keep.ts'
import type { Operator } from '../operator/operator.ts'
import { parseDuration } from '../retention/duration.ts'
import { textFor, textsOf } from '../text/catalogue.ts'
import type { Locale, Texts } from '../text/texts.ts'
import { emphasised } from './emphasis.ts'
import type { Inline } from './notice.ts'

/** What every part of a notice is written with. */
export interface Words {
  readonly document: PolicyDocument
  readonly operator: Operator
  readonly locale: Locale
  readonly texts: Texts
  /** A category by name; bold where `emphasised` says so. */
  readonly category: (id: string, pair?: { readonly purpose: string }) => Inline
  /** All categories of a purpose, joined, each marked with its pair. */
  readonly uses: (purpose: string) => Inline[]
  readonly keep: (keep: Keep) => string
  readonly duration: (text: string) => string
  readonly within: (deadline: string) => string
}

/** Says how long something stays, in words of a language. */
export function keepInWords(document: PolicyDocument, locale: Locale, keep: Keep): string {
  const { keep: words } = textsOf(locale)
  if (keep === 'account' || keep === 'until_erased' || keep === 'request') return words[keep]
  if (isDuration(keep)) return durationInWords(locale, keep)
  const id = keep.slice('setting:'.length)
  const fallback = String(document.settings[id]?.default) as Keep
  return words.setting(textFor(locale, 'settings', id).name, keepInWords(document, locale, fallback))
}

/** Says a duration in words of a language. */
export function durationInWords(locale: Locale, text: string): string {
  return textsOf(locale).duration(parseDuration(text))
}

/** Puts pieces of text into one enumeration. */
export function enumerate(pieces: readonly Inline[], separator: string): Inline[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [{ text: separator }, piece]))
}

/** The words for a notice. */
export function wordsOf(document: PolicyDocument, locale: Locale, operator: Operator): Words {
  const texts = textsOf(locale)
  const bold = emphasised(document)
  const separator = texts.join(['', ''])
  const category: Words['category'] = (id, pair) => ({
    text: textFor(locale, 'categories', id).name,
    ...(bold.has(id) ? { strong: true } : {}),
    ...(pair === undefined ? {} : { pair: { purpose: pair.purpose, category: id } }),
  })
  return {
    document,
    operator,
    locale,
    texts,
    category,
    uses: (purpose) => {
      const names = categoriesOf(document, purpose).map((id) => category(id, { purpose }))
      return enumerate(names, separator)
    },
    keep: (keep) => keepInWords(document, locale, keep),
    duration: (text) => durationInWords(locale, text),
    within: (deadline) => {
      const declared = document.deadlines[deadline]
      if (declared === undefined) throw new Error(`the policy has no deadline '${deadline}'`)
      return durationInWords(locale, declared.within)
    },
  }
}
