/** Part 4: how long each kind stays, how it is protected, what the log says, what happens after a breach. */
import { keepOf } from '../retention/keep-until.ts'
import { textFor } from '../text/catalogue.ts'
import type { Unnumbered } from './collection.ts'
import { paragraph } from './notice.ts'
import { enumerate, type Words } from './words.ts'

/** The sections of part 4. */
export function keeping(words: Words): Unnumbered[] {
  const { document, texts, locale } = words
  const { labels, sentences, marks } = texts
  // Latin scripts put a space between sentences, Chinese does not.
  const gap = marks.stop.slice(1)
  const rows = Object.keys(document.kinds).map((id) => {
    const { name, what } = textFor(locale, 'kinds', id)
    return {
      label: name,
      line: [{ text: `${what}${gap}${labels.kept}${marks.colon}${words.keep(keepOf(document, id))}` }],
    }
  })
  const fields = enumerate(
    Object.keys(document.log).map((field) => ({ text: field, code: true }) as const),
    texts.join(['', '']),
  )
  // The sentence is asked for with a mark, and the field names are put where the mark is.
  const [before = '', after = ''] = sentences.log('\u0000').split('\u0000')
  const clocks = Object.keys(document.deadlines).map((id) => ({
    label: words.within(id),
    line: [{ text: textFor(locale, 'deadlines', id) }],
  }))
  return [
    { id: 'retention', title: labels.retention_section, blocks: [{ type: 'rows', rows }] },
    {
      id: 'protection',
      title: labels.protection_section,
      blocks: sentences.protection(words.within('key_copies_gone')).map(paragraph),
    },
    {
      id: 'log',
      title: labels.log_section,
      blocks: [{ type: 'paragraph', line: [{ text: before }, ...fields, { text: after }] }],
    },
    {
      id: 'incidents',
      title: labels.incidents_section,
      blocks: [
        paragraph(
          sentences.incidents(
            words.within('breach_person'),
            words.within('breach_authority'),
            words.within('breach_authority_cn'),
          ),
        ),
      ],
    },
    { id: 'clocks', title: labels.clocks_section, blocks: [{ type: 'rows', rows: clocks }] },
  ]
}
