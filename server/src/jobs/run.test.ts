/** Jobs on real sound, in real media children, on both databases. */
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addSound, notice, place } from '../../testing/studio.ts'
import { insertJob } from '../items/items.ts'
import type { Studio } from '../studio.ts'
import type { Happening } from './hub.ts'
import type { OperationId } from './operation.ts'

/** Waits for something to happen to a person's things. */
async function happens(studio: Studio, person: string, what: (happening: Happening) => boolean): Promise<Happening> {
  const { promise, resolve } = Promise.withResolvers<Happening>()
  using _listening = studio.hub.listen(person, (happening) => {
    if (what(happening)) resolve(happening)
  })
  return await promise
}

const ended = (kind: string) => (h: Happening) => h.type === 'job' && h.job.kind === kind && h.job.ended_at !== null
const running = (kind: string) => (h: Happening) =>
  h.type === 'job' && h.job.kind === kind && h.job.state === 'running' && h.job.stage !== null

async function begin(
  studio: Studio,
  person: string,
  item: string,
  operation: OperationId,
  options: Record<string, unknown> = {},
) {
  const { db, keys, queue, clock, worker } = studio
  const job = await db
    .transaction()
    .execute((tx) => insertJob(tx, { keys, queue, now: clock }, { person, item, operation, options }))
  worker.wake()
  return job
}

describe.each(sorts)('jobs on %s', (sort) => {
  test('an import becomes ready: what it is, and its waveform', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const li = await studio.persons.create(notice)
    const prepared = happens(studio, li, ended('prepare'))
    const item = await addSound(studio, li, 3)
    expect(await prepared).toMatchObject({ job: { state: 'done' } })
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    const [made] = await mine.item.list()
    expect(made).toMatchObject({ id: item, state: 'ready', info: { container: 'wav', duration: 3 } })
    expect(await mine.media.list({ item, state: 'peaks' })).toHaveLength(1)
  })

  test('a cut is a new item of exactly the kept length, beside its original (C50)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const li = await studio.persons.create(notice)
    const prepared = happens(studio, li, ended('prepare'))
    const item = await addSound(studio, li, 4)
    await prepared
    const cut = happens(studio, li, ended('cut'))
    await begin(studio, li, item, 'cut', {
      keep: [
        [0, 1],
        [2, 3.5],
      ],
      format: 'flac',
    })
    const { job } = (await cut) as Extract<Happening, { type: 'job' }>
    expect(job.state).toBe('done')
    // What was made is prepared like everything that comes in.
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    while ((await mine.item.get(job.result ?? ''))?.state === 'preparing')
      await happens(studio, li, (h) => h.type === 'item')
    expect(await mine.item.get(job.result ?? '')).toMatchObject({
      origin: 'made',
      made_from: { item, operation: 'cut' },
      info: { duration: 2.5 },
    })
    expect(await mine.item.get(item)).toMatchObject({ state: 'ready' })
  })

  test('what is no sound ends in its name, and the item says so', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const li = await studio.persons.create(notice)
    const prepared = happens(studio, li, ended('prepare'))
    const item = await addSound(studio, li, 0)
    expect(await prepared).toMatchObject({ job: { state: 'failed', problem: 'media_unreadable' } })
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    expect(await mine.item.get(item)).toMatchObject({ state: 'unreadable' })
  })

  test('a switch turned off while its job runs: when that is answered the job is over and nothing of it came to stand (C85, C215)', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const li = await studio.persons.create(notice)
    const prepared = happens(studio, li, ended('prepare'))
    const item = await addSound(studio, li, 600)
    await prepared
    await studio.consents.set(li, 'denoising', true, notice)
    const begun = happens(studio, li, running('denoise'))
    const job = await begin(studio, li, item, 'denoise', { mode: 'full', strength: 1 })
    await begun
    const waiting = await begin(studio, li, item, 'denoise', { mode: 'full', strength: 1 })
    await studio.consents.set(li, 'denoising', false, notice)
    for (const { id } of [job, waiting])
      expect(await studio.queue.of(li, { id })).toMatchObject([
        { state: 'refused', problem: 'consent_withdrawn', result: null },
      ])
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    expect(await mine.item.list()).toHaveLength(1)
    expect((await studio.keys.ids(li)).sort()).toEqual([item, li].sort())
  })

  test('erasing an item ends its running jobs first', async () => {
    await using here = await place(sort)
    await using studio = await here.open()
    const li = await studio.persons.create(notice)
    const prepared = happens(studio, li, ended('prepare'))
    const item = await addSound(studio, li, 600)
    await prepared
    await studio.consents.set(li, 'denoising', true, notice)
    const begun = happens(studio, li, running('denoise'))
    await begin(studio, li, item, 'denoise', { mode: 'speech', strength: 1 })
    await begun
    const certificate = await studio.erase.item(li, item)
    expect(certificate.checks.every(({ found }) => found === 0)).toBe(true)
    expect(await studio.queue.of(li)).toEqual([])
    expect(await studio.keys.ids(li)).toEqual([li])
  })

  test('a studio that ends gives its running job back, and the next one finishes it', async () => {
    await using here = await place(sort)
    let li: string
    let job: Awaited<ReturnType<typeof begin>>
    {
      await using studio = await here.open()
      li = await studio.persons.create(notice)
      const prepared = happens(studio, li, ended('prepare'))
      const item = await addSound(studio, li, 40)
      await prepared
      await studio.consents.set(li, 'denoising', true, notice)
      const begun = happens(studio, li, running('denoise'))
      job = await begin(studio, li, item, 'denoise', { mode: 'speech', strength: 1 })
      await begun
    }
    await using studio = await here.open()
    const [again] = await studio.queue.of(li, { id: job.id })
    if (again?.state !== 'done') await happens(studio, li, ended('denoise'))
    expect(await studio.queue.of(li, { id: job.id })).toMatchObject([{ state: 'done', attempt: 2 }])
  })
})
