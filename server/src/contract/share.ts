/** The part of the contract about links: making, listing and ending them, and what whoever has one is answered. */
import { z } from 'zod'
import { route } from './route.ts'
import { Id, Segment, WordsFormat } from './shapes.ts'

const Moment = z.iso.datetime()
const Parts = z
  .array(z.enum(['words', 'sound']))
  .min(1)
  .max(2)
const Mode = z.enum(['view', 'download'])
/** What a warning names (C59). */
export const Contents = z.array(z.enum(['voice', 'face', 'title', 'names', 'numbers']))

/** A link of mine. */
export const ShareView = z.object({
  id: Id,
  item: Id,
  name: z.string(),
  /** The secret part of the address. */
  token: z.string(),
  what: Parts,
  mode: Mode,
  password: z.boolean(),
  made_at: Moment,
  expires_at: Moment.nullable(),
  opened: z.int(),
  last_opened_at: Moment.nullable(),
})

const byId = z.object({ id: Id })
const byToken = z.object({ token: z.string().min(20).max(60) })
const pass = z.string().max(120)

/** The routes. */
export const shareContract = {
  'GET /api/items/:id/share': route({
    caller: 'person',
    summary: 'What a link to this item would show of people: to be read before it is made',
    params: byId,
    answer: z.object({ words: Contents, sound: Contents }),
  }),
  'POST /api/items/:id/shares': route({
    caller: 'person',
    summary: 'Make a link to this item, having been warned',
    params: byId,
    body: z.object({
      what: Parts,
      mode: Mode,
      /** An ISO 8601 duration; a link ends after a year at the latest. */
      expires: z.enum(['P1D', 'P7D', 'P30D', 'P90D', 'P365D']).default('P30D'),
      password: z.string().min(4).max(200).optional(),
      /** What the warning named: as `GET /api/items/:id/share` answered it. */
      warned: Contents,
      /** Everybody who is in it has agreed, or nobody else is in it (C60). */
      attested: z.literal(true),
    }),
    answer: ShareView,
  }),
  'GET /api/shares': route({ caller: 'person', summary: 'What is public of mine', answer: z.array(ShareView) }),
  'GET /api/shares/:id/fetches': route({
    caller: 'person',
    summary: 'When a link of mine was opened',
    params: byId,
    answer: z.array(z.object({ at: Moment, what: Parts, mode: Mode, agent: z.string().nullable() })),
  }),
  'DELETE /api/shares/:id': route({
    caller: 'person',
    summary: 'End a link: from now on it answers 410',
    params: byId,
    answer: 'nothing',
  }),
  'POST /api/shared/:token': route({
    caller: 'anyone',
    summary: 'Open a link',
    params: byToken,
    body: z.object({ password: z.string().max(200).optional() }),
    answer: z.object({
      name: z.string(),
      media: z.enum(['sound', 'video']),
      mode: Mode,
      what: Parts,
      duration: z.number().nullable(),
      language: z.string().nullable(),
      segments: z.array(Segment).nullable(),
      expires_at: Moment.nullable(),
      /** Opens the sound for a few hours. */
      pass,
    }),
  }),
  'GET /api/shared/:token/media': route({
    caller: 'anyone',
    summary: 'The sound or video behind a link; answers Range requests',
    params: byToken,
    query: z.object({ pass, download: z.string().optional() }),
    answer: 'bytes',
  }),
  'GET /api/shared/:token/words': route({
    caller: 'anyone',
    summary: 'The words behind a link, as a file, where it lets them be downloaded',
    params: byToken,
    query: z.object({ pass, format: WordsFormat }),
    answer: 'bytes',
  }),
} as const
