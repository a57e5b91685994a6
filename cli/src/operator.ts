import type { Operator } from '@sotto/policy'

/** Who runs this studio, as its settings say. */
export function operatorOf(env: Readonly<Record<string, string | undefined>>): Operator {
  return {
    legal_name: env.SOTTO_OPERATOR_NAME ?? '',
    officer: env.SOTTO_OPERATOR_OFFICER ?? '',
    contact: env.SOTTO_OPERATOR_CONTACT ?? '',
  }
}
