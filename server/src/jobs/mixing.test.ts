/** Mixing, joining, previews and versions, on both databases, through the routes. */
import { decodeAll, memorySource } from '@sotto/media'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addSound, notice, place } from '../../testing/studio.ts'
import { visit } from '../../testing/visit.ts'
import { studioApp } from '../http/server.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import type { Happening } from './hub.ts'

async function until(studio: Studio, person: string, what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, () => resolve())
    if (await what()) return
    await promise
  }
}

/** Somebody with two sounds of 3 and 2 seconds, over the routes. */
async function somebody(studio: Studio) {
  const app = await studioApp(studio, { log: openLog('silent') })
  const me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const seen = { version: body.version, hash: body.hash, locale: 'en' }
  await me.call('POST /api/session/guest', { body: { notice: seen } })
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string
  const [voice, other] = [await addSound(studio, person, 3), await addSound(studio, person, 2)]
  const item = async (id: string) => (await me.call('GET /api/items/:id', { params: { id } })).body
  for (const id of [voice, other]) await until(studio, person, async () => (await item(id)).state === 'ready')
  const job = async (id: string, body: Record<string, unknown>) => {
    const asked = await me.call('POST /api/items/:id/jobs', { params: { id }, body })
    if (asked.status !== 200) return { asked, job: undefined }
    const state = async () => (await me.call('GET /api/jobs/:id', { params: { id: asked.body.id } })).body
    await until(studio, person, async () => (await state()).ended_at !== null)
    return { asked, job: await state() }
  }
  return { app, me, person, voice, other, item, job }
}

describe.each(sorts)('on %s', (sort) => {
  test('a mix of a made sound and of one of my own: a new item that knows how loud both are', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { job, item, voice, other, person } = await somebody(studio)
    for (const bed of ['rain', other]) {
      const done = await job(voice, { operation: 'mix', bed, loudness: -20, name: 'Mixed' })
      expect(done.job).toMatchObject({ state: 'done' })
      const id = done.job?.result as string
      await until(studio, person, async () => (await item(id)).state === 'ready')
      const made = await item(id)
      expect(made).toMatchObject({ name: 'Mixed', media: 'sound', made_from: { item: voice, operation: 'mix' } })
      expect(made.duration).toBeCloseTo(3, 1)
      expect(Math.abs(made.made_from.loudness.after.integrated + 20)).toBeLessThan(0.3)
      expect(made.made_from.loudness.before.integrated).toBeLessThan(0)
    }
  })

  test('several items one after another: joined; what is not mine, or named twice, is refused', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { job, item, voice, other, person } = await somebody(studio)
    const clip = (source: number, to: number, at: number) => ({ source, from: 0, to, at })
    const tracks = [{ role: 'voice', clips: [clip(0, 3, 0), clip(1, 2, 3)] }]
    const done = await job(voice, { operation: 'arrange', items: [voice, other], tracks, format: 'flac' })
    expect(done.job).toMatchObject({ state: 'done' })
    const id = done.job?.result as string
    await until(studio, person, async () => (await item(id)).state === 'ready')
    expect((await item(id)).duration).toBeCloseTo(5, 3)
    const stranger = await studio.persons.create(notice)
    const theirs = await addSound(studio, stranger, 1)
    for (const items of [[voice, theirs], [voice, voice], [other]])
      expect((await job(voice, { operation: 'arrange', items, tracks })).asked.status).toBeGreaterThanOrEqual(400)
    expect((await job(voice, { operation: 'mix', bed: theirs })).asked.body).toMatchObject({ code: 'not_found' })
  })

  test('erasing the background while it is mixed stops the mix; nothing of it stands (C209)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, voice } = await somebody(studio)
    const long = await addSound(studio, person, 240)
    const item = async () => (await me.call('GET /api/items/:id', { params: { id: long } })).body
    await until(studio, person, async () => (await item()).state === 'ready')
    const { promise: running, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, (h: Happening) => {
      if (h.type === 'job' && h.job.kind === 'arrange' && h.job.stage === 'write') resolve()
    })
    const tracks = [
      {
        role: 'voice',
        clips: [
          { source: 0, from: 0, to: 3, at: 0 },
          { source: 1, from: 0, to: 240, at: 3 },
        ],
      },
    ]
    const asked = await me.call('POST /api/items/:id/jobs', {
      params: { id: voice },
      body: { operation: 'arrange', items: [voice, long], tracks, format: 'opus' },
    })
    await running
    const erased = await me.call('DELETE /api/items/:id', { params: { id: long } })
    expect(erased.status).toBe(200)
    const { body: job } = await me.call('GET /api/jobs/:id', { params: { id: asked.body.id } })
    expect(job).toMatchObject({ state: 'cancelled', result: null })
    const { body: left } = await me.call('GET /api/items')
    expect(left.filter((one: { origin: string }) => one.origin === 'made')).toEqual([])
  })

  test('a stretch to listen to is sound, and nothing of it is kept', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, voice } = await somebody(studio)
    const before = (await me.call('GET /api/privacy/held')).body
    const heard = await me.call('POST /api/items/:id/mix', {
      params: { id: voice },
      body: { bed: 'pad', from: 0.5, to: 2 },
    })
    expect(heard.status).toBe(200)
    const sound = await decodeAll(memorySource(new Uint8Array(heard.raw)))
    expect((sound.channels[0]?.length ?? 0) / sound.rate).toBeCloseTo(1.5, 1)
    expect((await me.call('GET /api/privacy/held')).body).toEqual(before)
    const tooLong = { bed: 'pad', from: 0, to: 31 }
    expect((await me.call('POST /api/items/:id/mix', { params: { id: voice }, body: tooLong })).status).toBe(400)
  })

  test('versions: kept as the edit is, listed, erased; an order is saved with the edit', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, voice, other } = await somebody(studio)
    const params = { id: voice }
    const edit = { segments: null, cuts: [[0.5, 1]], order: [[2, 3]] }
    const saved = await me.call('PUT /api/items/:id/edit', { params, body: { revision: 0, ...edit } })
    expect(saved.body).toMatchObject({ revision: 1, ...edit })
    const kept = await me.call('POST /api/items/:id/versions', { params, body: { name: 'First' } })
    expect(kept.body).toMatchObject({ name: 'First', ...edit })
    await me.call('PUT /api/items/:id/edit', { params, body: { revision: 1, segments: null, cuts: [] } })
    expect((await me.call('GET /api/items/:id/edit', { params })).body).toEqual({
      revision: 2,
      segments: null,
      cuts: [],
      order: [],
    })
    expect((await me.call('GET /api/items/:id/versions', { params })).body).toEqual([kept.body])
    const wrong = { id: other, version: kept.body.id }
    expect((await me.call('DELETE /api/items/:id/versions/:version', { params: wrong })).status).toBe(404)
    const right = { ...params, version: kept.body.id }
    expect((await me.call('DELETE /api/items/:id/versions/:version', { params: right })).status).toBe(204)
    expect((await me.call('GET /api/items/:id/versions', { params })).body).toEqual([])
  })
})
