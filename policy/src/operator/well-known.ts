/** What a host tells to programs under `/.well-known/`: whom to write to, and which rights there are. */
import type { PolicyDocument } from '../language/document.ts'
import type { Operator } from './operator.ts'

/** A contact as an address that programs can use: mail, telephone or web; `undefined` for one that is none of these. */
export function contactUri(contact: string): string | undefined {
  const text = contact.trim()
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`
  if (/^(https|mailto|tel):\S+$/.test(text)) return text
  if (/^\+[\d\s()-]{6,}$/.test(text)) return `tel:${text.replaceAll(/[\s()-]/g, '')}`
  return undefined
}

/**
 * `security.txt` (RFC 9116): contact, end of validity, languages, policy. `undefined` where the host has no contact that
 * could stand in it. `expires` is at most a year ahead.
 */
export function securityTxt(
  operator: Operator,
  options: { readonly origin: string; readonly expires: Date },
): string | undefined {
  const contact = contactUri(operator.contact)
  if (contact === undefined) return undefined
  return [
    `Contact: ${contact}`,
    `Expires: ${options.expires.toISOString()}`,
    'Preferred-Languages: en, zh',
    `Canonical: ${options.origin}/.well-known/security.txt`,
    `Policy: ${options.origin}/notice`,
    '',
  ].join('\n')
}

/**
 * `data-rights.json`: the rights of the policy with their clocks, and where each is used. It takes the place and the
 * words of the Data Rights Protocol and offers no `api_base`: rights are used by the person themself, signed in.
 */
export function dataRights(document: PolicyDocument, operator: Operator, origin: string): object {
  return {
    policy: { version: document.version, effective: document.effective, notice: `${origin}/notice` },
    controller: {
      name: operator.legal_name,
      officer: operator.officer,
      contact: operator.contact,
      ...(operator.country === undefined ? {} : { country: operator.country }),
      ...(operator.authority === undefined ? {} : { authority: operator.authority }),
    },
    actions: Object.entries(document.rights).map(([action, { deadline, citation }]) => ({
      action,
      within: document.deadlines[deadline]?.within,
      citation,
      at: `${origin}/my/settings/privacy`,
    })),
  }
}
