/**
 * How a route gets its handler. The contract says who may call and what comes in and goes out; a handler is given only
 * what was parsed, and only a caller of the right sort. A contract route without handler stops the start, as does a
 * handler without contract.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import { type Contract, contract, type RouteName } from '../contract/contract.ts'
import type { Caller, Method, Route } from '../contract/route.ts'
import { Problem as ProblemShape } from '../contract/shapes.ts'
import { Problem, type ProblemLocale } from '../problem.ts'
import type { Passage } from './doors.ts'

/** Somebody with a live session: the person and the session record's id. */
export interface Visitor {
  readonly person: string
  readonly session: string
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Part<R, K extends string> = R extends { readonly [P in K]: infer S } ? Parsed<S> : undefined
type Who<C extends Caller> = C extends 'anyone'
  ? { /** Whoever has a session all the same. */ readonly visitor: () => Promise<Visitor | undefined> }
  : Visitor

/** What a handler is given. */
export type Call<R extends RouteName> = Who<Contract[R]['caller']> & {
  readonly params: Part<Contract[R], 'params'>
  readonly query: Part<Contract[R], 'query'>
  readonly body: Part<Contract[R], 'body'>
  readonly locale: ProblemLocale
  readonly passage: Passage
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a handler answers: the contract's JSON; for `bytes` a buffer, text, stream or the sent reply; for `nothing` nothing. */
export type Answered<R extends RouteName> = Contract[R]['answer'] extends infer A
  ? A extends z.ZodType
    ? z.output<A>
    : A extends 'bytes'
      ? unknown
      : // biome-ignore lint/suspicious/noConfusingVoidType: a handler that answers nothing returns nothing
        void
  : never

/** A route's work. */
export type Handler<R extends RouteName> = (call: Call<R>) => Promise<Answered<R>>

/** The app that routes are put on. */
export type App = FastifyInstance

declare module 'fastify' {
  interface FastifyInstance {
    /** Contract routes that have their handler. */
    readonly handled: Set<string>
    /** Aborted when the server begins to close: event streams end by it. */
    readonly closing: AbortSignal
    /** How many hardware identifiers were taken out of what clients sent, since the start (C37). */
    readonly stripped: { count: number }
    /** Proof that is fresh enough for what cannot be taken back. @throws Problem `step_up_needed` */
    readonly requireFreshProof: (visitor: Visitor) => Promise<void>
  }
  interface FastifyContextConfig {
    /** A file that is read as it comes in, however long that takes. */
    readonly takes?: string | undefined
  }
  interface FastifyRequest {
    passage: Passage
    locale: ProblemLocale
    /** Whoever's session the request carries; looked up once. For routes outside the contract (tus). */
    visitor: () => Promise<Visitor | undefined>
  }
}

/** Gives a contract route its handler. @throws Error where the contract has no such route, or it has its handler already. */
export function handle<R extends RouteName>(
  app: App,
  name: R,
  handler: Handler<R>,
  options: { readonly bodyLimit?: number } = {},
): void {
  if (!Object.hasOwn(contract, name)) throw new Error(`the contract has no route ${name}`)
  if (app.handled.has(name)) throw new Error(`${name} has two handlers`)
  app.handled.add(name)
  const route: Route = contract[name]
  const [method, url] = name.split(' ') as [Method, string]
  app.route({
    method,
    url,
    schema: schemaOf(route),
    config: { takes: route.takes },
    ...(options.bodyLimit === undefined ? {} : { bodyLimit: options.bodyLimit }),
    // Who calls is asked before anything of the request is parsed.
    onRequest: async (request) => {
      if (route.caller === 'anyone') return
      const visitor = await callerOf(request)
      if (route.caller === 'stepped_up') await app.requireFreshProof(visitor)
    },
    handler: async (request, reply) => {
      if (route.takes && request.headers['content-type'] !== route.takes) throw new Problem('bad_request')
      const who = route.caller === 'anyone' ? { visitor: request.visitor } : await callerOf(request)
      const { params, query, body, locale, passage } = request
      // The schemas above have parsed the three parts; Fastify's types cannot know it through a generic name.
      const call = { ...who, params, query, body, locale, passage, request, reply } as unknown as Call<R>
      const answer: unknown = await handler(call)
      if (route.answer === 'nothing') return reply.code(204).send()
      return answer
    },
  })
}

/** Whoever calls. @throws Problem `sign_in_needed` */
export async function callerOf(request: FastifyRequest): Promise<Visitor> {
  const visitor = await request.visitor()
  if (!visitor) throw new Problem('sign_in_needed')
  return visitor
}

/** Refuses to go on while a contract route has no handler. @throws Error naming all of them. */
export function assertComplete(app: App): void {
  const missing = Object.keys(contract).filter((name) => !app.handled.has(name))
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}`)
}

const problem = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: ProblemShape } },
}
const bytes = { description: 'Bytes', content: { 'application/octet-stream': { schema: z.file() } } }

function schemaOf(route: Route): FastifySchema {
  const { answer } = route
  return {
    summary: route.summary,
    ...(route.caller === 'anyone' ? {} : { security: [{ cookie: [] }, { token: [] }] }),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    response: {
      ...(answer === 'nothing' ? { 204: z.null() } : { 200: answer === 'bytes' ? bytes : answer }),
      '4xx': problem,
      '5xx': problem,
    },
  }
}
