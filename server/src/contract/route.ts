/**
 * What a route is: the one description from which the server validates, the OpenAPI document is printed and the
 * client of web and terminal takes its types. Nothing about a route is written anywhere else.
 */
import type { z } from 'zod'

/** HTTP methods the contract uses. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: `anyone` (no session needed), `person` (guest or account), `stepped_up` (fresh proof where the account has a second step). */
export type Caller = 'anyone' | 'person' | 'stepped_up'

/** One route: who may call it, what goes in, what comes out. */
export interface Route {
  readonly caller: Caller
  readonly summary: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The body is a file of this type, read as it comes in; there is no `body` then. */
  readonly takes?: 'application/x-tar'
  /** The JSON answer; `bytes` for a stream (sound, peaks, words as a file, events). */
  readonly answer: z.ZodType | 'bytes' | 'nothing'
}

/** Keeps the literal types of a route. */
export function route<const R extends Route>(definition: R): R {
  return definition
}
