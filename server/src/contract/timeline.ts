/** Routes of the timeline: an item's tracks as they are kept, and a stretch of them to listen to. */
import { z } from 'zod'
import { Track } from './mixing.ts'
import { Id, Seconds } from './primitives.ts'
import { route } from './route.ts'

const byId = z.object({ id: Id })

/** Several tracks of an item, as they are kept. */
export const Timeline = z.object({
  /** 0 while nothing was kept. */
  revision: z.int().min(0),
  /** What clips name by number; the first is the item itself. */
  items: z.array(Id).min(1).max(32),
  tracks: z.array(Track).min(1).max(32),
  /** LUFS to reach when it is saved; null leaves it as it is. */
  loudness: z.number().min(-60).max(-5).nullable(),
})

/** Routes of the timeline. */
export const timelineContract = {
  'GET /api/items/:id/timeline': route({
    caller: 'person',
    summary: 'The timeline of an item; the whole item on one track while none was kept',
    params: byId,
    answer: Timeline,
  }),
  'PUT /api/items/:id/timeline': route({
    caller: 'person',
    summary: 'Keep the timeline: `revision` must be the one I started from',
    params: byId,
    body: Timeline,
    answer: Timeline,
  }),
  'POST /api/items/:id/timeline/stretch': route({
    caller: 'person',
    summary: 'A stretch of the timeline as it is kept, to listen to (flac, 60 s at most)',
    params: byId,
    body: z.object({
      /** The one I mean: what is heard is what is kept. */
      revision: z.int().min(0),
      from: Seconds,
      to: Seconds,
      /** Only these tracks are heard. */
      solo: z.array(z.int().min(0).max(31)).max(32).optional(),
    }),
    answer: 'bytes',
  }),
} as const
