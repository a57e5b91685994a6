/** Which fields of a kind a purpose may read. */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'

const remembered = new WeakMap<PolicyDocument, Map<string, readonly string[]>>()

/** Names of the fields of a kind that a purpose may read under a document. Undeclared purpose or kind: none. */
export function fieldsReadable(document: PolicyDocument, purpose: string, kind: string): readonly string[] {
  let byPair = remembered.get(document)
  if (byPair === undefined) {
    byPair = new Map()
    for (const id of Object.keys(document.purposes)) {
      const uses = new Set(categoriesOf(document, id))
      for (const [name, { fields }] of Object.entries(document.kinds)) {
        const readable = Object.keys(fields).filter((field) => uses.has(fields[field]?.category ?? ''))
        byPair.set(`${id} ${name}`, Object.freeze(readable))
      }
    }
    remembered.set(document, byPair)
  }
  return byPair.get(`${purpose} ${kind}`) ?? []
}

/** Keeps of a record only the fields that a purpose may read: the run-time twin of `Readable`. */
export function readOnlyFor(
  document: PolicyDocument,
  purpose: string,
  kind: string,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const readable: Record<string, unknown> = {}
  for (const field of fieldsReadable(document, purpose, kind)) {
    if (Object.hasOwn(record, field)) readable[field] = record[field]
  }
  return readable
}
