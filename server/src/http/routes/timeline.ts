/** Routes of the timeline. What is heard of it is what is kept: a stretch names the revision it means. */
import { runMedia } from '@sotto/media/child/run'
import { BadRequestError } from '@sotto/media/error'
import { type Arrangement, checkArrangement } from '@sotto/media/mix/arrangement'
import { MOST_STRETCH } from '@sotto/media/operation/stretch'
import type { z } from 'zod'
import type { Timeline } from '../../contract/timeline.ts'
import type { Grant, Row } from '../../gate/gate.ts'
import { content } from '../../jobs/making.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { StaleVersionError } from '../../vault/record.ts'
import { type App, handle } from '../handle.ts'

type Kept = z.output<typeof Timeline>
type Mine = Pick<Grant<'keep_media'>, 'item' | 'timeline'>

/** An item whose sound is known. @throws Problem `not_found`, `item_not_ready` */
async function readyItem(mine: Pick<Mine, 'item'>, id: string): Promise<Row<'keep_media', 'item'>> {
  const item = await mine.item.get(id)
  if (!item) throw new Problem('not_found')
  if (item.state !== 'ready') throw new Problem('item_not_ready')
  return item
}

/** The timeline as it is kept, or the one every item begins with. */
async function timelineOf(mine: Mine, id: string): Promise<{ kept: Kept; row: Row<'keep_media', 'timeline'> | null }> {
  const item = await readyItem(mine, id)
  const [row] = await mine.timeline.list({ item: id })
  if (row) return { kept: viewOf(row), row }
  const sounds = item.info?.streams.some((stream) => stream.type === 'audio')
  const duration = item.info?.duration ?? 0
  const clips = sounds && duration > 0 ? [{ source: 0, from: 0, to: duration, at: 0 }] : []
  return { kept: { revision: 0, items: [id], tracks: [{ role: 'voice', clips }], loudness: null }, row: null }
}

function viewOf({ revision, items, tracks, loudness }: Row<'keep_media', 'timeline'>): Kept {
  // What was kept had this shape: the contract parsed it.
  return { revision, items: [...items], tracks: tracks as Kept['tracks'], loudness: loudness ?? null }
}

/** The tracks as media takes them: what is not said is not there. */
function arrangementOf(tracks: Kept['tracks']): Arrangement {
  return JSON.parse(JSON.stringify({ tracks })) as Arrangement // parsed by the contract; optional parts drop out
}

/** @throws Problem `bad_request` where the tracks make no sense */
function checked(arrangement: Arrangement, sources: number): Arrangement {
  try {
    checkArrangement(arrangement, sources)
  } catch (error) {
    throw error instanceof BadRequestError ? new Problem('bad_request') : error
  }
  return arrangement
}

/** The timeline. */
export function timelineRoutes(app: App, studio: Studio): void {
  const { gate, objects, keys, config } = studio

  handle(app, 'GET /api/items/:id/timeline', async ({ person, params }) => {
    const mine = await gate.open('keep_media', person, { by: 'self', item: params.id })
    return (await timelineOf(mine, params.id)).kept
  })

  handle(
    app,
    'PUT /api/items/:id/timeline',
    async ({ person, params, body }) => {
      const mine = await gate.open('edit_media', person, { by: 'self', item: params.id })
      await readyItem(mine, params.id)
      if (body.items[0] !== params.id || new Set(body.items).size < body.items.length) throw new Problem('bad_request')
      checked(arrangementOf(body.tracks), body.items.length)
      for (const other of body.items.slice(1)) await readyItem(mine, other)
      const { items, tracks, loudness } = body
      const payload = {
        revision: body.revision + 1,
        items,
        tracks: [...arrangementOf(tracks).tracks] as Kept['tracks'],
      }
      // One an item, one at a time: two windows cannot both be first.
      return studio.turns.take(`timeline ${params.id}`, async () => {
        const { kept, row } = await timelineOf(mine, params.id)
        if (kept.revision !== body.revision) throw new Problem('edit_conflict')
        try {
          if (row) {
            const patch = { ...payload, loudness: loudness ?? undefined }
            await mine.timeline.change(row.id, patch, { expect: row.version })
          } else {
            await mine.timeline.add({ ...payload, ...(loudness === null ? {} : { loudness }) }, { item: params.id })
          }
        } catch (error) {
          if (error instanceof StaleVersionError) throw new Problem('edit_conflict')
          throw error
        }
        return { ...payload, loudness }
      })
    },
    // Thousands of clips.
    { bodyLimit: 2 * 1024 * 1024 },
  )

  handle(app, 'POST /api/items/:id/timeline/stretch', async ({ person, params, body, reply }) => {
    const { from, to, solo } = body
    if (!(to > from) || to - from > MOST_STRETCH) throw new Problem('bad_request')
    // One at a time for each person: it costs as much as a job.
    return studio.turns.take(`mix ${person}`, async () => {
      const open = (item: string) => gate.open('edit_media', person, { by: 'self', item, streaming: true })
      const mine = await open(params.id)
      const { kept } = await timelineOf(mine, params.id)
      if (kept.revision !== body.revision) throw new Problem('edit_conflict')
      const tracks = kept.tracks.map((track, i) =>
        solo === undefined || solo.includes(i) ? track : { ...track, muted: true },
      )
      await using opened = new AsyncDisposableStack()
      const inputs: { fd: number; key: Uint8Array }[] = []
      for (const item of kept.items) {
        const its = item === params.id ? mine : await open(item)
        await readyItem(its, item)
        const { object } = await content(its, item)
        const { fd, key } = opened.use(await objects.open(object, await keys.key(person, item)))
        inputs.push({ fd, key })
      }
      const [input, ...further] = inputs
      const abort = new AbortController()
      const gone = () => abort.abort()
      reply.raw.once('close', gone)
      try {
        const made = await runMedia(
          { kind: 'stretch', ...checked(arrangementOf(tracks), kept.items.length), from, to, format: 'flac' },
          {
            ...(input ? { input } : {}),
            further,
            models: config.models,
            signal: abort.signal,
            limits: { wallSeconds: 120, cpuSeconds: 120 },
          },
        )
        await mine.check()
        // What was erased meanwhile is not heard any more.
        for (const item of kept.items) await keys.key(person, item)
        if (made.bytes === undefined) throw new TypeError('a stretch is given as bytes')
        reply.type('audio/flac').header('cache-control', 'no-store')
        return Buffer.from(made.bytes)
      } finally {
        reply.raw.off('close', gone)
      }
    })
  })
}
