/** Models for translating: what there is, what is here, fetching one because a person asked for exactly this. */
import { z } from 'zod'
import { route } from './route.ts'

const Language = z.string().regex(/^[a-z]{2,3}$/)

/** One model and all that is known of it before it is fetched. */
export const TranslationModel = z.object({
  id: z.string(),
  from: Language,
  to: Language,
  bytes: z.int(),
  licence: z.string(),
  /** Where it is fetched from; null for one of the host's own. */
  host: z.string().nullable(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
  here: z.boolean(),
  /** Fetching that goes on, in bytes. */
  fetching: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** A code of the problem catalogue: how the last fetching ended, if it failed. */
  problem: z.string().nullable(),
})

/** A way from one language into another. */
export const Way = z.object({
  from: Language,
  to: Language,
  engine: z.enum(['bergamot', 'whisper']),
  quality: z.enum(['good', 'draft', 'unrated']),
  state: z.enum(['ready', 'downloadable']),
  missing: z.array(z.string()),
  bytes: z.int(),
})

/** Routes of models. */
export const modelContract = {
  'GET /api/translations/ways': route({
    caller: 'anyone',
    summary: 'Into which languages something can be translated here, how well, and what that would need',
    query: z.object({ from: Language }),
    answer: z.array(Way),
  }),
  'GET /api/models/translation': route({
    caller: 'anyone',
    summary: 'Models for translating: size, licence, digests, and whether they are here',
    answer: z.object({
      /** The host lets people fetch models from here. */
      fetch: z.boolean(),
      models: z.array(TranslationModel),
    }),
  }),
  'POST /api/models/translation/:model': route({
    caller: 'person',
    summary: 'Fetch a model, because I asked for exactly this one',
    params: z.object({ model: z.string().max(80) }),
    answer: TranslationModel,
  }),
  'DELETE /api/models/translation/:model': route({
    caller: 'person',
    summary: 'Stop fetching a model; what has come stays',
    params: z.object({ model: z.string().max(80) }),
    answer: TranslationModel,
  }),
} as const
