/** Texts spoken, paragraph by paragraph, over the routes, with the plain voice that is installed; on both databases. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeAll, memorySource } from '@sotto/media'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { place } from '../../testing/studio.ts'
import { somebody, until } from '../../testing/work.ts'
import type { Studio } from '../studio.ts'
import type { Happening } from './hub.ts'

const RATE = 24_000
const text = (segments: string[]) => ({ name: 'A talk', language: 'en', voice: 'espeak-en', segments })

interface Segment {
  readonly id: string
  readonly text: string
  readonly spoken: { take: string; start: number; end: number } | null
}

describe.each(sorts)('speaking on %s', (sort) => {
  test('one paragraph spoken anew changes no other: the same samples; undone, it is what it was; saved with its words (C51)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, done, agree } = await somebody(studio)
    expect((await me.call('POST /api/speech', { body: text(['Hello.']) })).body).toMatchObject({
      code: 'consent_needed',
      purpose: 'speak',
    })
    await agree('speaking')
    const paragraphs = ['First paragraph here.', 'The second one.', '  ', 'And a third.']
    const made = await me.call('POST /api/speech', { body: text(paragraphs) })
    expect(made.body).toMatchObject({ mode: 'text', voice: 'espeak-en', revision: 1, item: null })
    const params = { id: made.body.id as string }
    const speech = async () => (await me.call('GET /api/speech/:id', { params })).body
    const work = async (body: Record<string, unknown>) =>
      done((await me.call('POST /api/speech/:id/jobs', { params, body })).body.id)
    const sound = async ({ spoken }: Segment) => {
      const { take, start, end } = spoken as NonNullable<Segment['spoken']>
      const file = await me.call('GET /api/speech/:id/takes/:take', { params: { ...params, take } })
      const { channels } = await decodeAll(memorySource(new Uint8Array(file.raw)))
      return channels[0]?.slice(Math.round(start * RATE), Math.round(end * RATE)) as Float32Array
    }

    // One of them first, to listen to; then the rest, without speaking that one again.
    const [first] = (await speech()).segments as Segment[]
    expect(await work({ operation: 'speak', only: [first?.id] })).toMatchObject({ state: 'done' })
    const preview = (await speech()).segments as Segment[]
    expect(preview.map(({ spoken }) => spoken !== null)).toEqual([true, false, false, false])
    expect(await work({ operation: 'speak' })).toMatchObject({ state: 'done' })
    const all = (await speech()).segments as Segment[]
    expect(all.map(({ spoken }) => spoken !== null)).toEqual([true, true, false, true])
    expect(all[0]?.spoken).toEqual(preview[0]?.spoken)
    const before = await Promise.all([0, 1, 3].map((index) => sound(all[index] as Segment)))

    const change = async (say: string) => {
      const { revision, segments } = await speech()
      const now = (segments as Segment[]).map(({ id, text }, index) => ({ id, text: index === 1 ? say : text }))
      return me.call('PUT /api/speech/:id', { params, body: { revision, segments: now } })
    }
    const changed = await change('The second is now another and longer.')
    expect((changed.body.segments as Segment[]).map(({ spoken }) => spoken !== null)).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect((await me.call('PUT /api/speech/:id', { params, body: { revision: 1 } })).body.code).toBe('edit_conflict')
    expect(await work({ operation: 'speak' })).toMatchObject({ state: 'done' })
    const again = (await speech()).segments as Segment[]
    expect(await sound(again[0] as Segment)).toEqual(before[0])
    expect(await sound(again[3] as Segment)).toEqual(before[2])
    expect(await sound(again[1] as Segment)).not.toEqual(before[1])
    // Undone: what was spoken before is still there, and nothing has to be spoken.
    await change('The second one.')
    const undone = (await speech()).segments as Segment[]
    expect(await sound(undone[1] as Segment)).toEqual(before[1])

    const saved = await work({ operation: 'save_speech', format: 'mp3' })
    expect(saved).toMatchObject({ state: 'done' })
    const item = async () => (await me.call('GET /api/items/:id', { params: { id: saved.result } })).body
    await until(studio, person, async () => (await item()).state === 'ready')
    expect(await item()).toMatchObject({
      name: 'A talk',
      transcript: 'complete',
      made_from: { operation: 'save_speech', speech: params.id },
    })
    const words = await me.call('GET /api/items/:id/words', { params: { id: saved.result }, query: { format: 'srt' } })
    expect(words.text.match(/-->/g)).toHaveLength(3)
    expect(words.text).toContain('And a third.')
    const plain = await me.call('GET /api/items/:id/words', { params: { id: saved.result }, query: { format: 'txt' } })
    expect(plain.text.split('\n')[0]).toBe('[Synthetic voice]')
    const file = await me.call('GET /api/items/:id/media', { params: { id: saved.result } })
    expect(file.raw.toString('latin1').replaceAll('\0', '')).toContain('Synthetic speech')

    // Another voice, or pace: all of it is to be spoken anew.
    const { revision } = await speech()
    const faster = await me.call('PUT /api/speech/:id', { params, body: { revision, speed: 1.5 } })
    expect((faster.body.segments as Segment[]).every(({ spoken }) => spoken === null)).toBe(true)
    for (const voice of ['espeak-de', 'nobody'])
      expect(
        (await me.call('PUT /api/speech/:id', { params, body: { revision: revision + 1, voice } })).body.code,
      ).toBe('voice_unknown')

    // Erased: key, text, takes and jobs; what was saved stays.
    const objects = await objectsOf(here.config.data)
    expect((await me.call('DELETE /api/speech/:id', { params })).status).toBe(204)
    expect((await me.call('GET /api/speech/:id', { params })).status).toBe(404)
    expect(await studio.keys.ids(person)).not.toContain(params.id)
    expect((await objectsOf(here.config.data)).length).toBeLessThan(objects.length)
    expect((await item()).state).toBe('ready')
  })

  test('Speaking text switched off while it is spoken: the job is over when that is answered; what was spoken before stays (C85, C215)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, agree } = await somebody(studio)
    const seen = await agree('speaking')
    const long = Array.from({ length: 60 }, (_, index) => `This is paragraph number ${index}, and it has some words.`)
    const { body } = await me.call('POST /api/speech', { body: text(long) })
    const params = { id: body.id as string }
    // The first take stands, the second is being spoken.
    const { promise: begun, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, (h: Happening) => {
      if (h.type === 'speech') resolve()
    })
    const asked = await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'save_speech' } })
    await begun
    const off = { params: { setting: 'speaking' }, body: { on: false, notice: seen } }
    expect((await me.call('PUT /api/consents/:setting', off)).status).toBe(200)
    const { body: job } = await me.call('GET /api/jobs/:id', { params: { id: asked.body.id } })
    expect(job).toMatchObject({ state: 'refused', problem: 'consent_withdrawn', result: null })
    expect((await me.call('GET /api/items')).body).toEqual([])
    const { segments } = (await me.call('GET /api/speech/:id', { params })).body
    const spoken = (segments as Segment[]).filter((one) => one.spoken !== null).length
    expect(spoken).toBeGreaterThan(0)
    expect(spoken).toBeLessThan(long.length)
    expect((await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'speak' } })).body.code).toBe(
      'consent_withdrawn',
    )
    // Switched on again it goes on where it was, and does not speak those again.
    await agree('speaking')
    const { promise: left, resolve: told } = Promise.withResolvers<number>()
    using _again = studio.hub.listen(person, (h: Happening) => {
      if (h.type === 'job' && h.job.stage === 'speak') told(h.job.total)
    })
    await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'speak' } })
    expect(await left).toBe(long.length - spoken)

    // Erasing while it is spoken: nothing of it is left.
    expect((await me.call('DELETE /api/speech/:id', { params })).status).toBe(204)
    expect(await studio.queue.of(person)).toEqual([])
    expect((await me.call('GET /api/speech')).body).toEqual([])
    expect(await objectsOf(here.config.data)).toEqual([])
    expect(await studio.keys.ids(person)).toEqual([person])
  })

  test('a studio that ends while it speaks: the next one speaks the rest alone', async () => {
    await using here = await place(sort)
    const long = Array.from({ length: 14 }, (_, index) => `This is paragraph number ${index}, and it has some words.`)
    const first = await here.open()
    const { me, person, agree } = await somebody(first)
    await agree('speaking')
    const id = (await me.call('POST /api/speech', { body: text(long) })).body.id as string
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    // At the moment in which the first take stands, and nothing behind it has begun.
    first.hub.listen(person, (h: Happening) => {
      if (h.type === 'speech') resolve(first[Symbol.asyncDispose]())
    })
    const asked = await me.call('POST /api/speech/:id/jobs', { params: { id }, body: { operation: 'speak' } })
    const job = asked.body.id as string
    await ended
    const spokenIn = async (studio: Studio) => {
      const mine = await studio.gate.open('keep_media', person, { by: 'self' })
      const rows = await mine.spoken.list({ item: id })
      return rows.flatMap(({ take, sentences }) => sentences.map(({ segment }) => ({ take, segment })))
    }
    const before = await (async () => {
      await using looking = await here.open({ work: false })
      return await spokenIn(looking)
    })()
    await using studio = await here.open()
    await until(studio, person, async () => (await studio.queue.of(person, { id: job }))[0]?.ended_at !== null)
    expect(await studio.queue.of(person, { id: job })).toMatchObject([{ state: 'done', attempt: 2 }])
    const spoken = await spokenIn(studio)
    expect(spoken.map(({ segment }) => segment).toSorted()).toHaveLength(14)
    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(14)
    for (const was of before) expect(spoken.filter(({ segment }) => segment === was.segment)).toEqual([was])
  })

  test('after its time a text is erased as recordings are; erasing all words erases texts and what was spoken of them (C153, C211)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const { me, person, done, agree } = await somebody(studio)
    await agree('speaking')
    await me.call('PUT /api/settings', { body: { keep_recordings: 'P7D' } })
    const make = async () => (await me.call('POST /api/speech', { body: text(['Hello there.']) })).body.id as string
    const params = { id: await make() }
    await done((await me.call('POST /api/speech/:id/jobs', { params, body: { operation: 'speak' } })).body.id)
    const part = await me.call('POST /api/privacy/erase-part', { body: { category: 'user.content.transcript' } })
    expect(part.status).toBe(200)
    expect(await studio.keys.ids(person)).toEqual([person])
    expect(await objectsOf(here.config.data)).toEqual([])
    await make()
    here.time.now = new Date(here.time.now.getTime() + 8 * 86_400_000)
    await studio.sweep()
    expect(await studio.keys.ids(person)).toEqual([person])
  })
})

async function objectsOf(data: string): Promise<string[]> {
  const names = await readdir(join(data, 'objects'), { recursive: true }).catch(() => [])
  return names.filter((name) => name.endsWith('.sealed'))
}
