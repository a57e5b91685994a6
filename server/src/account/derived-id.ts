/** Ids that follow from something else: a UUID of version 8 (RFC 9562 5.8) from the first 16 bytes of a SHA-256. */
import { createHash } from 'node:crypto'

/** The id made of a text. 122 bits of the hash are left: as good as a random id where the text is secret. */
export function derivedId(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The id of a record of which a person has one: two that are made at once collide instead of living side by side. */
export function soleId(person: string, kind: string): string {
  return derivedId(`${kind} of ${person}`)
}
