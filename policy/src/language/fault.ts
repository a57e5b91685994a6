/** What is wrong with a policy value, for those who cast past the compiler. */

/** Stable names of the faults. */
export type PolicyFaultCode =
  | 'not_a_policy'
  | 'undeclared_category'
  | 'unused_field'
  | 'never_collected'
  | 'no_separate_consent'
  | 'recipient_gets_more'
  | 'face_category'
  | 'personal_in_log'
  | 'no_keep'
  | 'malformed_keep'
  | 'consideration'
  | 'unknown_word'
  | 'unknown_reference'

/** One fault: its code, the place in the document, and the sentence the compiler would have printed. */
export interface PolicyFault {
  readonly code: PolicyFaultCode
  readonly path: string
  readonly message: string
}

/** Thrown by `definePolicy` when a document that got past the compiler has faults. `code` is `invalid_policy`. */
export class InvalidPolicyError extends Error {
  readonly code = 'invalid_policy'
  readonly faults: readonly PolicyFault[]

  constructor(faults: readonly PolicyFault[]) {
    super(`the policy is not valid:\n${faults.map((fault) => `  ${fault.path}: ${fault.message}`).join('\n')}`)
    this.name = 'InvalidPolicyError'
    this.faults = faults
  }
}
