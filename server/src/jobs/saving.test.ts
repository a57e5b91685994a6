/** Words as documents, tags in sound, and a film with its words as subtitles, through the routes. */
import { decodeAll, memorySource, probe } from '@sotto/media'
import { goodFile } from '@sotto/media/testing/files'
import { expect, test } from 'vitest'
import { addSound, place } from '../../testing/studio.ts'
import { beginUpload, sendPart } from '../../testing/upload.ts'
import { visit } from '../../testing/visit.ts'
import { studioApp } from '../http/server.ts'
import { openLog } from '../log.ts'
import { insertRecord } from '../vault/record.ts'

const words = [
  { start: 0.2, end: 0.6, text: 'Good' },
  { start: 0.7, end: 1.2, text: '早上好。' },
]
const segments = [{ start: 0.2, end: 1.2, text: 'Good 早上好。', words }]

test('docx and pdf of the words; tags that were given; a film with subtitles', async () => {
  await using here = await place()
  await using studio = await here.open()
  const app = await studioApp(studio, { log: openLog('silent') })
  const me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  await me.call('POST /api/session/guest', { body: { notice } })
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string
  const item = async (id: string) => (await me.call('GET /api/items/:id', { params: { id } })).body
  const until = async (what: () => Promise<boolean>) => {
    while (!(await what())) {
      const { promise, resolve } = Promise.withResolvers<void>()
      using _listening = studio.hub.listen(person, () => resolve())
      if (await what()) return
      await promise
    }
  }
  const film = Buffer.from(goodFile('mp4'))
  const url = await beginUpload(app, me, film.length, 'film')
  await sendPart(app, me, url, 0, film)
  const id = (await me.call('GET /api/items')).body[0].id as string
  await until(async () => (await item(id)).state === 'ready')
  const job = async (of: string, request: Record<string, unknown>) => {
    const asked = await me.call('POST /api/items/:id/jobs', { params: { id: of }, body: request })
    if (asked.status !== 200) return asked.body
    const now = async () => (await me.call('GET /api/jobs/:id', { params: { id: asked.body.id } })).body
    await until(async () => (await now()).ended_at !== null)
    return now()
  }
  expect(await job(id, { operation: 'subtitle' })).toMatchObject({ code: 'words_missing' })
  await insertRecord(studio.db, studio.keys, {
    id: crypto.randomUUID(),
    person,
    item: id,
    kind: 'transcript',
    state: 'live',
    created_at: studio.clock(),
    payload: { language: 'en', model: 'base', duration: 2, segments, complete: true },
  })
  for (const [format, magic] of [
    ['docx', 'PK'],
    ['pdf', '%PDF-'],
  ] as const) {
    const file = await me.call('GET /api/items/:id/words', { params: { id }, query: { format } })
    expect(file.status).toBe(200)
    expect(file.raw.subarray(0, magic.length).toString('latin1')).toBe(magic)
    expect(file.headers['content-disposition']).toContain(`.${format}"`)
  }
  const subtitled = await job(id, { operation: 'subtitle', name: 'With words' })
  expect(subtitled).toMatchObject({ state: 'done' })
  await until(async () => (await item(subtitled.result)).state === 'ready')
  expect(await item(subtitled.result)).toMatchObject({ name: 'With words', media: 'video' })
  const made = await me.call('GET /api/items/:id/media', { params: { id: subtitled.result } })
  const { streams } = await probe(memorySource(new Uint8Array(made.raw)))
  expect(streams.map(({ type }) => type).sort()).toEqual(['audio', 'subtitle', 'video'])

  // Of a film, cut by its words, there is a film, and as much shorter.
  const cut = await job(id, {
    operation: 'cut',
    keep: [
      [0, 0.5],
      [1, 2],
    ],
    format: 'mp4',
  })
  await until(async () => (await item(cut.result)).state === 'ready')
  expect(await item(cut.result)).toMatchObject({ media: 'video' })
  expect(Math.abs((await item(cut.result)).duration - 1.5)).toBeLessThan(0.15)

  const sound = await addSound(studio, person, 1)
  await until(async () => (await item(sound)).state === 'ready')
  const tagged = await job(sound, {
    operation: 'convert',
    format: 'mp3',
    tags: { title: 'A talk', date: '2026-11-23' },
  })
  const file = await me.call('GET /api/items/:id/media', { params: { id: tagged.result } })
  expect(file.raw.includes('A talk')).toBe(true)
  expect((await decodeAll(memorySource(new Uint8Array(file.raw)))).rate).toBeGreaterThan(0)
  expect(await job(sound, { operation: 'cut', keep: [[0, 0.5]], format: 'mp4' })).toMatchObject({
    state: 'failed',
    problem: 'media_bad_request',
  })
})
