/** Part 5: the rights of the person. */
import { textFor } from '../text/catalogue.ts'
import type { Unnumbered } from './collection.ts'
import { paragraph } from './notice.ts'
import type { Words } from './words.ts'

/** The sections of part 5. */
export function rightsSections(words: Words): Unnumbered[] {
  const { document, texts, locale } = words
  const { labels, sentences, marks } = texts
  const rows = Object.entries(document.rights).map(([id, right]) => {
    const { name, what } = textFor(locale, 'rights', id)
    const { colon, stop } = marks
    const facts = `${labels.deadline}${colon}${words.within(right.deadline)}${stop}${labels.law}${colon}${right.citation}${stop}`
    return { label: name, line: [{ text: `${what}${stop.slice(1)}${facts}`.trimEnd() }] }
  })
  return [
    {
      id: 'rights-list',
      title: labels.rights_section,
      blocks: [
        paragraph(sentences.path),
        { type: 'rows', rows },
        paragraph(sentences.withdraw(words.within('consent_data_gone'))),
        paragraph(sentences.short.refuse),
      ],
    },
  ]
}
