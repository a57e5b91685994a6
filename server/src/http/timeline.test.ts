/** The timeline, on both databases, through the routes: kept, heard, saved, and gone with its item. */
import { decodeAll, memorySource } from '@sotto/media'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addSound, notice, place } from '../../testing/studio.ts'
import { visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import { studioApp } from './server.ts'

async function until(studio: Studio, person: string, what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, () => resolve())
    if (await what()) return
    await promise
  }
}

/** Somebody with sounds of 3 and 2 seconds, over the routes. */
async function somebody(studio: Studio) {
  const app = await studioApp(studio, { log: openLog('silent') })
  const me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  await me.call('POST /api/session/guest', {
    body: { notice: { version: body.version, hash: body.hash, locale: 'en' } },
  })
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string
  const [voice, other] = [await addSound(studio, person, 3), await addSound(studio, person, 2)]
  const item = async (id: string) => (await me.call('GET /api/items/:id', { params: { id } })).body
  for (const id of [voice, other]) await until(studio, person, async () => (await item(id)).state === 'ready')
  const params = { id: voice }
  const get = async () => (await me.call('GET /api/items/:id/timeline', { params })).body
  const put = (body: unknown) => me.call('PUT /api/items/:id/timeline', { params, body })
  const hear = (body: unknown) => me.call('POST /api/items/:id/timeline/stretch', { params, body })
  const clip = { source: 1, from: 0.25, to: 1.75, at: 1, fadeIn: 0.2 }
  const tracks = [
    { role: 'voice', clips: [{ source: 0, from: 0, to: 3, at: 0 }] },
    { role: 'effects', clips: [clip], pan: 0.5, gain: -6 },
    {
      role: 'background',
      clips: [{ source: 'room', from: 0, to: 4, at: 0, length: 4 }],
      duck: { depth: 9, attack: 0.2, release: 0.4 },
    },
  ]
  return {
    me,
    person,
    voice,
    other,
    item,
    params,
    get,
    put,
    hear,
    kept: { items: [voice, other], tracks, loudness: -16 },
  }
}

describe.each(sorts)('a timeline on %s', (sort) => {
  test('begins as the whole item, is kept as it is put, and of two who started from one revision one wins', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { voice, get, put, kept } = await somebody(studio)
    const first = await get()
    expect(first).toMatchObject({ revision: 0, items: [voice], tracks: [{ role: 'voice' }], loudness: null })
    expect(first.tracks[0].clips[0]).toMatchObject({ source: 0, from: 0, at: 0 })
    expect(first.tracks[0].clips[0].to).toBeCloseTo(3, 3)
    const both = await Promise.all([put({ revision: 0, ...kept }), put({ revision: 0, ...kept, loudness: null })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'edit_conflict' })
    expect(await get()).toEqual(both.find(({ status }) => status === 200)?.body)
    expect((await put({ revision: 1, ...kept })).body).toEqual({ revision: 2, ...kept })
    expect(await get()).toEqual({ revision: 2, ...kept })
    const bare = { items: [voice], tracks: [{ role: 'voice', clips: [] }], loudness: null }
    expect((await put({ revision: 2, ...bare })).status).toBe(200)
    expect(await get()).toEqual({ revision: 3, ...bare })
  })

  test("another's recording, one that is none, one twice, and tracks that make no sense are not kept", async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { voice, other, get, put, kept } = await somebody(studio)
    const stranger = await studio.persons.create(notice)
    const theirs = await addSound(studio, stranger, 1)
    for (const items of [
      [voice, theirs],
      [voice, crypto.randomUUID()],
    ])
      expect((await put({ revision: 0, ...kept, items })).body).toMatchObject({ code: 'not_found' })
    for (const items of [[voice, voice], [other, voice], [other], [voice]])
      expect((await put({ revision: 0, ...kept, items })).body).toMatchObject({ code: 'bad_request' })
    const backwards = [{ role: 'voice', clips: [{ source: 0, from: 2, to: 1, at: 0 }] }]
    expect((await put({ revision: 0, ...kept, tracks: backwards })).status).toBe(400)
    expect((await get()).revision).toBe(0)
  })

  test('what is heard in stretches is what the job saves; alone, one track is what is heard', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, voice, item, params, put, hear, kept } = await somebody(studio)
    await put({ revision: 0, ...kept, loudness: null })
    const samples = async (said: Awaited<ReturnType<typeof hear>>) => decodeAll(memorySource(new Uint8Array(said.raw)))
    const parts = [await hear({ revision: 1, from: 0, to: 1.5 }), await hear({ revision: 1, from: 1.5, to: 60 })]
    for (const part of parts) expect(part).toMatchObject({ status: 200, headers: { 'content-type': 'audio/flac' } })
    const [begin, rest] = [await samples(parts[0] as never), await samples(parts[1] as never)]
    const asked = await me.call('POST /api/items/:id/jobs', {
      params,
      body: { operation: 'arrange', items: kept.items, tracks: kept.tracks, format: 'flac', name: 'Arranged' },
    })
    const state = async () => (await me.call('GET /api/jobs/:id', { params: { id: asked.body.id } })).body
    await until(studio, person, async () => (await state()).ended_at !== null)
    const { result } = await state()
    await until(studio, person, async () => (await item(result)).state === 'ready')
    expect(await item(result)).toMatchObject({ name: 'Arranged', made_from: { item: voice, operation: 'arrange' } })
    const saved = await decodeAll(
      memorySource(new Uint8Array((await me.call('GET /api/items/:id/media', { params: { id: result } })).raw)),
    )
    expect(saved.rate).toBe(begin.rate)
    for (const side of [0, 1]) {
      const heard = [...(begin.channels[side] ?? []), ...(rest.channels[side] ?? [])]
      const whole = saved.channels[side] as Float32Array
      expect(heard).toHaveLength(whole.length)
      // 16 bits against 24.
      expect(heard.reduce((most, value, i) => Math.max(most, Math.abs(value - (whole[i] ?? 9))), 0)).toBeLessThan(1e-4)
    }
    const alone = await samples(await hear({ revision: 1, from: 0, to: 0.9, solo: [1] }))
    expect(alone.channels.every((channel) => channel.every((value) => value === 0))).toBe(true)
  })

  test('a stretch of another revision, too long, of nothing, or with a recording that was erased is none', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, other, put, hear, kept } = await somebody(studio)
    await put({ revision: 0, ...kept })
    expect((await hear({ revision: 0, from: 0, to: 1 })).body).toMatchObject({ code: 'edit_conflict' })
    expect((await hear({ revision: 1, from: 0, to: 61 })).body).toMatchObject({ code: 'bad_request' })
    expect((await hear({ revision: 1, from: 1, to: 1 })).body).toMatchObject({ code: 'bad_request' })
    expect((await hear({ revision: 1, from: 50, to: 51 })).status).toBe(422)
    expect((await me.call('DELETE /api/items/:id', { params: { id: other } })).status).toBe(200)
    expect((await hear({ revision: 1, from: 0, to: 1 })).body).toMatchObject({ code: 'not_found' })
  })

  test('is told of and copied, and erased with its item (C209)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, voice, put, kept } = await somebody(studio)
    await put({ revision: 0, ...kept })
    const held = (await me.call('GET /api/privacy/held')).body as { kind: string; count: number }[]
    expect(held.find(({ kind }) => kind === 'timeline')?.count).toBe(1)
    expect((await me.call('GET /api/privacy/copy')).text).toContain('"timeline"')
    const { body } = await me.call('DELETE /api/items/:id', { params: { id: voice } })
    expect((body.checks as { found: number }[]).every(({ found }) => found === 0)).toBe(true)
    const rows = studio.db.selectFrom('record').select('id').where('person', '=', person).where('kind', '=', 'timeline')
    expect(await rows.execute()).toEqual([])
  })
})
