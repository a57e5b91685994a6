/** @module What changed between two policies, how grave it is, and who must agree again (C251-C256). */
import { scopeCovers, scopeOf } from '../consent/scope.ts'
import { canonicalJson } from '../digest/content-hash.ts'
import type { PolicyDocument } from '../language/document.ts'
import type { Operator } from '../operator/operator.ts'

/** How grave a change is. Major: told in advance, through every channel, and acknowledged (C250). */
export type Severity = 'minor' | 'major'

/** One change: where, what was there, what is there now, and the clause that makes it major. */
export interface Change {
  readonly path: string
  readonly what: 'added' | 'removed' | 'changed'
  readonly before?: unknown
  readonly after?: unknown
  readonly severity: Severity
  readonly clause?: string
}

/** The difference of two policies. */
export interface PolicyDiff {
  readonly from: string
  readonly to: string
  readonly changes: readonly Change[]
  readonly severity: Severity | 'none'
  /** Purposes whose given consents no longer cover what is done: everyone who agreed is asked again (C17). */
  readonly consent_again: readonly string[]
  /** Purposes that ask for consent and did not exist, or did not ask, before. */
  readonly consent_new: readonly string[]
}

/** Options of `diffPolicies`. */
export interface DiffOptions {
  /** The host before and after. */
  readonly operators?: readonly [before: Operator, after: Operator]
  /** The host may call a change graver than it is, never less grave (C256). */
  readonly at_least?: Severity
}

/** Sections whose every change is major, with the clause that says so. All other sections are minor. */
const MAJOR: Readonly<Record<string, string>> = {
  categories: 'C251',
  kinds: 'C251',
  purposes: 'C251',
  permissions: 'C251',
  cookies: 'C251',
  recipients: 'C253',
  rights: 'C254',
  deadlines: 'C254',
  settings: 'C254',
  exemptions: 'C256',
  roles: 'C256',
  residency: 'C256',
  'operator.legal_name': 'C252',
  'operator.country': 'C252',
  'operator.recipients': 'C253',
  'operator.officer': 'C255',
  'operator.contact': 'C255',
  'operator.address': 'C255',
  'operator.authority': 'C255',
}

/** Fields that name a version and are no change by themselves. */
const IGNORED = new Set(['version', 'effective'])

function clauseOf(path: readonly string[]): string | undefined {
  return MAJOR[path.slice(0, 2).join('.')] ?? MAJOR[path[0] ?? '']
}

function change(path: readonly string[], before: unknown, after: unknown): Change {
  const clause = clauseOf(path)
  return {
    path: path.join('.'),
    what: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    severity: clause === undefined ? 'minor' : 'major',
    ...(clause === undefined ? {} : { clause }),
  }
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Lists are sets here: the order of categories in a purpose means nothing. */
function asSet(value: unknown): unknown {
  return Array.isArray(value) ? value.map(canonicalJson).sort() : value
}

function* compare(path: readonly string[], before: unknown, after: unknown): Generator<Change> {
  if (isTree(before) && isTree(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (path.length === 0 && IGNORED.has(key)) continue
      yield* compare([...path, key], before[key], after[key])
    }
  } else if (
    canonicalJson(asSet(before)) !== canonicalJson(asSet(after)) ||
    (before === undefined) !== (after === undefined)
  ) {
    yield change(path, before, after)
  }
}

/** Compares two policies, and the hosts if given. Texts are not compared: the hash of the notice covers them. */
export function diffPolicies(before: PolicyDocument, after: PolicyDocument, options: DiffOptions = {}): PolicyDiff {
  const changes = [...compare([], before, after)]
  if (options.operators !== undefined) changes.push(...compare(['operator'], ...options.operators))

  const asking = Object.entries(after.purposes).filter(([, purpose]) => purpose.basis === 'consent')
  const asked = (id: string): boolean => before.purposes[id]?.basis === 'consent'
  const consent_again = asking
    .filter(([id]) => asked(id) && !scopeCovers(scopeOf(before, id), scopeOf(after, id)))
    .map(([id]) => id)
  const consent_new = asking.filter(([id]) => !asked(id)).map(([id]) => id)

  const grave = changes.some(({ severity }) => severity === 'major') || options.at_least === 'major'
  const any = changes.length > 0 || options.at_least !== undefined
  const severity = grave ? 'major' : any ? 'minor' : 'none'
  return { from: before.version, to: after.version, changes, severity, consent_again, consent_new }
}
