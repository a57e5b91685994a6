/** @module The decision table: a policy document compiled so that one decision is a look-up. */
import { categoriesOf, narrowScope, scopeCovers, scopeOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'
import { isClosedToMinors } from '../language/vocabulary.ts'
import { type CategoryMask, isSubset, maskMaker } from './category-mask.ts'
import { type AnyDecisionRequest, type Decision, REFUSALS, type RefusalCode } from './decision.ts'

/** How many scopes of past consents are remembered per purpose; a document has few versions. */
const REMEMBERED_SCOPES = 64

type Allowed = Extract<Decision, { allow: true }>
type Refused = Extract<Decision, { allow: false }>

interface Row {
  readonly allowed: Allowed
  readonly refused: Readonly<Record<RefusalCode, Refused>>
  readonly uses: ReadonlySet<string>
  readonly mask: CategoryMask
  readonly kinds: ReadonlyMap<string, Allowed>
  readonly bySubject: boolean
  readonly byJob: boolean
  readonly byOperator: boolean
  readonly whileFrozen: boolean
  readonly setting: string | undefined
  readonly settingDefault: boolean
  readonly closedToMinors: boolean
  readonly consent: boolean
  readonly byLaw: boolean
  readonly guardian: boolean
  readonly scope: string
  readonly knownScopes: Map<string, boolean>
}

function refusals(purpose: string): Readonly<Record<RefusalCode, Refused>> {
  const entries = Object.entries(REFUSALS).map(([code, clause]) => {
    const refusal = Object.freeze({ code: code as RefusalCode, clause, purpose })
    return [code, Object.freeze({ allow: false, refusal })] as const
  })
  return Object.fromEntries(entries) as Record<RefusalCode, Refused>
}

function covers(row: Row, agreed: string): boolean {
  if (agreed === row.scope) return true
  let known = row.knownScopes.get(agreed)
  if (known === undefined) {
    known = scopeCovers(agreed, row.scope)
    if (row.knownScopes.size < REMEMBERED_SCOPES) row.knownScopes.set(agreed, known)
  }
  return known
}

/** A decision function over any words; `decide` is the one of the studio's own policy. */
export type Decide = (request: AnyDecisionRequest<string, string, string, string>) => Decision

/** Compiles a policy into its decision function. Everything that is not declared is refused. */
export function compileDecisions(document: PolicyDocument): Decide {
  const makeMask = maskMaker(Object.keys(document.categories))
  const table = new Map<string, Row>()
  for (const [id, purpose] of Object.entries(document.purposes)) {
    const categories = categoriesOf(document, id)
    const uses = new Set(categories)
    const allowed: Allowed = Object.freeze({ allow: true, purpose: id, basis: purpose.basis, categories })
    const kinds = new Map<string, Allowed>()
    for (const [name, kind] of Object.entries(document.kinds)) {
      const opened = [...new Set(Object.values(kind.fields).map((field) => field.category))].filter((c) => uses.has(c))
      if (opened.length > 0) kinds.set(name, Object.freeze({ ...allowed, categories: opened.sort() }))
    }
    table.set(id, {
      allowed,
      refused: refusals(id),
      uses,
      mask: makeMask(categories) ?? { words: [] },
      kinds,
      bySubject: purpose.by.includes('subject'),
      byJob: purpose.by.includes('job'),
      byOperator: purpose.by.includes('operator'),
      whileFrozen: purpose.while_frozen === true,
      setting: purpose.setting,
      settingDefault: purpose.setting === undefined || document.settings[purpose.setting]?.default !== false,
      closedToMinors: isClosedToMinors(purpose.use),
      consent: purpose.basis === 'consent',
      byLaw: purpose.basis === 'legal_obligation',
      guardian: purpose.guardian === true,
      scope: scopeOf(document, id),
      knownScopes: new Map(),
    })
  }

  return function decide(request) {
    const row = table.get(request.purpose)
    if (row === undefined) return refusals(request.purpose).undeclared
    const { refused } = row

    let allowed = row.allowed
    if (request.kind !== undefined) {
      const opened = row.kinds.get(request.kind)
      if (opened === undefined) return refused.undeclared
      allowed = opened
    }
    if (request.categories !== undefined) {
      if ('words' in request.categories) {
        if (!isSubset(request.categories, row.mask)) return refused.undeclared
      } else {
        for (const category of request.categories) if (!row.uses.has(category)) return refused.undeclared
      }
    }

    if (request.state === 'erased') return refused.erased
    if (request.by === 'job') {
      if (!row.byJob) return refused.other_actor
    } else if (request.by === 'operator') {
      if (!row.byOperator) return refused.other_actor
    } else if (request.by !== request.subject) {
      return refused.other_subject
    } else if (!row.bySubject) {
      return refused.other_actor
    }
    if (request.state === 'frozen' && !row.whileFrozen) return refused.frozen

    if (request.objections?.includes(request.purpose)) return refused.objected

    if (row.setting !== undefined) {
      const value = request.settings?.[row.setting]
      // The switch of a consent purpose is the consent itself; of any other purpose it has a default of its own.
      if (value === false || (value === undefined && !row.consent && !row.settingDefault)) return refused.setting_off
    }
    if (row.closedToMinors && request.ageBand !== 'adult') return refused.minor

    if (row.consent || (row.guardian && request.ageBand === 'under_14')) {
      const { consents } = request
      if (consents !== undefined && consents.subject !== request.subject) return refused.other_subject
      const standing = consents?.purposes[request.purpose]
      if (row.consent) {
        if (standing === undefined) return refused.no_consent
        if (standing.state !== 'given') {
          if (standing.state === 'withdrawn' || standing.state === 'revoked') return refused.withdrawn
          return standing.state === 'refused' ? refused.refused : refused.no_consent
        }
        if (!covers(row, standing.scope)) return refused.scope_widened
      }
      if (row.guardian && request.ageBand === 'under_14' && standing?.guardian !== true) return refused.no_guardian
    }
    // Consents carry what was agreed to, laws do not ask; for all else it counts what the person was told.
    if (request.noticed !== undefined && !row.consent && !row.byLaw) {
      const told = narrowScope(request.noticed[request.purpose] ?? '', row.scope)
      if (told === 'nothing') return refused.scope_widened
      if (told !== 'whole') return narrowed(request, allowed, told) ?? refused.scope_widened
    }
    return allowed
  }
}

/** The same permission without the categories the person was not told of; `undefined` where it needs one of those. */
function narrowed(
  request: AnyDecisionRequest<string, string, string, string>,
  allowed: Allowed,
  told: readonly string[],
): Allowed | undefined {
  const asked = request.categories
  // A mask cannot be taken apart again; whoever asks by it is refused until the person has read what is new.
  if (asked !== undefined && ('words' in asked || asked.some((category) => !told.includes(category)))) return undefined
  const categories = allowed.categories.filter((category) => told.includes(category))
  return categories.length === 0 ? undefined : { ...allowed, categories }
}
