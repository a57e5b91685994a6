/** The data map: every kind, its fields, what they are, how long they stay, what for (for "held about me"). */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'
import type { FieldType } from '../language/field.ts'
import type { Grade } from '../language/vocabulary.ts'
import { keepInWords } from '../notice/words.ts'
import { keepOf } from '../retention/keep-until.ts'
import { textFor, textsOf } from '../text/catalogue.ts'
import type { Locale } from '../text/texts.ts'

/** One field of the map. */
export interface MappedField {
  readonly field: string
  readonly category: string
  readonly name: string
  readonly grade: Grade
  readonly type: FieldType
  readonly optional: boolean
}

/** One kind of the map. `purposes` are those that use any of its fields. */
export interface MappedKind {
  readonly kind: string
  readonly name: string
  readonly what: string
  readonly place: 'record' | 'ledger'
  readonly key: 'person' | 'item'
  readonly keep: string
  /** Where it comes from, in words (C11). */
  readonly source: string
  readonly fields: readonly MappedField[]
  readonly purposes: readonly { readonly id: string; readonly name: string }[]
}

/** Draws the data map of a policy in a language. */
export function dataMap(document: PolicyDocument, locale: Locale): readonly MappedKind[] {
  const uses = Object.keys(document.purposes).map((id) => [id, new Set(categoriesOf(document, id))] as const)
  return Object.entries(document.kinds).map(([kind, { place, key, source, fields }]) => {
    const categories = Object.values(fields).map(({ category }) => category)
    const text = textFor(locale, 'kinds', kind)
    return {
      kind,
      name: text.name,
      what: text.what,
      place,
      key,
      keep: keepInWords(document, locale, keepOf(document, kind)),
      source: textsOf(locale).sources[source],
      fields: Object.entries(fields).map(([field, { category, type, optional }]) => ({
        field,
        category,
        name: textFor(locale, 'categories', category).name,
        grade: document.categories[category]?.grade ?? 4,
        type,
        optional: optional === true,
      })),
      purposes: uses
        .filter(([, used]) => categories.some((category) => used.has(category)))
        .map(([id]) => ({ id, name: textFor(locale, 'purposes', id).name })),
    }
  })
}
