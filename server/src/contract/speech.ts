/** Texts that are spoken, recordings that are translated and dubbed: shapes and routes. Times are seconds. */
import { z } from 'zod'
import { PictureFormat } from './mixing.ts'
import { Id, Seconds, SoundFormat } from './primitives.ts'
import { route } from './route.ts'
import { Job, WordsFormat } from './shapes.ts'

/** ISO 639-1. */
const Language = z.string().regex(/^[a-z]{2,3}$/)
/** What is said in one paragraph or sentence. */
const Said = z.string().max(20_000)
const Name = z.string().trim().min(1).max(200)
const Speed = z.number().min(0.5).max(2)
const Notice = z.enum(['spoken', 'none'])
/** dB under the dubbing; null removes the original. */
const Original = z.number().min(-60).max(0).nullable()

/** A voice one can choose. */
export const Voice = z.object({
  id: z.string(),
  language: z.string(),
  name: z.string(),
  gender: z.enum(['female', 'male', 'none']),
  engine: z.enum(['kokoro', 'espeak']),
  /** `natural`: a neural voice; `plain`: by rules, clear but like a machine. */
  quality: z.enum(['natural', 'plain']),
  /** Whether what it needs is installed. */
  here: z.boolean(),
})

/** A paragraph, or a sentence of a recording with what is said now in its stead. */
export const SpeechSegment = z.object({
  id: z.string(),
  text: z.string(),
  start: Seconds.nullable(),
  end: Seconds.nullable(),
  source: z.string().nullable(),
  flags: z.array(z.string()),
  /** Where it is to be heard as it stands now; null where it is not spoken yet. */
  spoken: z
    .object({
      take: Id,
      start: Seconds,
      end: Seconds,
      /** How much faster than asked for, to fit; 1 where it had room. */
      tempo: z.number(),
      /** Seconds by which it runs into the next all the same. */
      over: Seconds,
    })
    .nullable(),
})

/** A text, or the translation of a recording, and how far it is spoken. */
export const Speech = z.object({
  id: Id,
  /** The recording that is dubbed; null for a text. */
  item: Id.nullable(),
  mode: z.enum(['text', 'dub']),
  name: z.string(),
  revision: z.int().positive(),
  language: z.string(),
  voice: z.string(),
  speed: z.number(),
  notice: Notice,
  from: z.string().nullable(),
  engine: z.enum(['bergamot', 'whisper']).nullable(),
  quality: z.enum(['good', 'draft', 'unrated']).nullable(),
  original: Original,
  segments: z.array(SpeechSegment),
  /** Work on it, newest first. */
  jobs: z.array(Job),
  created_at: z.iso.datetime(),
})

/** A text in a list. */
export const SpeechRow = Speech.pick({ id: true, name: true, language: true, created_at: true }).extend({
  segments: z.int(),
  /** Of its segments, how many are spoken as they stand. */
  spoken: z.int(),
  quality: Speech.shape.quality,
})

/** Work on a text or a dubbing. */
export const SpeechJobRequest = z.discriminatedUnion('operation', [
  z.object({
    operation: z.literal('speak'),
    /** Only these segments; all that are not spoken as they stand where absent. */
    only: z.array(z.string().max(40)).min(1).max(5000).optional(),
  }),
  z.object({
    operation: z.literal('translate'),
    /** Only these sentences, anew. */
    only: z.array(z.string().max(40)).min(1).max(5000).optional(),
  }),
  z.object({ operation: z.literal('save_speech'), format: SoundFormat.default('flac'), name: Name.optional() }),
  z.object({
    operation: z.literal('dub'),
    /** Of a film a picture format keeps the pictures as they are. */
    format: z.union([SoundFormat, PictureFormat]).default('flac'),
    /** Both languages as tracks of subtitles, where the format holds pictures. */
    subtitles: z.boolean().default(true),
    name: Name.optional(),
  }),
])

const byId = z.object({ id: Id })

/** Routes of texts and dubbings. */
export const speechContract = {
  'GET /api/voices': route({
    caller: 'anyone',
    summary: 'The voices text can be spoken with: natural ones and plain ones',
    answer: z.array(Voice),
  }),
  'GET /api/speech': route({ caller: 'person', summary: 'My texts, newest first', answer: z.array(SpeechRow) }),
  'POST /api/speech': route({
    caller: 'person',
    summary: 'Put down a text that is to be spoken, paragraph by paragraph',
    body: z.object({
      name: Name,
      language: Language,
      voice: z.string().max(40),
      speed: Speed.default(1),
      notice: Notice.default('none'),
      segments: z.array(Said).min(1).max(5000),
    }),
    answer: Speech,
  }),
  'GET /api/speech/:id': route({ caller: 'person', summary: 'One text or dubbing', params: byId, answer: Speech }),
  'PUT /api/speech/:id': route({
    caller: 'person',
    summary: 'Save a text or dubbing: `revision` must be the one I started from; only what was changed is spoken anew',
    params: byId,
    body: z.object({
      revision: z.int().positive(),
      name: Name.optional(),
      voice: z.string().max(40).optional(),
      speed: Speed.optional(),
      notice: Notice.optional(),
      original: Original.optional(),
      /** Paragraphs in their order, new ones with a new id or none; of a dubbing, the sentences whose text is another now. */
      segments: z
        .array(z.object({ id: Id.optional(), text: Said }))
        .max(5000)
        .optional(),
    }),
    answer: Speech,
  }),
  'DELETE /api/speech/:id': route({
    caller: 'person',
    summary: 'Erase a text or dubbing, with what was spoken of it; results saved from it stay',
    params: byId,
    answer: 'nothing',
  }),
  'POST /api/speech/:id/jobs': route({
    caller: 'person',
    summary: 'Have a text spoken or saved, a recording translated or dubbed',
    params: byId,
    body: SpeechJobRequest,
    answer: Job,
  }),
  'GET /api/speech/:id/takes/:take': route({
    caller: 'person',
    summary: 'What was spoken (FLAC); answers Range requests',
    params: z.object({ id: Id, take: Id }),
    answer: 'bytes',
  }),
  'GET /api/speech/:id/words': route({
    caller: 'person',
    summary: 'The sentences of a dubbing in either language, as a file',
    params: byId,
    query: z.object({ format: WordsFormat, of: z.enum(['source', 'translation']) }),
    answer: 'bytes',
  }),
  'GET /api/items/:id/translations': route({
    caller: 'person',
    summary: 'Translations of a recording',
    params: byId,
    answer: z.array(SpeechRow),
  }),
  'POST /api/items/:id/translations': route({
    caller: 'person',
    summary: 'Have the words of a recording translated; the words as they were said stay beside',
    params: byId,
    body: z.object({ to: Language, from: Language.optional() }),
    answer: Speech,
  }),
} as const
