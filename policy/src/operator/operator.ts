/** Who runs this studio, and whether that is enough to open it to others. */
import type { PolicyDocument } from '../language/document.ts'

/** A recipient as this host has set it up: who it really is. */
export interface ConfiguredRecipient {
  readonly legal_name: string
  /** ISO 3166 country code. */
  readonly country: string
  readonly contact?: string
}

/** The host of a studio, from its configuration. Empty texts are allowed on a machine of one's own only. */
export interface Operator {
  readonly legal_name: string
  /** The person responsible for data protection (C259; PIPL 52). */
  readonly officer: string
  /** Where to write to: mail address, web form or postal address. */
  readonly contact: string
  readonly address?: string
  /** ISO 3166 country code of the machine. */
  readonly country?: string
  /** The supervisory authority a person can turn to (C261). */
  readonly authority?: string
  /** Recipients that are really set up here; one that is not here receives nothing. */
  readonly recipients?: Readonly<Record<string, ConfiguredRecipient>>
}

/** A machine of one's own, with no host named. */
export const NO_OPERATOR: Operator = { legal_name: '', officer: '', contact: '' }

/** What is missing before a studio may be opened to others. `field` is the path in `Operator`. */
export interface OperatorFault {
  readonly field: string
  readonly message: string
}

/** The answer of `publishable`. */
export type Publishable =
  | { readonly publishable: true }
  | { readonly publishable: false; readonly faults: readonly OperatorFault[] }

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}

/**
 * Says whether a studio with this policy may be opened to others: legal name, officer and contact are given, and each
 * recipient that is set up has a name and a country and is one the policy knows (C2, C259, G1; PIPL 17).
 */
export function publishable(document: PolicyDocument, operator: Operator): Publishable {
  const faults: OperatorFault[] = []
  for (const field of ['legal_name', 'officer', 'contact'] as const) {
    if (blank(operator[field])) faults.push({ field, message: `operator.${field} is empty` })
  }
  for (const [id, recipient] of Object.entries(operator.recipients ?? {})) {
    const path = `recipients.${id}`
    if (!Object.hasOwn(document.recipients, id)) {
      faults.push({ field: path, message: `'${id}' is not a recipient of the policy` })
    }
    if (blank(recipient.legal_name)) faults.push({ field: `${path}.legal_name`, message: `${path} has no name` })
    if (blank(recipient.country)) faults.push({ field: `${path}.country`, message: `${path} has no country` })
  }
  return faults.length === 0 ? { publishable: true } : { publishable: false, faults }
}
