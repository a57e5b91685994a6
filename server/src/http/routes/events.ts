/** What happens to one's things, as it happens: server-sent events (HTML Living Standard, section 9.2). */
import { PassThrough } from 'node:stream'
import { jobView } from '../../items/view.ts'
import type { Happening } from '../../jobs/hub.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** A comment now and then keeps proxies and dead connections apart. */
const BEAT_MS = 20_000
/** A reader who lags this far behind is let go; it comes back and asks for the present state. */
const BACKLOG_BYTES = 4 * 1024 * 1024

/** The stream of happenings. */
export function eventRoutes(app: App, { gate, hub, queue }: Studio): void {
  handle(app, 'GET /api/events', async ({ person, reply, request }) => {
    await gate.ask('keep_media', person)
    const stream = new PassThrough()
    const send = (event: string, data: unknown) => {
      if (stream.writableLength > BACKLOG_BYTES) stream.destroy()
      else stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    const listening = hub.listen(person, (happening) => {
      send(...eventOf(happening))
      if (happening.type === 'closed') stream.end()
    })
    const beat = setInterval(() => stream.write(': \n\n'), BEAT_MS)
    const end = () => stream.end()
    app.closing.addEventListener('abort', end)
    stream.once('close', () => {
      clearInterval(beat)
      listening[Symbol.dispose]()
      app.closing.removeEventListener('abort', end)
    })
    request.raw.once('close', () => stream.destroy())
    // Whoever begins to listen learns first what is going on now: nothing that happened before is missed.
    for (const job of await queue.of(person, { open: true })) send('job', jobView(job))
    // Headers travel with the first bytes: without these a page would wait for them until the first beat.
    stream.write('retry: 2000\n\n')
    reply.type('text/event-stream').header('x-accel-buffering', 'no')
    return stream
  })
}

function eventOf(happening: Happening): [string, unknown] {
  switch (happening.type) {
    case 'job':
      return ['job', jobView(happening.job)]
    case 'item':
      return ['item', { id: happening.item }]
    case 'segment':
      return ['segment', { job: happening.job, item: happening.item, segment: happening.segment }]
    case 'speech':
      return ['speech', { id: happening.speech }]
    case 'erased':
      return ['erased', { item: happening.item }]
    case 'closed':
      return ['closed', {}]
  }
}
