/** Consent receipts for the person to keep (ISO/IEC TS 27560:2023, as profiled by DPV; C86). */
import { contentHash } from '../digest/content-hash.ts'
import type { PolicyDocument } from '../language/document.ts'
import { own } from '../language/own.ts'
import type { Operator } from '../operator/operator.ts'
import type { ConsentEvent } from './fold.ts'
import { categoriesOf } from './scope.ts'

/** A receipt. Field names are those of the standard; `extension` holds what it has no field for. */
export interface ConsentReceipt {
  readonly schema_version: 'ISO/IEC TS 27560:2023'
  /** SHA-256 of all else in the receipt, so that it names itself. */
  readonly receipt_id: string
  readonly pii_principal_id: string
  readonly privacy_notice: { readonly version: string; readonly hash: string; readonly language: string }
  readonly pii_processing: {
    readonly purpose: string
    readonly purpose_type: string
    readonly lawful_basis: string
    readonly pii_information: readonly { readonly pii_type: string; readonly sensitive: boolean }[]
    readonly collection_method: string
    readonly retention_period: string
    readonly storage_locations: string
    readonly recipient_third_parties: readonly { readonly name: string; readonly pii_types: readonly string[] }[]
    readonly withdrawal_method: string
    readonly privacy_rights: readonly string[]
  }
  readonly party_identification: { readonly controller: string; readonly officer: string; readonly contact: string }
  readonly event: {
    readonly event_time: string
    readonly event_type: 'explicit' | 'separate'
    readonly event_state: string
    readonly guardian: boolean
  }
  readonly extension: { readonly scope: string }
}

/** Thrown when a receipt is asked for a purpose that the document does not have. `code` is `undeclared_purpose`. */
export class UndeclaredPurposeError extends Error {
  readonly code = 'undeclared_purpose'

  constructor(purpose: string) {
    super(`purpose '${purpose}' is not in the policy`)
    this.name = 'UndeclaredPurposeError'
  }
}

/**
 * Writes the receipt of a consent event. `document` is the policy of the version the event names, `handle` the
 * person's public handle (never an internal id).
 * @throws UndeclaredPurposeError
 */
export async function receipt(
  event: ConsentEvent,
  document: PolicyDocument,
  handle: string,
  operator: Operator,
): Promise<ConsentReceipt> {
  const purpose = own(document.purposes, event.purpose)
  if (purpose === undefined) throw new UndeclaredPurposeError(event.purpose)
  const recipients = Object.entries(document.recipients)
    .filter(([id, { purpose: served, only_if }]) => {
      const configured = only_if === undefined || Object.hasOwn(operator.recipients ?? {}, id)
      return served === event.purpose && configured
    })
    .map(([id, { gets }]) => ({ name: operator.recipients?.[id]?.legal_name ?? id, pii_types: gets }))
  const body: Omit<ConsentReceipt, 'receipt_id'> = {
    schema_version: 'ISO/IEC TS 27560:2023',
    pii_principal_id: handle,
    privacy_notice: { version: event.version, hash: event.hash, language: event.locale },
    pii_processing: {
      purpose: event.purpose,
      purpose_type: purpose.use,
      lawful_basis: purpose.basis,
      pii_information: categoriesOf(document, event.purpose).map((category) => ({
        pii_type: category,
        sensitive: document.categories[category]?.grade === 4,
      })),
      collection_method: event.method,
      retention_period: purpose.keep,
      storage_locations: document.residency.stored,
      recipient_third_parties: recipients,
      withdrawal_method: purpose.setting === undefined ? 'privacy_settings' : `privacy_settings/${purpose.setting}`,
      privacy_rights: Object.keys(document.rights),
    },
    party_identification: { controller: operator.legal_name, officer: operator.officer, contact: operator.contact },
    event: {
      event_time: event.at,
      event_type: purpose.separate === true ? 'separate' : 'explicit',
      event_state: event.state,
      guardian: event.guardian === true,
    },
    // What was agreed to then, which may be less than the document now asks for.
    extension: { scope: event.scope },
  }
  return { ...body, receipt_id: await contentHash(body) }
}
