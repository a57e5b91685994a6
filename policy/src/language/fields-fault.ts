/** The run-time twin of the field types: whether a value has exactly the declared fields. */
import type { Field, FieldType } from './field.ts'

const FITS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  time: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  json: (value) => value !== undefined,
  // Bytes live in the object store: a record or message that carries them is wrong.
  object: () => false,
}

/**
 * What is wrong with a value that should have these fields and no others; `undefined` = nothing. The sentence names
 * fields and never a value, so that it can be logged.
 */
export function fieldsFault(fields: Readonly<Record<string, Field>>, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'not an object'
  const given = value as Readonly<Record<string, unknown>>
  for (const [name, inner] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined) return `'${name}' is not declared`
    if (inner === undefined && field.optional === true) continue
    if (!FITS[field.type](inner)) return `'${name}' is not ${field.type}`
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.optional !== true && field.type !== 'object' && given[name] === undefined) return `'${name}' is missing`
  }
  return undefined
}
