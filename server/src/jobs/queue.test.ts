import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase, sorts } from '../../testing/databases.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { ATTEMPTS, LEASE_MS, Queue } from './queue.ts'

describe.each(sorts)('the queue on %s', (sort) => {
  let data: string
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let database: Database
  let now: Date
  const clock = () => now
  const [li, wang] = [randomUUID(), randomUUID()]
  let queue: Queue

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'sotto-queue-'))
    fresh = await freshDatabase(sort)
    database = await openDatabase({ data, url: fresh.url })
  })
  afterAll(async () => {
    await database[Symbol.asyncDispose]()
    await fresh.drop()
    await rm(data, { recursive: true })
  })
  beforeEach(async () => {
    now = new Date('2026-11-23T12:00:00Z')
    await database.db.deleteFrom('job').execute()
    queue = new Queue(database.db, clock)
  })

  async function add(person: string, kind: 'prepare' | 'transcribe' | 'denoise' = 'transcribe') {
    now = new Date(now.getTime() + 1)
    return queue.add({ id: randomUUID(), person, item: randomUUID(), kind, task: randomUUID() })
  }

  test('what is waited for first comes first, then the oldest', async () => {
    const [words, clean, prepare] = [await add(li), await add(li, 'denoise'), await add(li, 'prepare')]
    const order = [await queue.claim(9), await queue.claim(9), await queue.claim(9), await queue.claim(9)]
    expect(order.map((job) => job?.id)).toEqual([prepare.id, clean.id, words.id, undefined])
  })

  test('one person cannot take all places', async () => {
    await add(li)
    await add(li)
    const late = await add(wang)
    expect((await queue.claim(1))?.person).toBe(li)
    expect((await queue.claim(1))?.id).toBe(late.id)
    expect(await queue.claim(1)).toBeUndefined()
  })

  test('however many claim at once, a job goes to one', async () => {
    for (let n = 0; n < 10; n++) await add(li)
    const rivals = [queue, new Queue(database.db, clock), new Queue(database.db, clock)]
    const claimed = await Promise.all(Array.from({ length: 30 }, (_, n) => rivals[n % 3]?.claim(99)))
    const ids = claimed.flatMap((job) => job?.id ?? [])
    expect(ids).toHaveLength(10)
    expect(new Set(ids).size).toBe(10)
  })

  test('a dead server gives its jobs back at once where nobody else can hold them, else with the lease', async () => {
    await add(li)
    const lost = await queue.claim(1)
    const next = new Queue(database.db, clock)
    await next.recover(false)
    expect(await next.claim(1)).toBeUndefined()
    now = new Date(now.getTime() + LEASE_MS + 1)
    await next.recover(false)
    const taken = await next.claim(1)
    expect(taken?.id).toBe(lost?.id)
    expect(taken?.attempt).toBe(2)
    // The first server wakes up again: it has lost the job, and its result does not stand.
    expect(await queue.renew(lost as never, { stage: 'late', done: 1, total: 1 })).toBe(false)
    expect(await queue.end(lost as never, 'done')).toBe(false)
    const third = new Queue(database.db, clock)
    await third.recover(true)
    expect((await third.claim(1))?.attempt).toBe(3)
  })

  test('a job that takes its server down again and again is given up', async () => {
    const { id } = await add(li)
    for (let n = 0; n < ATTEMPTS; n++) {
      const server = new Queue(database.db, clock)
      await server.recover(true)
      expect((await server.claim(1))?.id).toBe(id)
    }
    const last = new Queue(database.db, clock)
    await last.recover(true)
    expect(await last.claim(1)).toBeUndefined()
    expect(await last.of(li, { id })).toMatchObject([{ state: 'failed', problem: 'interrupted' }])
  })

  test('cancelling ends a waiting job, marks a running one, and survives the death of its server', async () => {
    const waiting = await add(li)
    await queue.cancel(li, waiting.id)
    expect(await queue.of(li, { id: waiting.id })).toMatchObject([{ state: 'cancelled' }])
    const running = await add(li)
    const job = await queue.claim(1)
    await queue.cancel(wang, running.id)
    expect(await queue.renew(job as never, { stage: 's', done: 0, total: 0 })).toBe(true)
    await queue.cancel(li, running.id)
    expect(await queue.renew(job as never, { stage: 's', done: 0, total: 0 })).toBe(false)
    await new Queue(database.db, clock).recover(true)
    expect(await queue.of(li, { id: running.id })).toMatchObject([{ state: 'cancelled' }])
  })

  test('a completion and a cancel that meet leave one answer', async () => {
    for (let n = 0; n < 10; n++) {
      const { id } = await add(li)
      const job = await queue.claim(99)
      const [done] = await Promise.all([queue.end(job as never, 'done'), queue.cancel(li, id)])
      expect(done).toBe(true)
      expect(await queue.of(li, { id })).toMatchObject([{ state: 'done' }])
    }
  })
})
