/**
 * What a person was told, and how far a purpose may go for them: a purpose that has grown since the version they last
 * read stays as it was until they have read the new one (C17). Consents have their own scope; this holds for the rest.
 */
import { narrowScope, scopeOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'

/** Purpose -> its scope in the version a person has read. */
export type NoticedScopes = Readonly<Record<string, string>>

/** The scopes of all purposes of a document, as somebody learns them who reads its notice. */
export function noticedScopes(document: PolicyDocument): NoticedScopes {
  const scopes: Record<string, string> = Object.create(null)
  for (const purpose of Object.keys(document.purposes)) scopes[purpose] = scopeOf(document, purpose)
  return scopes
}

/** Purposes of a document that go further than somebody was told, and neither rest on a consent nor on a law. */
export function widenedFor(document: PolicyDocument, noticed: NoticedScopes): readonly string[] {
  return Object.entries(document.purposes)
    .filter(([, { basis }]) => basis !== 'consent' && basis !== 'legal_obligation')
    .filter(([id]) => narrowScope(noticed[id] ?? '', scopeOf(document, id)) !== 'whole')
    .map(([id]) => id)
}
