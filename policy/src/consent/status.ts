/** Consent states (W3C DPV `ConsentStatus`). */

/** All states a consent can be in. */
export const CONSENT_STATES = [
  'requested',
  'request_deferred',
  'given',
  'refused',
  'withdrawn',
  'expired',
  'invalidated',
  'revoked',
  'unknown',
] as const
/** One consent state. */
export type ConsentStatus = (typeof CONSENT_STATES)[number]

/** Asking again does not undo what was answered before: these states never replace an answer. */
export const UNANSWERED: readonly ConsentStatus[] = ['requested', 'request_deferred', 'unknown']

/** The consent that stands for one purpose. `scope` is what was agreed to, as `consentScope` wrote it. */
export interface StandingConsent {
  readonly state: ConsentStatus
  readonly scope: string
  /** A verified guardian agreed too. */
  readonly guardian?: boolean
}

/** All standing consents of one person. `subject` is that person: it never speaks for another (DESIGN 3). */
export interface ConsentState {
  readonly subject: string
  readonly purposes: Readonly<Record<string, StandingConsent>>
}
