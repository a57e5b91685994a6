import { afterEach, expect, test } from 'vitest'
import { type Config, readConfig } from '../config.ts'
import { contract, type RouteName } from '../contract/contract.ts'
import { openLog } from '../log.ts'
import { Problem } from '../problem.ts'
import { type AppParts, createApp } from './app.ts'
import { type App, handle } from './handle.ts'

const TOKEN = 'A'.repeat(43)
const visitor = { person: '5f0c7f3e-6d0a-4a4e-9d3c-1c9b6b0c7a10', session: '5f0c7f3e-6d0a-4a4e-9d3c-1c9b6b0c7a11' }
const opened: App[] = []
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close()
})

interface Given {
  readonly environment?: Record<string, string>
  readonly answers?: Partial<Record<RouteName, (call: never) => Promise<unknown>>>
  readonly parts?: Partial<AppParts>
  readonly lines?: string[]
}

/** An application whose routes answer what a test says; those not named answer `not_found`. */
async function appOf({ environment = {}, answers = {}, parts = {}, lines = [] }: Given): Promise<App> {
  const config: Config = readConfig({ SOTTO_DATA: '/tmp/nowhere', ...environment })
  const app = await createApp({
    config,
    log: openLog('debug', { write: (line) => lines.push(line) }),
    version: '0.0.0-test',
    authenticate: async (token) => (token === TOKEN ? visitor : undefined),
    requireFreshProof: async () => {},
    ready: async () => {},
    routes: (target) => {
      for (const name of Object.keys(contract) as RouteName[])
        handle(
          target,
          name,
          (answers[name] ??
            (async () => {
              throw new Problem('not_found')
            })) as never,
        )
    },
    ...parts,
  })
  opened.push(app)
  return app
}

const status = {
  version: '1',
  policy: { version: '1.0.0', hash: 'h' },
  guests: true,
  codes: 'page',
  loopback: true,
  gpc: false,
  service: { state: 'serving', end: null },
  transcribe: [],
  denoise: true,
  upload_limit: 1,
}
const local = { host: '127.0.0.1:4170', 'sotto-request': '1' }

test('a route answers by its contract: what the contract does not name does not leave', async () => {
  const app = await appOf({ answers: { 'GET /api/status': async () => ({ ...status, secret: 'x' }) } })
  const answer = await app.inject({ url: '/api/status', headers: local })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual(status)
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('every contract route is described in OpenAPI 3.1, and nothing else is', async () => {
  const app = await appOf({})
  const document = (await app.inject({ url: '/api/openapi.json', headers: local })).json()
  expect(document.openapi).toBe('3.1.0')
  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.sort()).toEqual(Object.keys(contract).sort())
})

test('a contract route without handler, and one with two, stop the start', async () => {
  await expect(appOf({ parts: { routes: () => {} } })).rejects.toThrow('no handler for GET /api/status')
  const twice = (app: App) => {
    handle(app, 'GET /api/status', async () => status as never)
    handle(app, 'GET /api/status', async () => status as never)
  }
  await expect(appOf({ parts: { routes: twice } })).rejects.toThrow('two handlers')
  const unknown = (app: App) => handle(app, 'GET /api/elsewhere' as RouteName, async () => status as never)
  await expect(appOf({ parts: { routes: unknown } })).rejects.toThrow('the contract has no route')
})

test('who may call is asked on every route, before anything is parsed', async () => {
  const app = await appOf({})
  for (const [name, route] of Object.entries(contract)) {
    const [method, template] = name.split(' ') as ['GET', string]
    const url = template.replace(/:\w+/, 'no-uuid')
    const answer = await app.inject({ method, url, headers: local })
    if (route.caller === 'anyone') expect(answer.statusCode, name).not.toBe(401)
    else expect([answer.statusCode, answer.json().code], name).toEqual([401, 'sign_in_needed'])
  }
})

test('routes that cannot be taken back ask for fresh proof', async () => {
  const app = await appOf({
    parts: {
      requireFreshProof: async () => {
        throw new Problem('step_up_needed')
      },
    },
  })
  for (const [name, route] of Object.entries(contract)) {
    if (route.caller !== 'stepped_up') continue
    const [method, url] = name.split(' ') as ['PUT', string]
    const answer = await app.inject({ method, url, headers: { ...local, authorization: `Bearer ${TOKEN}` } })
    expect([answer.statusCode, answer.json().code], name).toEqual([403, 'step_up_needed'])
  }
})

test('a problem is RFC 9457 in the language of the person and holds nothing that was sent', async () => {
  const app = await appOf({})
  const url = '/api/items/marker-0123'
  const headers = { ...local, authorization: `Bearer ${TOKEN}`, 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }
  const answer = await app.inject({ url, headers })
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.json()).toEqual({
    type: 'urn:sotto:problem:bad_request',
    title: '无法理解该请求。',
    status: 400,
    detail: 'params/id',
    code: 'bad_request',
  })
})

test('what nobody expected is answered with a reference alone; the log has its class and place, not its words', async () => {
  const lines: string[] = []
  const app = await appOf({
    lines,
    answers: {
      'GET /api/status': async () => {
        throw new TypeError('secret words of a person')
      },
    },
  })
  const answer = await app.inject({ url: '/api/status', headers: local })
  expect(answer.statusCode).toBe(500)
  expect(answer.json()).toMatchObject({ code: 'internal', detail: expect.stringMatching(/^Reference: [0-9a-f-]{36}$/) })
  expect(answer.body).not.toContain('secret')
  expect(lines.join('')).not.toContain('secret')
  expect(lines.join('')).toMatch(/"problem":"TypeError server\/src\/http\/app\.test\.ts:\d+"/)
})

test('the log holds the template of a route: no id, address, agent or query', async () => {
  const lines: string[] = []
  const app = await appOf({ lines })
  await app.inject({
    url: `/api/items/${visitor.person}?q=searched-words`,
    headers: { ...local, authorization: `Bearer ${TOKEN}`, 'user-agent': 'marker-agent' },
    remoteAddress: '127.9.9.9',
  })
  const log = lines.join('')
  expect(log).toContain('"/api/items/:id"')
  for (const word of [visitor.person, 'searched-words', 'marker-agent', '127.9.9.9', TOKEN])
    expect(log).not.toContain(word)
})

test('every answer carries the headers of isolation; a studio reached by HTTPS asks for HTTPS from then on', async () => {
  const here = await appOf({})
  for (const url of ['/', '/healthz', '/api/status', '/nowhere', '/%zz']) {
    const { headers } = await here.inject({ url, headers: local })
    expect(headers['content-security-policy'], url).toMatch(/^default-src 'none'/)
    expect(headers['content-security-policy'], url).not.toMatch(/https?:|unsafe-inline|'unsafe-eval'|\*/)
    expect(headers['cross-origin-opener-policy'], url).toBe('same-origin')
    expect(headers['cross-origin-embedder-policy'], url).toBe('require-corp')
    expect(headers['cross-origin-resource-policy'], url).toBe('same-origin')
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['permissions-policy'], url).toContain('microphone=(self)')
    expect(headers['strict-transport-security'], url).toBeUndefined()
  }
  const operator = { SOTTO_OPERATOR_NAME: 'a', SOTTO_OPERATOR_OFFICER: 'b', SOTTO_OPERATOR_CONTACT: 'c@d.example' }
  const there = await appOf({
    environment: { SOTTO_ORIGIN: 'https://studio.example', SOTTO_TRUST_PROXY: 'on', ...operator },
  })
  const { headers } = await there.inject({ url: '/healthz', headers: { host: 'studio.example' } })
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{7,}/)
})

test('the doors stand before every route, pages and probes too', async () => {
  const app = await appOf({})
  for (const url of ['/', '/healthz', '/readyz', '/hostz', '/api/openapi.json', '/api/status', '/nowhere']) {
    const answer = await app.inject({ url, headers: { host: 'evil.example' } })
    expect([answer.statusCode, answer.json().code], url).toEqual([421, 'host_not_allowed'])
  }
})

test('a body that is too large or no JSON is a named problem', async () => {
  const app = await appOf({})
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/api/session/guest', headers: { ...local, 'content-type': type }, payload })
  expect((await post('{')).json().code).toBe('bad_request')
  expect((await post('x', 'text/html')).json().code).toBe('unsupported_type')
  expect((await post(`"${'x'.repeat(300_000)}"`)).json().code).toBe('too_large')
})

test('readiness says when the database is away', async () => {
  const away = async () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  }
  const app = await appOf({ parts: { ready: away } })
  expect((await app.inject({ url: '/healthz', headers: local })).statusCode).toBe(200)
  const answer = await app.inject({ url: '/readyz', headers: local })
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'database_unavailable'])
})

test('once the server closes, event streams are told so', async () => {
  const app = await appOf({})
  expect(app.closing.aborted).toBe(false)
  await app.close()
  expect(app.closing.aborted).toBe(true)
})
