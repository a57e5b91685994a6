/**
 * The HTTP application: doors, session, contract routes, problems, headers, pages. It knows nothing of what the routes
 * do, and nothing of records or keys: those come in by `parts`.
 */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, fastify } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Config } from '../config.ts'
import { type Log, traceOf } from '../log.ts'
import { Problem, problemBody, problemOf, problems } from '../problem.ts'
import { type Arrival, doors, type Passage } from './doors.ts'
import { type App, assertComplete, type Visitor } from './handle.ts'
import { stripHeaders, stripIdentifiers } from './hardware.ts'
import { securityHeaders } from './headers.ts'
import { languageOf } from './language.ts'
import { servePages } from './pages.ts'
import { SESSION_COOKIE, tokenOf } from './token.ts'

/** What the application is made of. */
export interface AppParts {
  readonly config: Config
  readonly log: Log
  readonly version: string
  /** Whose session a token is; `undefined` for a token of nobody. */
  readonly authenticate: (token: string) => Promise<Visitor | undefined>
  /** @throws Problem `step_up_needed` where the account has a second step and the session no fresh proof. */
  readonly requireFreshProof: (visitor: Visitor) => Promise<void>
  /** Rejects while the studio cannot serve (database away). */
  readonly ready: () => Promise<void>
  /** Folder of the built web pages. */
  readonly pages?: string | undefined
  /** Puts the routes on the app: each contract route by `handle`. */
  readonly routes: (app: App) => void | Promise<void>
}

const JSON_BODY = 256 * 1024
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
/** Longest wait for the headers of a request, for a JSON body, and for any sign of life on a connection. */
const HEADERS_MS = 15_000
const BODY_MS = 30_000
const SILENCE_MS = 120_000

/** Makes the application, ready to listen or be injected into. @throws Error where a contract route has no handler. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, log } = parts
  const https = Boolean(config.tls) || (config.origin?.startsWith('https:') ?? false)
  const headers = securityHeaders(https)
  const options: FastifyServerOptions = {
    logger: false,
    bodyLimit: JSON_BODY,
    connectionTimeout: SILENCE_MS,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    // An address that is none is answered before any hook runs, so it has to be told how.
    frameworkErrors: (error, request, reply) => {
      const { raw } = reply as unknown as FastifyReply
      raw.writeHead(400, { ...headers, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' })
      raw.end(bodyOf(problemOf(error), request as unknown as FastifyRequest))
    },
  }
  const limits = { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5_000 }
  const secured = config.tls && { https: { ...limits, ...config.tls, minVersion: 'TLSv1.2' } }
  // One type for both: what differs between the two servers is no business of the routes.
  const given = secured ? { ...options, ...secured } : { ...options, http: limits }
  const app = fastify(given as FastifyServerOptions) as App
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(cookie)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sotto', version: parts.version },
      components: {
        securitySchemes: {
          cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
  })

  const ending = new AbortController()
  app.decorate('handled', new Set<string>())
  app.decorate('closing', ending.signal)
  app.decorate('requireFreshProof', parts.requireFreshProof)
  app.addHook('preClose', async () => ending.abort())

  app.decorate('stripped', { count: 0 })
  const note = (count: number) => {
    if (count === 0) return
    app.stripped.count += count
    log.info({ event: 'hardware_identifier.stripped', count })
  }

  const pass = doors(config)
  app.decorateRequest('locale', 'en')
  // Set by the first hook for every request; Fastify wants reference types declared empty.
  app.decorateRequest('passage', null as unknown as Passage)
  app.decorateRequest('visitor', null as unknown as () => Promise<Visitor | undefined>)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    // Pages behind a link are for whoever has it, not for search engines (C204).
    if (request.url.startsWith('/s/')) reply.header('x-robots-tag', 'noindex, nofollow')
    request.locale = languageOf(request.headers['accept-language'])
    let looked: Promise<Visitor | undefined> | undefined
    request.visitor = () => {
      const token = tokenOf(request)
      looked ??= token === undefined ? Promise.resolve(undefined) : parts.authenticate(token)
      return looked
    }
    request.passage = pass(arrivalOf(request))
    note(stripHeaders(request))
    if (ending.signal.aborted) throw new Problem('closing')
  })
  // Before the schemas see it: what is not there can be kept by nobody.
  app.addHook('preValidation', async (request) =>
    note(stripIdentifiers(request.body) + stripIdentifiers(request.query)),
  )
  // A body that trickles in would hold its connection for as long as it likes; streams (tus) have their own limits.
  app.addHook('preParsing', async (request, _reply, payload) => {
    const { schema, config } = request.routeOptions
    if (schema === undefined || config.takes !== undefined || request.raw.complete) return
    const timer = setTimeout(() => {
      if (!request.raw.complete) request.raw.destroy()
    }, BODY_MS)
    request.raw.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer))
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    log.info({
      event: 'request',
      request: request.id,
      // The template of the route, never the address: an address holds ids.
      route: request.routeOptions.url ?? 'none',
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })

  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error)
    const { status } = problems[problem.code]
    const unexpected = problem.code === 'internal'
    if (status >= 500)
      log.error({
        event: 'request.failed',
        request: request.id,
        route: request.routeOptions.url ?? 'none',
        status,
        problem: unexpected ? traceOf(error) : problem.code,
      })
    const shown = unexpected ? new Problem('internal', { detail: `Reference: ${request.id}` }) : problem
    if (shown.extras.retryAfter !== undefined) reply.header('retry-after', Math.ceil(shown.extras.retryAfter))
    reply.header('cache-control', 'no-store').type(PROBLEM_TYPE).status(status)
    return reply.send(bodyOf(shown, request))
  })

  const elsewhere = await servePages(app, parts.pages)
  app.setNotFoundHandler(elsewhere)
  app.get('/healthz', { schema: { hide: true } as object }, async () => ({ alive: true }))
  app.get('/readyz', { schema: { hide: true } as object }, async () => {
    await parts.ready()
    return { ready: true }
  })
  app.get('/api/openapi.json', { schema: { hide: true } as object }, async () => app.swagger())
  await parts.routes(app)
  assertComplete(app)
  await app.ready()
  return app
}

function arrivalOf(request: FastifyRequest): Arrival {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    headers: request.headers,
    remoteAddress: request.raw.socket.remoteAddress,
    encrypted: 'encrypted' in request.raw.socket,
  }
}

function asProblem(error: unknown): Problem {
  const { validation, validationContext } = error as {
    validation?: { instancePath?: string }[]
    validationContext?: string
  }
  if (!validation) return problemOf(error)
  // Which part is wrong, by the names of our own schemas: never by what was sent.
  const places = validation.map(({ instancePath = '' }) => `${validationContext ?? 'request'}${instancePath}`)
  return new Problem('bad_request', { detail: [...new Set(places)].slice(0, 5).join(', ') })
}

/** Written out here, because no schema of the route fits a problem. */
function bodyOf(problem: Problem, request: FastifyRequest): string {
  return JSON.stringify(problemBody(problem, request.locale ?? 'en'))
}
