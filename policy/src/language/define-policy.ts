/** @module The one way to make a policy. */
import { checkPolicy } from './check-policy.ts'
import type { Checked } from './checks.ts'
import type { PolicyDraft } from './document.ts'
import { InvalidPolicyError } from './fault.ts'

/**
 * Makes a policy of a document. The compiler refuses a faulty one with a sentence; a cast one is refused here.
 * @throws InvalidPolicyError when `checkPolicy` finds faults.
 */
export function definePolicy<const P extends PolicyDraft>(document: P & Checked<P>): P {
  const faults = checkPolicy(document)
  if (faults.length > 0) throw new InvalidPolicyError(faults)
  return document
}
