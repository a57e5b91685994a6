/** The typed client of web and terminal: 40 lines over fetch, no schema at run time, types from the contract. */
import type { z } from 'zod'
import type { Contract, RouteName } from './contract.ts'
import type { Problem } from './shapes.ts'

type In<T> = T extends z.ZodType ? z.input<T> : never
type Part<R, K extends string> = R extends { readonly [P in K]: infer S } ? { [P in K]: In<S> } : unknown
/** What a call of route `R` takes: its `params`, `query` and `body`, those it has. */
export type Arguments<R extends RouteName> = Part<Contract[R], 'params'> &
  Part<Contract[R], 'query'> &
  Part<Contract[R], 'body'>
/** What a call of route `R` answers: parsed JSON, the raw Response for bytes, or nothing. */
export type Answer<R extends RouteName> = Contract[R]['answer'] extends infer A
  ? A extends z.ZodType
    ? z.output<A>
    : A extends 'bytes'
      ? Response
      : undefined
  : never

/** A refused or failed call: the server's problem details (RFC 9457). */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly problem: z.output<typeof Problem>
  constructor(problem: z.output<typeof Problem>) {
    super(problem.title)
    this.problem = problem
  }
}

/** Calls routes by their name in the contract. @throws ProblemError */
export interface Client {
  call<R extends RouteName>(route: R, args: Arguments<R>, options?: { signal?: AbortSignal }): Promise<Answer<R>>
}

/** `origin` is empty in a page; in a terminal it is the server's address, with a session token in `token`. */
export function client(
  options: { origin?: string; token?: string; locale?: () => string; fetch?: typeof fetch } = {},
): Client {
  const send = options.fetch ?? fetch
  return {
    async call(name, args, { signal } = {}) {
      const [method = 'GET', template = ''] = name.split(' ')
      const given = args as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
      const path = template.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(given.params?.[key] ?? ''))
      const query = new URLSearchParams()
      for (const [key, value] of Object.entries(given.query ?? {}))
        if (value !== undefined) query.set(key, String(value))
      const headers: Record<string, string> = { accept: 'application/json, application/problem+json, */*' }
      if (method !== 'GET') headers['sotto-request'] = '1'
      if (given.body !== undefined) headers['content-type'] = 'application/json'
      if (options.token) headers.authorization = `Bearer ${options.token}`
      if (options.locale) headers['accept-language'] = options.locale()
      const init: RequestInit = { method, headers, credentials: 'same-origin' }
      if (given.body !== undefined) init.body = JSON.stringify(given.body)
      if (signal) init.signal = signal
      const response = await send(`${options.origin ?? ''}${path}${query.size ? `?${query}` : ''}`, init)
      if (!response.ok) throw new ProblemError(await problemOf(response))
      if (response.status === 204) return undefined as never
      // A file stays a response, also where it happens to be JSON.
      const json = response.headers.get('content-type')?.startsWith('application/json')
      return (json && !response.headers.has('content-disposition') ? await response.json() : response) as never
    },
  }
}

async function problemOf(response: Response): Promise<z.output<typeof Problem>> {
  if (response.headers.get('content-type')?.includes('json')) {
    const body = (await response.json()) as Partial<z.output<typeof Problem>>
    if (body.code) return body as z.output<typeof Problem>
  }
  return { type: 'about:blank', title: response.statusText, status: response.status, code: 'unreachable' }
}
