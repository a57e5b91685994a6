/**
 * Hardware identifiers that a client sends are taken out before anything is read, and counted (C37, C81): as headers, in
 * the query, anywhere in a body, in the metadata of an upload. What they held goes nowhere, the log has their number alone.
 */
import { isHardwareIdentifier } from '@sotto/policy'
import type { FastifyRequest } from 'fastify'

/** Deeper than any body of the contract. */
const DEPTH = 12

/** Takes them out of a value that came from outside; answers how many there were. */
export function stripIdentifiers(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return 0
  let stripped = 0
  if (Array.isArray(value)) for (const one of value) stripped += stripIdentifiers(one, depth + 1)
  else
    for (const [name, inner] of Object.entries(value)) {
      if (isHardwareIdentifier(name)) {
        delete (value as Record<string, unknown>)[name]
        stripped += 1
      } else stripped += stripIdentifiers(inner, depth + 1)
    }
  return stripped
}

/** Takes them out of `Upload-Metadata`: names with base64 values, parted by commas (tus 1.0). */
function withoutMetadata(header: string): { header: string; stripped: number } {
  const pairs = header.split(',').map((pair) => pair.trim())
  const kept = pairs.filter((pair) => !isHardwareIdentifier(pair.split(' ', 1)[0] ?? ''))
  return { header: kept.join(','), stripped: pairs.length - kept.length }
}

/** Takes them out of the headers of a request; answers how many there were. */
export function stripHeaders({ raw }: Pick<FastifyRequest, 'raw'>): number {
  let stripped = 0
  for (const name of Object.keys(raw.headers))
    if (isHardwareIdentifier(name)) {
      delete raw.headers[name]
      stripped += 1
    }
  const metadata = raw.headers['upload-metadata']
  if (typeof metadata === 'string') {
    const less = withoutMetadata(metadata)
    raw.headers['upload-metadata'] = less.header
    stripped += less.stripped
  }
  return stripped
}
