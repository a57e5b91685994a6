/** Changes of a policy in words that a person reads (C249). */
import { isDuration } from '../language/keep.ts'
import { durationInWords } from '../notice/words.ts'
import { textsOf } from '../text/catalogue.ts'
import { CHANGING, type ChangeTexts, changeTextsOf } from '../text/changes.ts'
import type { Locale } from '../text/texts.ts'
import type { Change } from './diff.ts'

/** Names of ids as the present program knows them; what it no longer knows keeps its id. */
function nameOf(locale: Locale, section: string, id: string): string {
  const texts = textsOf(locale) as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const found = Object.hasOwn(texts, section) ? texts[section] : undefined
  const text = found !== undefined && Object.hasOwn(found, id) ? found[id] : undefined
  if (typeof text === 'string') return text
  return typeof text === 'object' && text !== null && 'name' in text ? String(text.name) : id
}

function valueInWords(locale: Locale, words: ChangeTexts, value: unknown): string {
  if (value === undefined || value === '') return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'string') {
    if (isDuration(value)) return durationInWords(locale, value)
    for (const section of ['categories', 'purposes', 'permissions', 'bases', 'settings', 'actors'])
      if (nameOf(locale, section, value) !== value) return nameOf(locale, section, value)
    return value
  }
  if (Array.isArray(value))
    return textsOf(locale).join(value.map((one: unknown) => valueInWords(locale, words, one))) || words.nothing
  return typeof value === 'object' && value !== null ? textsOf(locale).join(Object.keys(value)) : String(value)
}

/** One change as a sentence. */
export function changeInWords(change: Change, locale: Locale): string {
  const words = changeTextsOf(locale)
  const [section = '', id = '', ...rest] = change.path.split('.')
  const known = CHANGING.find((one) => one === section)
  const label = known === undefined ? section : words.sections[known]
  // Ids of categories have dots of their own: the whole of the path after the section may be the id.
  const whole = change.path.slice(section.length + 1)
  const named = nameOf(locale, section, whole) !== whole ? whole : id
  const property = named === whole ? '' : rest.join('.')
  const plain = section === 'operator' || section === 'residency'
  const about = plain
    ? words.property(label, words.properties[id] ?? id)
    : property === ''
      ? words.of(label, nameOf(locale, section, named))
      : words.property(words.of(label, nameOf(locale, section, named)), words.properties[property] ?? property)
  if (property === '' && !plain && change.what === 'added') return words.added(about)
  if (property === '' && !plain && change.what === 'removed') return words.removed(about)
  if (Array.isArray(change.before) && Array.isArray(change.after)) {
    const [before, after] = [change.before as unknown[], change.after as unknown[]]
    const tell = (list: readonly unknown[]) => textsOf(locale).join(list.map((one) => valueInWords(locale, words, one)))
    return words.list(
      about,
      tell(after.filter((one) => !before.includes(one))),
      tell(before.filter((one) => !after.includes(one))),
    )
  }
  return words.changed(about, valueInWords(locale, words, change.before), valueInWords(locale, words, change.after))
}
