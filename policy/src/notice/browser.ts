/** Part 2: what is kept in the browser (C100, C101, C110). */
import { textFor } from '../text/catalogue.ts'
import type { Unnumbered } from './collection.ts'
import type { Words } from './words.ts'

/** The sections of part 2. */
export function browser(words: Words): Unnumbered[] {
  const { document, texts, locale } = words
  const { marks } = texts
  const rows = Object.entries(document.cookies).map(([id, cookie]) => {
    const { name, what } = textFor(locale, 'cookies', id)
    const facts = [texts.stores[cookie.store], texts.needs[cookie.need], words.keep(cookie.keep)].join(marks.semicolon)
    return {
      label: name,
      line: [{ text: cookie.name, code: true } as const, { text: `${marks.aside(facts)}${marks.colon}${what}` }],
    }
  })
  return [{ id: 'entries', title: texts.labels.entries_section, blocks: [{ type: 'rows', rows }] }]
}
