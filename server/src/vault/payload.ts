/** The run-time twin of the payload types: what a kind does not declare is refused also where someone casts (DESIGN law 1). */
import { type KindId, policy } from '@sotto/policy'

/** A value that the policy does not declare was about to be kept or sent. */
export class UndeclaredError extends Error {
  override name = 'UndeclaredError'
  readonly code = 'undeclared'
}

interface FieldLike {
  readonly type: string
  readonly optional?: true
}

const fits: Record<string, (value: unknown) => boolean> = {
  text: (v) => typeof v === 'string',
  time: (v) => typeof v === 'string' && !Number.isNaN(Date.parse(v)),
  integer: (v) => Number.isSafeInteger(v),
  number: (v) => Number.isFinite(v),
  boolean: (v) => typeof v === 'boolean',
  json: (v) => v !== undefined,
}

/** What is wrong with a payload of a kind; undefined when nothing is. Names fields, never values. */
export function payloadFault(kind: KindId, payload: object): string | undefined {
  const fields: Record<string, FieldLike> | undefined = policy.kinds[kind]?.fields
  if (!fields) return `kind ${kind} is not in the policy`
  for (const [name, value] of Object.entries(payload)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) return `${kind}.${name} is not in the policy`
    if (value === undefined && field.optional) continue
    if (!fits[field.type]?.(value)) return `${kind}.${name} is not ${field.type}`
  }
  for (const [name, field] of Object.entries(fields))
    if (!field.optional && field.type !== 'object' && !(name in payload)) return `${kind}.${name} is missing`
  return undefined
}
