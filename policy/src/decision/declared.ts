/** What may leave the studio or enter its log, checked at run time for those who cast (law 1; C35, C112, C132). */
import { policy } from '../document/policy.ts'
import type { KindId, RecipientId } from '../document/types.ts'
import type { Field } from '../language/field.ts'
import { fieldsFault } from '../language/fields-fault.ts'
import { own } from '../language/own.ts'

/** What is wrong with a record of a kind; `undefined` = nothing. */
export function recordFault(kind: KindId, record: unknown): string | undefined {
  const declared = own<{ fields: Readonly<Record<string, Field>> }>(policy.kinds, kind)
  return declared === undefined ? `kind '${kind}' is not in the policy` : fieldsFault(declared.fields, record)
}

/** What is wrong with a message to a recipient; `undefined` = nothing. Send nothing that has a fault. */
export function messageFault(recipient: RecipientId, message: unknown): string | undefined {
  const declared = own<{ payload: Readonly<Record<string, Field>> }>(policy.recipients, recipient)
  return declared === undefined
    ? `recipient '${recipient}' is not in the policy`
    : fieldsFault(declared.payload, message)
}

const LOG_FIELDS: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(policy.log).map(([name, field]) => [name, name === 'event' ? field : { ...field, optional: true }]),
)

/** What is wrong with a line of the log; `undefined` = nothing. */
export function logFault(line: unknown): string | undefined {
  return fieldsFault(LOG_FIELDS, line)
}
