/** Listening to a stretch of a mix before the whole is made. Nothing of it is kept. */
import { runMedia } from '@sotto/media/child/run'
import { content, otherItems, taskOf } from '../../jobs/making.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** Most seconds of a stretch: enough to judge by. */
const MOST_SECONDS = 30

/** Previews of mixes. */
export function mixingRoutes(app: App, studio: Studio): void {
  const { gate, objects, keys, config } = studio

  handle(app, 'POST /api/items/:id/mix', async ({ person, params, body, reply }) => {
    if (!(body.to > body.from) || body.to - body.from > MOST_SECONDS) throw new Problem('bad_request')
    // One at a time for each person: it costs as much as a job.
    return studio.turns.take(`mix ${person}`, async () => {
      const mine = await gate.open('edit_media', person, { by: 'self', item: params.id })
      if (!(await mine.item.get(params.id))) throw new Problem('not_found')
      await using opened = new AsyncDisposableStack()
      const open = async (item: string, object: string) => {
        const { fd, key } = opened.use(await objects.open(object, await keys.key(person, item)))
        return { fd, key }
      }
      const input = await open(params.id, (await content(mine, params.id)).object)
      const further: { fd: number; key: Uint8Array }[] = []
      for (const other of await otherItems(mine, params.id, 'mix', body))
        further.push(await open(other.item, other.object))
      const abort = new AbortController()
      const gone = () => abort.abort()
      reply.raw.once('close', gone)
      try {
        const made = await runMedia(taskOf('mix', body, 'mp3'), {
          input,
          further,
          models: config.models,
          signal: abort.signal,
          limits: { wallSeconds: 120, cpuSeconds: 120 },
        })
        await mine.check()
        if (!('bytes' in made) || made.bytes === undefined) throw new TypeError('a stretch is given as bytes')
        reply.type('audio/mpeg').header('cache-control', 'no-store')
        return Buffer.from(made.bytes)
      } finally {
        reply.raw.off('close', gone)
      }
    })
  })
}
