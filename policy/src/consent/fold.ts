/** From the consent events of the ledger to what stands now. */
import { type ConsentState, type ConsentStatus, type StandingConsent, UNANSWERED } from './status.ts'

/** One consent event as the ledger keeps it. `at` is RFC 3339 UTC, `hash` the content hash of the notice shown. */
export interface ConsentEvent {
  readonly purpose: string
  readonly state: ConsentStatus
  readonly version: string
  readonly hash: string
  readonly scope: string
  readonly method: string
  readonly locale: string
  readonly at: string
  readonly guardian?: boolean
}

/**
 * Folds one person's consent events, in ledger order, to what stands. The last answer counts; a mere question does
 * not undo an answer. Withdrawal is not retroactive (C88, C216): it only ends what would come after.
 */
export function foldConsents(
  subject: string,
  events: Iterable<Pick<ConsentEvent, 'purpose' | 'state' | 'scope' | 'guardian'>>,
): ConsentState {
  const purposes: Record<string, StandingConsent> = Object.create(null)
  for (const { purpose, state, scope, guardian } of events) {
    if (UNANSWERED.includes(state) && purposes[purpose] !== undefined) continue
    purposes[purpose] = guardian === undefined ? { state, scope } : { state, scope, guardian }
  }
  return { subject, purposes }
}

/** Nobody has agreed to anything yet. */
export function noConsents(subject: string): ConsentState {
  return { subject, purposes: {} }
}
