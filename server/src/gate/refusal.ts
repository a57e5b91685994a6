/** What the gate says when it does not open: the policy's own code and clause. */
import type { Decision } from '@sotto/policy'

type Refused = Extract<Decision, { allow: false }>['refusal']

/** A refusal of the policy; the server answers it as a problem with its clause, the terminal with exit code 4. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: Refused['code']
  readonly clause: string
  readonly purpose: string
  constructor({ code, clause, purpose }: Refused) {
    super(`${purpose}: ${code} (${clause})`)
    this.code = code
    this.clause = clause
    this.purpose = purpose
  }
}
