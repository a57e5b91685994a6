/** Routes of work: have something done, see how far it is, cancel it. */
import { insertJob } from '../../items/items.ts'
import { jobView } from '../../items/view.ts'
import { BEDS } from '../../jobs/making.ts'
import { operations } from '../../jobs/operation.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, type Handler, handle } from '../handle.ts'

/** Open jobs one person may have at a time: more is a mistake or an attack. */
const OPEN_JOBS = 100

/** The item that a mix names as its background, if it is none of the made sounds. */
function otherBed(bed: string): string[] {
  return BEDS.includes(bed) ? [] : [bed]
}

/** Work. */
export function jobRoutes(app: App, studio: Studio): void {
  const { db, gate, keys, queue, worker, clock } = studio

  const newJob: Handler<'POST /api/items/:id/jobs'> = async ({ person, params, body }) => {
    const mine = await gate.open('keep_media', person, { by: 'self', item: params.id })
    const item = await mine.item.get(params.id)
    if (!item) throw new Problem('not_found')
    studio.windDown.mayCollect()
    if (item.state !== 'ready') throw new Problem('item_not_ready')
    // The purpose is asked for now, so that what is not agreed to is refused before it waits.
    await gate.ask(operations[body.operation].purpose, person)
    await gate.ask(operations[body.operation].purpose, person, 'job')
    if ((await queue.of(person, { open: true })).length >= OPEN_JOBS) {
      await studio.rights.note(person, 'work_limited')
      throw new Problem('too_many_jobs')
    }
    if (body.operation === 'clip' && body.from >= body.to) throw new Problem('bad_request')
    if (body.operation === 'subtitle' && (await mine.transcript.list({ item: params.id })).length === 0)
      throw new Problem('words_missing')
    const others =
      body.operation === 'mix' ? otherBed(body.bed) : body.operation === 'arrange' ? body.items.slice(1) : []
    if (body.operation === 'arrange' && (body.items[0] !== params.id || new Set(body.items).size < body.items.length))
      throw new Problem('bad_request')
    for (const other of others) {
      const used = await mine.item.get(other)
      if (!used) throw new Problem('not_found')
      if (used.state !== 'ready') throw new Problem('item_not_ready')
    }
    const { operation, ...options } = body
    const job = await db
      .transaction()
      .execute((tx) => insertJob(tx, { keys, queue, now: clock }, { person, item: params.id, operation, options }))
    worker.wake()
    return jobView(job)
  }
  // A cut names every stretch to keep: 20,000 of them are 1 MB.
  handle(app, 'POST /api/items/:id/jobs', newJob, { bodyLimit: 2 * 1024 * 1024 })

  handle(app, 'GET /api/jobs', async ({ person }) => (await queue.of(person)).map(jobView))

  handle(app, 'GET /api/jobs/:id', async ({ person, params }) => {
    const [job] = await queue.of(person, { id: params.id })
    if (!job) throw new Problem('not_found')
    return jobView(job)
  })

  handle(app, 'DELETE /api/jobs/:id', async ({ person, params }) => {
    const [before] = await queue.of(person, { id: params.id })
    if (!before) throw new Problem('not_found')
    await worker.cancel(person, params.id)
    const [job] = await queue.of(person, { id: params.id })
    if (!job) throw new Problem('not_found')
    return jobView(job)
  })
}
