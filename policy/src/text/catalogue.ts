/** Finding the text of a thing in one of the languages. */
import { en } from './en.ts'
import type { Locale, Texts } from './texts.ts'
import { zhCN } from './zh-CN.ts'

const catalogue: Readonly<Record<Locale, Texts>> = { en, 'zh-CN': zhCN }

/** All texts of one language. */
export function textsOf(locale: Locale): Texts {
  return catalogue[locale]
}

/** Thrown when a document has a thing that the texts have no words for. `code` is `missing_text`. */
export class MissingTextError extends Error {
  readonly code = 'missing_text'

  constructor(section: string, id: string, locale: Locale) {
    super(`there is no text for '${id}' of ${section} in ${locale}`)
    this.name = 'MissingTextError'
  }
}

type Section =
  | 'categories'
  | 'kinds'
  | 'purposes'
  | 'recipients'
  | 'permissions'
  | 'cookies'
  | 'settings'
  | 'functions'
  | 'rights'
  | 'deadlines'
  | 'exemptions'

/**
 * The text of one thing of a document, whatever document it comes from.
 * @throws MissingTextError when the language has no words for it: a notice with a gap is never printed.
 */
export function textFor<S extends Section>(locale: Locale, section: S, id: string): Texts[S][keyof Texts[S]] {
  const texts: Texts[S] = catalogue[locale][section]
  if (!Object.hasOwn(texts, id)) throw new MissingTextError(section, id, locale)
  return texts[id as keyof Texts[S]]
}
