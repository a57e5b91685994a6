/** Fetching models because a person asked: from a mirror on this machine, which a test plays. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { place } from '../../testing/studio.ts'
import { somebody } from '../../testing/work.ts'

let answer: RequestListener = (_, response) => response.writeHead(404).end()
const asked: { url: string; headers: Record<string, unknown> }[] = []
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers })
  answer(request, response)
})
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(
  () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
)
const mirror = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/models`

type Model = { id: string; here: boolean; fetching: object | null; problem: string | null }

test('nothing is fetched by itself; asked for, its failure is said, and stopping it lets go', async () => {
  await using here = await place('embedded', { SOTTO_MODEL_MIRROR: mirror() })
  await using studio = await here.open()
  const { me } = await somebody(studio)
  const list = async () => (await me.call('GET /api/models/translation')).body as { fetch: boolean; models: Model[] }
  const one = async () => (await list()).models.find(({ id }) => id === 'translate-en-fr') as Model
  expect(await list()).toMatchObject({ fetch: true })
  expect(await one()).toMatchObject({
    bytes: 25_752_472,
    licence: 'MPL-2.0',
    host: new URL(mirror()).host,
    here: false,
    fetching: null,
    problem: null,
  })
  const ways = (await me.call('GET /api/translations/ways', { query: { from: 'en' } })).body
  expect(ways).toContainEqual(
    expect.objectContaining({ to: 'fr', state: 'downloadable', missing: ['translate-en-fr'], bytes: 25_752_472 }),
  )
  expect(asked).toEqual([])

  // Not there: said by its name in the catalogue; asking again tries again.
  const ended = async () => {
    for (;;) {
      const now = await one()
      if (now.fetching === null) return now
      await new Promise(setImmediate)
    }
  }
  const params = { model: 'translate-en-fr' }
  expect((await me.call('POST /api/models/translation/:model', { params })).status).toBe(200)
  expect(await ended()).toMatchObject({ here: false, problem: 'download_failed' })
  expect(asked[0]?.url).toBe('/models/base-memory/enfr/lex.50.50.enfr.s2t.bin.gz')
  // Nothing of the person goes with it.
  expect(Object.keys(asked[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['cookie']))
  expect(JSON.stringify(asked)).not.toContain('sotto-session')

  // Under way: what has come is told; stopped, it ends without a complaint.
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': '2297334' })
    response.write(Buffer.alloc(1000), () => resolve())
  }
  expect((await me.call('POST /api/models/translation/:model', { params })).body).toMatchObject({ problem: null })
  await begun
  expect((await one()).fetching).toMatchObject({ total: 25_752_472 })
  const stopped = await me.call('DELETE /api/models/translation/:model', { params })
  expect(stopped.body).toMatchObject({ fetching: null, here: false, problem: null })
})

test('where the host has switched fetching off it is refused, and the page is told so', async () => {
  await using here = await place('embedded', { SOTTO_MODEL_FETCH: 'off' })
  await using studio = await here.open()
  const { me } = await somebody(studio)
  expect((await me.call('GET /api/models/translation')).body.fetch).toBe(false)
  const refused = await me.call('POST /api/models/translation/:model', { params: { model: 'translate-en-fr' } })
  expect(refused.body).toMatchObject({ code: 'fetch_off', status: 403 })
})
