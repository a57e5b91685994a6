/** A database that goes away and comes back: clear answers meanwhile, nothing acknowledged lost, nobody's hands needed. */
import { once } from 'node:events'
import { openLog, type Studio, studioApp } from '@sotto/server'
import { addSound, type Place, place } from '@sotto/server/testing/studio'
import { type Visit, visit } from '@sotto/server/testing/visit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Postgres, startPostgres } from './postgres.ts'

let postgres: Postgres | undefined
let here: Place
let studio: Studio
let app: Awaited<ReturnType<typeof studioApp>>

beforeAll(async () => {
  postgres = await startPostgres()
  if (!postgres && process.env.CI) throw new Error('PostgreSQL is not installed')
  if (!postgres) return
  here = await place('embedded', { DATABASE_URL: postgres.url })
  studio = await here.open()
  app = await studioApp(studio, { log: openLog('silent') })
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
  await postgres?.stop()
})

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await once(AbortSignal.timeout(100), 'abort')
}

test('while it is away everything says so; when it is back everything is there, and jobs go on', async (context) => {
  if (!postgres) return context.skip()
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  const me: Visit = visit(app)
  expect((await me.call('POST /api/session/guest', { body: { notice } })).status).toBe(200)
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string

  await postgres.pause()
  for (const said of [await me.call('GET /api/items'), await me.call('GET /api/me')])
    expect(said).toMatchObject({ status: 503, body: { code: 'database_unavailable' } })
  expect((await app.inject({ url: '/readyz', headers: { host: '127.0.0.1:4170' } })).statusCode).toBe(503)
  expect((await app.inject({ url: '/healthz', headers: { host: '127.0.0.1:4170' } })).statusCode).toBe(200)

  await postgres.resume()
  await until(async () => (await me.call('GET /api/me')).status === 200)
  expect((await me.call('GET /api/me')).body.handle).toBe(handle)
  // The worker has come back too: what comes in is prepared.
  const item = await addSound(studio, person, 2)
  await until(async () => (await me.call('GET /api/items/:id', { params: { id: item } })).body.state === 'ready')
})
