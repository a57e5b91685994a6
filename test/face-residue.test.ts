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
]

test('kill -9 in the middle: nothing of the face anywhere, and the job is gone after the restart', async () => {
  await using place = await home('embedded')
  let server = await startServer(place)
  const talk = async () => {
    const jar: { cookie?: string } = {}
    const api = client({
      origin: server.address,
      fetch: async (url, init) => {
        const headers = new Headers(init?.headers)
        if (jar.cookie) headers.set('cookie', jar.cookie)
        headers.set('origin', server.address)
        const answer = await fetch(url, { ...init, headers })
        const set = answer.headers.getSetCookie()[0]
        if (set) jar.cookie = set.split(';', 1)[0] as string
        return answer
      },
    })
    return { api, jar }
  }
  const { api, jar } = await talk()
  const printed = (await api.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })) as unknown as {
    version: string
    hash: string
  } & Response
  const seen =
    'hash' in printed && printed.hash ? printed : ((await printed.json()) as { version: string; hash: string })
  const notice = { version: seen.version, hash: seen.hash, locale: 'en' as const }
  await api.call('POST /api/session/guest', { body: { notice } })
  await api.call('PUT /api/consents/:setting', { params: { setting: 'faces' }, body: { on: true, notice } })
  const { id } = await api.call('POST /api/faces', { body: { picture: base64 } })
  const look = async (): Promise<string[]> => {
    const found: string[] = []
    for await (const { where, bytes } of traces(place, await directoriesOf(place)))
      for (const needle of needles) if (bytes.includes(needle)) found.push(where)
    return found
  }
  expect(await look()).toEqual([])
  await server.kill()
  expect(await look()).toEqual([])
  server = await startServer(place)
  const again = await talk()
  if (jar.cookie) again.jar.cookie = jar.cookie
  await expect(again.api.call('POST /api/faces/:id/points', { params: { id } })).rejects.toMatchObject({
    problem: { status: 404 },
  })
  expect(await look()).toEqual([])
  await server.stop()
})
