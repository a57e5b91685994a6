/**
 * Recordings translated and dubbed, over the routes and in media children. Text is translated by the stand-in of the engine (a
 * Marian transformer of random numbers): it proves the way, not the words.
 */
import { mkdir } from 'node:fs/promises'
import { memorySource, probe } from '@sotto/media'
import { goodFile } from '@sotto/media/testing/files'
import { installOwn, standin } from '@sotto/media/translation/testing'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addSound, type Place, place } from '../../testing/studio.ts'
import { beginUpload, sendPart } from '../../testing/upload.ts'
import { somebody, until } from '../../testing/work.ts'
import type { Studio } from '../studio.ts'
import { insertRecord } from '../vault/record.ts'
import type { Happening } from './hub.ts'

interface Segment {
  readonly id: string
  readonly text: string
  readonly source: string
  readonly start: number
  readonly spoken: { take: string; tempo: number; over: number } | null
}

const said = (start: number, end: number, text: string) => ({ start, end, text, words: [{ start, end, text }] })

async function withWords(studio: Studio, person: string, item: string, language: string, seconds: readonly number[]) {
  const segments = seconds.map((start, index) => said(start, start + 0.5, `Sentence ${index}.`))
  const payload = { language, model: 'base', duration: 10, segments, complete: true }
  const row = { id: crypto.randomUUID(), person, item, kind: 'transcript', state: 'live' } as const
  await insertRecord(studio.db, studio.keys, { ...row, created_at: studio.clock(), payload })
}

async function withStandin({ config }: Place): Promise<void> {
  await mkdir(config.models, { recursive: true })
  installOwn([standin('en', 'fr', 'http://models.invalid')], config.models)
}

describe.each(sorts)('translating on %s', (sort) => {
  test('sentence by sentence beside their source; one done anew changes no other; without models it says what is missing, and nothing is lost (C52)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, item, agree, done } = await somebody(studio)
    const id = await addSound(studio, person, 8)
    await until(studio, person, async () => (await item(id)).state === 'ready')
    const params = { id }
    const ask = (to: string) => me.call('POST /api/items/:id/translations', { params, body: { to } })
    expect((await ask('fr')).body).toMatchObject({ code: 'consent_needed', purpose: 'translate' })
    await agree('translating')
    await agree('speaking')
    expect((await ask('fr')).body.code).toBe('words_missing')
    await withWords(studio, person, id, 'en', [0.5, 3, 5])
    expect((await ask('fr')).body).toMatchObject({ code: 'translation_missing', status: 503 })
    expect((await ask('en')).status).toBe(400)
    expect((await me.call('GET /api/items/:id/translations', { params })).body).toEqual([])

    await withStandin(here)
    const begun = (await ask('fr')).body
    expect(begun).toMatchObject({ mode: 'dub', item: id, from: 'en', language: 'fr', original: -18 })
    expect(await done(begun.jobs[0].id)).toMatchObject({ state: 'done', operation: 'translate' })
    const dubbing = async () => (await me.call('GET /api/speech/:id', { params: { id: begun.id } })).body
    const first = await dubbing()
    expect(first).toMatchObject({ engine: 'bergamot', quality: 'unrated' })
    const sentences = first.segments as Segment[]
    expect(sentences.map(({ source, start }) => [source, start])).toEqual([
      ['Sentence 0.', 0.5],
      ['Sentence 1.', 3],
      ['Sentence 2.', 5],
    ])
    expect(sentences.every(({ text }) => text !== '')).toBe(true)

    // Written by hand: the others are as they were, and asking again leaves it; asked for anew, it is the machine's again.
    const write = async (text: string) => {
      const { revision, segments } = await dubbing()
      const [one] = segments as Segment[]
      const body = { revision, voice: 'espeak-fr', segments: [{ id: one?.id, text }] }
      return me.call('PUT /api/speech/:id', { params: { id: begun.id }, body })
    }
    const written = (await write('Bonjour.')).body
    expect((written.segments as Segment[]).map(({ text }) => text)).toEqual([
      'Bonjour.',
      sentences[1]?.text,
      sentences[2]?.text,
    ])
    expect(await done((await ask('fr')).body.jobs[0].id)).toMatchObject({ state: 'done' })
    expect(((await dubbing()).segments as Segment[])[0]?.text).toBe('Bonjour.')
    const work = async (body: Record<string, unknown>) =>
      done((await me.call('POST /api/speech/:id/jobs', { params: { id: begun.id }, body })).body.id)
    expect(await work({ operation: 'translate', only: [sentences[0]?.id] })).toMatchObject({ state: 'done' })
    expect(((await dubbing()).segments as Segment[]).map(({ text }) => text)).toEqual(sentences.map(({ text }) => text))

    // Spoken, each at its place; one said otherwise is spoken alone.
    await write('Bonjour.')
    expect(await work({ operation: 'speak' })).toMatchObject({ state: 'done' })
    const spoken = (await dubbing()).segments as Segment[]
    expect(spoken.every((one) => one.spoken !== null)).toBe(true)
    await write('Ceci est une phrase beaucoup trop longue pour la place, et de loin, vraiment, comme on le voit.')
    await work({ operation: 'speak' })
    const again = (await dubbing()).segments as Segment[]
    expect(again[0]?.spoken).toMatchObject({ tempo: 1.35 })
    expect(again[0]?.spoken?.over).toBeGreaterThan(0)
    expect(again.slice(1)).toEqual(spoken.slice(1))
    const saved = await work({ operation: 'dub', format: 'mp3' })
    expect(saved).toMatchObject({ state: 'done' })
    await until(studio, person, async () => (await item(saved.result)).state === 'ready')
    expect(await item(saved.result)).toMatchObject({ media: 'sound', made_from: { item: id, operation: 'dub' } })
    // As long as the recording, or longer where the last sentence is.
    expect((await item(saved.result)).duration).toBeGreaterThan(7.9)
    const { segments } = (await me.call('GET /api/items/:id/transcript', { params: { id: saved.result } })).body
    expect(segments.map(({ start }: { start: number }) => start)).toEqual([0.5, 3, 5])
    for (const [of, words] of [
      ['source', 'Sentence 1.'],
      ['translation', 'Ceci est'],
    ] as const) {
      const asked = { params: { id: begun.id }, query: { of, format: 'srt' } }
      expect((await me.call('GET /api/speech/:id/words', asked)).text).toContain(words)
    }
    // With the recording all of its dubbing goes; what was saved stays.
    expect((await me.call('DELETE /api/items/:id', { params })).status).toBe(200)
    expect((await me.call('GET /api/speech/:id', { params: { id: begun.id } })).status).toBe(404)
    expect((await studio.keys.ids(person)).toSorted()).toEqual([person, saved.result].toSorted())
  })

  test('Translating switched off while it goes on: it is over when that is answered, and goes on later where it was (C85, C215)', async () => {
    await using here = await place(sort)
    await withStandin(here)
    await using studio = await here.open()
    const { me, person, item, agree, done } = await somebody(studio)
    const seen = await agree('translating')
    const id = await addSound(studio, person, 2)
    await until(studio, person, async () => (await item(id)).state === 'ready')
    await withWords(
      studio,
      person,
      id,
      'en',
      Array.from({ length: 200 }, (_, index) => index),
    )
    const { promise: begun, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, (h: Happening) => {
      if (h.type === 'job' && h.job.kind === 'translate' && h.job.stage === 'translate') resolve()
    })
    const asked = await me.call('POST /api/items/:id/translations', { params: { id }, body: { to: 'fr' } })
    const job = asked.body.jobs[0].id as string
    await begun
    const off = { params: { setting: 'translating' }, body: { on: false, notice: seen } }
    expect((await me.call('PUT /api/consents/:setting', off)).status).toBe(200)
    expect((await me.call('GET /api/jobs/:id', { params: { id: job } })).body).toMatchObject({
      state: 'refused',
      problem: 'consent_withdrawn',
    })
    const params = { id: asked.body.id as string }
    const left = (await me.call('GET /api/speech/:id', { params })).body.segments as Segment[]
    expect(left).toHaveLength(200)
    await agree('translating')
    const again = await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'translate' } })
    expect(await done(again.body.id)).toMatchObject({ state: 'done' })
    const all = (await me.call('GET /api/speech/:id', { params })).body.segments as Segment[]
    expect(all.every(({ text }) => text !== '')).toBe(true)
    for (const [index, { text }] of left.entries()) if (text !== '') expect(all[index]?.text).toBe(text)
  })
})

test('a film keeps its pictures and gets both languages as subtitles', async () => {
  await using here = await place()
  await withStandin(here)
  await using studio = await here.open()
  const { app, me, person, item, agree, done } = await somebody(studio)
  await agree('translating')
  await agree('speaking')
  const film = Buffer.from(goodFile('mp4'))
  const url = await beginUpload(app, me, film.length, 'film')
  await sendPart(app, me, url, 0, film)
  const id = (await me.call('GET /api/items')).body[0].id as string
  await until(studio, person, async () => (await item(id)).state === 'ready')
  await withWords(studio, person, id, 'en', [0.2])
  const { body } = await me.call('POST /api/items/:id/translations', { params: { id }, body: { to: 'fr' } })
  await done(body.jobs[0].id)
  const params = { id: body.id as string }
  const { revision, segments } = (await me.call('GET /api/speech/:id', { params })).body
  const change = { revision, voice: 'espeak-fr', segments: [{ id: segments[0].id, text: 'Bonjour.' }] }
  await me.call('PUT /api/speech/:id', { params, body: change })
  const asked = await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'dub', format: 'mp4' } })
  const made = await done(asked.body.id)
  expect(made).toMatchObject({ state: 'done' })
  await until(studio, person, async () => (await item(made.result)).state === 'ready')
  const bytes = new Uint8Array((await me.call('GET /api/items/:id/media', { params: { id: made.result } })).raw)
  const [was, is] = [await probe(memorySource(new Uint8Array(film))), await probe(memorySource(bytes))]
  const picture = ({ streams }: typeof was) => streams.find(({ type }) => type === 'video')
  expect(picture(is)).toEqual(picture(was))
  expect(is.streams.filter(({ type }) => type === 'subtitle')).toHaveLength(2)
  for (const words of ['Bonjour.', 'Sentence 0.', 'Synthetic speech'])
    expect(Buffer.from(bytes).includes(words), words).toBe(true)
})
