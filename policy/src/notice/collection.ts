/** Part 1: what is kept and why, one section for each purpose, then the words used. */
import { textFor } from '../text/catalogue.ts'
import { type Block, type Inline, type Line, paragraph } from './notice.ts'
import { enumerate, type Words } from './words.ts'

/** A section before it has its number. */
export interface Unnumbered {
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

function purposeSection(words: Words, id: string): Unnumbered {
  const { document, texts, locale } = words
  const purpose = document.purposes[id]
  if (purpose === undefined) throw new Error(`the policy has no purpose '${id}'`)
  const { labels } = texts
  const text = textFor(locale, 'purposes', id)
  const basis = [texts.bases[purpose.basis], purpose.citation]
    .filter((part) => part !== undefined)
    .join(texts.marks.semicolon)
  const rows: { label: string; line: Line }[] = [
    { label: labels.basis, line: [{ text: basis }] },
    {
      label: labels.uses,
      line:
        purpose.uses === 'every_category'
          ? [{ text: `${labels.every_category}${texts.marks.colon}` }, ...words.uses(id)]
          : words.uses(id),
    },
    { label: labels.kept, line: [{ text: words.keep(purpose.keep) }] },
    { label: labels.actors, line: [{ text: texts.join(purpose.by.map((actor) => texts.actors[actor])) }] },
    { label: labels.without, line: [{ text: text.without }] },
  ]
  if (purpose.setting !== undefined) {
    rows.push({ label: labels.switch, line: [{ text: textFor(locale, 'settings', purpose.setting).name }] })
  }
  if (purpose.permissions !== undefined && purpose.permissions.length > 0) {
    const names = purpose.permissions.map((permission) => textFor(locale, 'permissions', permission).name)
    rows.push({ label: labels.permission, line: [{ text: texts.join(names) }] })
  }
  const separate: Block[] =
    purpose.separate === true ? [{ type: 'paragraph', line: [{ text: labels.separate, strong: true }] }] : []
  return { id: `purpose-${id}`, title: text.name, blocks: [paragraph(text.why), ...separate, { type: 'rows', rows }] }
}

function categoryLines(words: Words, collected: 'never' | 'in_memory' | undefined): Line[] {
  return Object.entries(words.document.categories)
    .filter(([id, category]) => category.collected === collected && id.startsWith('user.'))
    .map(([id, category]): Inline[] => {
      const { what } = textFor(words.locale, 'categories', id)
      const { marks, grades } = words.texts
      const grade = collected === 'never' ? '' : marks.aside(grades[category.grade])
      return [words.category(id), { text: `${grade}${marks.colon}${what}` }]
    })
}

/** The sections of part 1. */
export function collection(words: Words): Unnumbered[] {
  const { document, texts, locale } = words
  const { labels, marks } = texts
  const list = (id: string, title: string, lines: readonly Line[]): Unnumbered => ({
    id,
    title,
    blocks: [{ type: 'list', lines }],
  })
  const permissions = Object.entries(document.permissions).map(([id, { needed }]): Line => {
    const { name, what } = textFor(locale, 'permissions', id)
    return [{ text: `${name}${marks.aside(needed ? labels.asked : labels.not_asked)}${marks.colon}${what}` }]
  })
  const grounds = Object.keys(document.exemptions).map((id): Line => [{ text: textFor(locale, 'exemptions', id) }])
  const switched = Object.entries(document.settings).map(([id]): Line => {
    const { name, what } = textFor(locale, 'settings', id)
    return [{ text: `${name}${marks.colon}${what}` }]
  })
  return [
    ...Object.keys(document.purposes).map((id) => purposeSection(words, id)),
    list('categories', labels.categories_section, categoryLines(words, undefined)),
    list('in-memory', labels.memory_section, categoryLines(words, 'in_memory')),
    list('never', labels.never_section, categoryLines(words, 'never')),
    list('switches', labels.switches_section, switched),
    list('permissions', labels.permissions_section, permissions),
    {
      id: 'exemptions',
      title: labels.exemptions_section,
      blocks: [paragraph(texts.sentences.exemptions), { type: 'list', lines: grounds }],
    },
  ]
}

/** Names of categories as one enumeration. */
export function namesOf(words: Words, ids: readonly string[]): Inline[] {
  return enumerate(
    ids.map((id) => words.category(id)),
    words.texts.join(['', '']),
  )
}
