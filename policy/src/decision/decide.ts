/** The studio's own decisions and readers. */
import { scopeOf } from '../consent/scope.ts'
import { policy } from '../document/policy.ts'
import type { CategoryId, KindId, PurposeId, SettingId } from '../document/types.ts'
import { type CategoryMask, maskMaker } from './category-mask.ts'
import type { AnyDecisionRequest, Decision } from './decision.ts'
import { compileDecisions } from './decision-table.ts'
import { fieldsReadable } from './readers.ts'

/** A request in the words of the studio's policy. */
export type DecisionRequest = AnyDecisionRequest<PurposeId, KindId, CategoryId, SettingId>

const compiled = compileDecisions(policy)
const makeMask = maskMaker(Object.keys(policy.categories))

/** Decides whether a purpose may touch a person's data now. Default deny (C9); no input makes it throw. */
export function decide(request: DecisionRequest): Decision {
  return compiled(request)
}

/** Makes a set of categories for many decisions. */
export function categoryMask(categories: Iterable<CategoryId>): CategoryMask {
  // Every CategoryId is in the document the maker was made of, so there is always a mask.
  return makeMask(categories) ?? { words: [] }
}

/** Names of the fields of a kind that a purpose may read, in the order of the document; `object` fields included. */
export function readableFields(purpose: PurposeId, kind: KindId): readonly string[] {
  return fieldsReadable(policy, purpose, kind)
}

/** What a consent to this purpose agrees to. Store it with the consent; `decide` compares it (C17). */
export function consentScope(purpose: PurposeId): string {
  return scopeOf(policy, purpose)
}
