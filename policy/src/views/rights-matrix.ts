/** Right x category: what one can do about which data (C197). */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'
import { durationInWords } from '../notice/words.ts'
import { textFor } from '../text/catalogue.ts'
import type { Locale } from '../text/texts.ts'

/** The matrix. `cells[right]` says whether the right applies to the row's category. */
export interface RightsMatrix {
  readonly rights: readonly {
    readonly id: string
    readonly name: string
    readonly what: string
    readonly within: string
    readonly citation: string
  }[]
  readonly rows: readonly {
    readonly category: string
    readonly name: string
    readonly cells: Readonly<Record<string, boolean>>
  }[]
}

/** Derives the matrix: a right applies where the category is kept in its places and used on its bases. */
export function rightsMatrix(document: PolicyDocument, locale: Locale): RightsMatrix {
  const places = new Map<string, Set<string>>()
  for (const { place, fields } of Object.values(document.kinds)) {
    for (const { category } of Object.values(fields)) {
      places.set(category, (places.get(category) ?? new Set()).add(place))
    }
  }
  const bases = new Map<string, Set<string>>()
  for (const [id, { basis, uses }] of Object.entries(document.purposes)) {
    // The rights themselves are no reason for a right.
    if (uses === 'every_category') continue
    for (const category of categoriesOf(document, id)) {
      bases.set(category, (bases.get(category) ?? new Set()).add(basis))
    }
  }
  const rights = Object.entries(document.rights)
  return {
    rights: rights.map(([id, { deadline, citation }]) => ({
      id,
      ...textFor(locale, 'rights', id),
      within: durationInWords(locale, document.deadlines[deadline]?.within ?? deadline),
      citation,
    })),
    rows: [...places].map(([category, kept]) => ({
      category,
      name: textFor(locale, 'categories', category).name,
      cells: Object.fromEntries(
        rights.map(([id, right]) => {
          const placed = right.places === undefined || right.places.some((place) => kept.has(place))
          const based = right.bases === undefined || right.bases.some((basis) => bases.get(category)?.has(basis))
          return [id, placed && based]
        }),
      ),
    })),
  }
}
