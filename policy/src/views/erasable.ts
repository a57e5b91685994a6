/** What a person can erase by itself, without ending the account: derived from kinds and purposes (C211, C214). */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'

/** How something of a kind goes. */
export interface ErasureStep {
  readonly kind: string
  /** `items`: each item with it, by its key; `records`: the records of the kind; `fields`: these fields of them. */
  readonly how: 'items' | 'records' | 'fields'
  readonly fields: readonly string[]
}

/** Kinds that stand for an item as a whole, and the one that holds its bytes: without them an item is nothing. */
const ITEM_KINDS: readonly string[] = ['item', 'media', 'upload']

/** Purposes whose records are the account itself, or proof that the law demands: these end with the account alone. */
function bound(document: PolicyDocument, purpose: string): boolean {
  const declared = document.purposes[purpose]
  return declared === undefined || declared.basis === 'legal_obligation' || declared.use.endsWith('authentication')
}

/**
 * The steps that erase everything of a category; empty where it goes with the account alone. A field goes where its kind can
 * be without it, a record where it is of this category wholly, an item where its recording is asked for.
 */
export function erasureOfCategory(document: PolicyDocument, category: string): readonly ErasureStep[] {
  const steps: ErasureStep[] = []
  for (const [kind, { place, held_for, fields }] of Object.entries(document.kinds)) {
    if (place !== 'record' || bound(document, held_for)) continue
    const all = Object.entries(fields)
    const mine = all.filter(([, field]) => field.category === category)
    if (mine.length === 0) continue
    if (ITEM_KINDS.includes(kind)) {
      if (mine.some(([, field]) => field.type === 'object')) steps.push({ kind, how: 'items', fields: [] })
    } else if (all.every(([, field]) => field.category === category)) steps.push({ kind, how: 'records', fields: [] })
    else if (mine.every(([, field]) => field.optional === true))
      steps.push({ kind, how: 'fields', fields: mine.map(([name]) => name) })
    // Something of the category cannot go without what is of another: then it is not offered by halves.
    else return []
  }
  return steps
}

/** The categories that can be erased by themselves. */
export function erasableCategories(document: PolicyDocument): readonly string[] {
  return Object.keys(document.categories).filter((id) => erasureOfCategory(document, id).length > 0)
}

/** The steps that erase everything held for a purpose; empty where nothing is held for it, or only with the account. */
export function erasureOfPurpose(document: PolicyDocument, purpose: string): readonly ErasureStep[] {
  if (bound(document, purpose)) return []
  return Object.entries(document.kinds)
    .filter(([, { place, held_for }]) => place === 'record' && held_for === purpose)
    .flatMap(([kind, { fields }]): ErasureStep[] => {
      if (ITEM_KINDS.includes(kind)) return [{ kind, how: 'items', fields: [] }]
      const all = Object.entries(fields)
      const optional = all.filter(([, field]) => field.optional === true).map(([name]) => name)
      // The account keeps what it cannot be without.
      if (kind === 'account') return [{ kind, how: 'fields', fields: optional }]
      return [{ kind, how: 'records', fields: [] }]
    })
}

/** The purposes for which something is held that can be erased by itself. */
export function erasablePurposes(document: PolicyDocument): readonly string[] {
  return Object.keys(document.purposes).filter(
    (id) => categoriesOf(document, id).length > 0 && erasureOfPurpose(document, id).length > 0,
  )
}
