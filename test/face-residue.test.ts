/** A server killed in the middle of a face job: no picture, no points on any disk, then or after the restart (C264, C269). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { client } from '@sotto/server/client'
import { expect, test } from 'vitest'
import { home, startServer } from './crash/server-process.ts'
import { directoriesOf, traces } from './residue/traces.ts'

const picture = readFileSync(join(import.meta.dirname, '..', 'media', 'fixtures', 'faces', 'astronaut.jpg'))
const base64 = picture.toString('base64')
const needles = [
  ...[3000, 20_000, 50_000, 70_000].map((at) => picture.subarray(at, at + 40)),
  ...[3000, 40_000, 90_000].map((at) => Buffer.from(base64.slice(at, at + 60))),
  Buffer.from('"faces":[{'),
  // What only a film that was made here has.
  Buffer.from('c2pa.hash.bmff'),
]

type Api = ReturnType<typeof client>

/** A browser of its own, with the notice read. */
async function visitor(address: string, jar: { cookie?: string } = {}): Promise<Api> {
  return client({
    origin: address,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      if (jar.cookie) headers.set('cookie', jar.cookie)
      headers.set('origin', address)
      const answer = await fetch(url, { ...init, headers })
      const set = answer.headers.getSetCookie()[0]
      if (set) jar.cookie = set.split(';', 1)[0] as string
      return answer
    },
  })
}

async function agreed(api: Api): Promise<void> {
  const printed = await api.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  // The client reads JSON where it comes as such.
  const { version, hash } = (printed instanceof Response ? await printed.json() : printed) as {
    version: string
    hash: string
  }
  const notice = { version, hash, locale: 'en' as const }
  await api.call('POST /api/session/guest', { body: { notice } })
  await api.call('PUT /api/consents/:setting', { params: { setting: 'faces' }, body: { on: true, notice } })
}

/** Where any of the needles lies: data, database with its log, keys, logs, temporary files. */
async function look(place: Awaited<ReturnType<typeof home>>, more: readonly Buffer[] = []): Promise<string[]> {
  const found: string[] = []
  for await (const { where, bytes } of traces(place, await directoriesOf(place)))
    for (const needle of [...needles, ...more]) if (bytes.includes(needle)) found.push(where)
  return found
}

test('kill -9 in the middle: nothing of the face anywhere, and the job is gone after the restart', async () => {
  await using place = await home('embedded')
  let server = await startServer(place)
  const jar = {}
  const api = await visitor(server.address, jar)
  await agreed(api)
  const { id } = await api.call('POST /api/faces', { body: { picture: base64 } })
  expect(await look(place)).toEqual([])
  await server.kill()
  expect(await look(place)).toEqual([])
  server = await startServer(place)
  const again = await visitor(server.address, jar)
  await expect(again.call('POST /api/faces/:id/points', { params: { id } })).rejects.toMatchObject({
    problem: { status: 404 },
  })
  expect(await look(place)).toEqual([])
  await server.stop()
})

test('a clip: nothing of the selfie or the film on any disk, during, after, killed in the middle, after the restart', async () => {
  await using place = await home('embedded')
  let server = await startServer(place)
  const jar = {}
  const me = await visitor(server.address, jar)
  await agreed(me)
  const other = await visitor(server.address)
  await agreed(other)
  const order = { picture: base64, template: 'summit' }
  const ended = async (api: Api, id: string, until: (said: { ready: boolean; progress: object | null }) => boolean) => {
    for (;;) {
      const said = await api.call('GET /api/faces/:id', { params: { id } })
      if (said.destroyed_at !== null || until(said)) return said
      await new Promise((next) => setTimeout(next, 50))
    }
  }
  const first = await me.call('POST /api/faces/clips', { body: order })
  expect((await ended(me, first.id, ({ progress }) => progress !== null)).destroyed_at).toBeNull()
  expect(await look(place)).toEqual([])
  const answer = (await me.call('POST /api/faces/:id/clip', { params: { id: first.id } })) as Response
  const film = Buffer.from(await answer.arrayBuffer())
  expect(film.includes('c2pa.hash.bmff')).toBe(true)
  const parts = [0.4, 0.6, 0.8].map((part) => film.subarray(Math.floor(film.length * part)).subarray(0, 40))
  expect(await look(place, parts)).toEqual([])
  // Once, and to the one person.
  await expect(me.call('POST /api/faces/:id/clip', { params: { id: first.id } })).rejects.toMatchObject({
    problem: { status: 410 },
  })
  await expect(other.call('POST /api/faces/:id/clip', { params: { id: first.id } })).rejects.toMatchObject({
    problem: { status: 404 },
  })
  expect(await me.call('GET /api/faces/:id', { params: { id: first.id } })).toMatchObject({ ended: 'delivered' })
  // Given up by the person.
  const second = await me.call('POST /api/faces/clips', { body: order })
  await me.call('DELETE /api/faces/:id', { params: { id: second.id } })
  expect(await me.call('GET /api/faces/:id', { params: { id: second.id } })).toMatchObject({ ended: 'cancelled' })
  // Killed in the middle.
  const third = await me.call('POST /api/faces/clips', { body: order })
  await ended(me, third.id, ({ progress }) => progress !== null)
  await server.kill()
  expect(await look(place, parts)).toEqual([])
  server = await startServer(place)
  const again = await visitor(server.address, jar)
  await expect(again.call('POST /api/faces/:id/clip', { params: { id: third.id } })).rejects.toMatchObject({
    problem: { status: 404 },
  })
  expect(await look(place, parts)).toEqual([])
  await server.stop()
})
