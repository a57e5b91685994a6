/** The answer to "may this purpose touch this person's data now?", and the question. */
import type { NoticedScopes } from '../change/noticed.ts'
import type { ConsentState } from '../consent/status.ts'
import type { AgeBand, Basis } from '../language/vocabulary.ts'
import type { CategoryMask } from './category-mask.ts'

/** Why something is refused, and the clause each refusal keeps. */
export const REFUSALS = {
  /** The purpose, kind or category is not declared, or the purpose does not use it. */
  undeclared: 'C9',
  /** The person's keys are destroyed. */
  erased: 'C211',
  /** Somebody acts on a person who is not themself. */
  other_subject: 'C166',
  /** This sort of actor may not act under this purpose. */
  other_actor: 'C176',
  /** The person has frozen the account. */
  frozen: 'C194',
  /** The person has objected to it. */
  objected: 'C214',
  /** The person has switched it off. */
  setting_off: 'C85',
  /** Not known to be adult, and the purpose is profiling, marketing or publishing. */
  minor: 'C245',
  /** Never asked, or asked and not answered, or the answer has run out. */
  no_consent: 'C18',
  /** The person said no. */
  refused: 'C6',
  /** The person took the consent back. */
  withdrawn: 'C215',
  /** The purpose has grown since the person agreed, or since they last read the notice. */
  scope_widened: 'C17',
  /** Under 14 without a guardian's consent. */
  no_guardian: 'C245',
} as const

/** Code of a refusal. */
export type RefusalCode = keyof typeof REFUSALS

/** A refusal: its code, the clause behind it, and the purpose that was refused. */
export interface Refusal {
  readonly code: RefusalCode
  readonly clause: string
  readonly purpose: string
}

/** The decision. When allowed, `categories` are those that may be opened by this request. */
export type Decision =
  | { readonly allow: true; readonly purpose: string; readonly basis: Basis; readonly categories: readonly string[] }
  | { readonly allow: false; readonly refusal: Refusal }

/** Whether the person's account is live. */
export type SubjectState = 'active' | 'frozen' | 'erased'

/**
 * A request. Without `kind` and `categories` it asks whether the purpose may run at all. With `kind` it is allowed
 * if the purpose uses at least one field of it (readers then show those alone); with `categories` it must use all.
 */
export interface AnyDecisionRequest<P extends string, K extends string, C extends string, S extends string> {
  readonly purpose: P
  readonly kind?: K
  readonly categories?: readonly C[] | CategoryMask
  /** Whose data. */
  readonly subject: string
  /** Who acts: a person's id, or `job` (the studio working for the subject), or `operator` (the host's staff). */
  readonly by: string
  /** The subject's standing consents. Absent = none. */
  readonly consents?: ConsentState
  /** The subject's settings. A switch that is not here is as its consent says. */
  readonly settings?: Readonly<Partial<Record<S, boolean | string>>>
  /** Absent = unknown = a child's protections. */
  readonly ageBand?: AgeBand | undefined
  /** Purposes the person has objected to. */
  readonly objections?: readonly string[]
  /** Absent = active. */
  readonly state?: SubjectState
  /** What the subject was last told, where that is an older version: what has grown since stays as it was (C17). */
  readonly noticed?: NoticedScopes | undefined
}
