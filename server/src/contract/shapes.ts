/** The shapes that travel between the server and its clients (JSON over HTTP). Times are ISO 8601, durations seconds. */
import { z } from 'zod'
import { ArrangeRequest, Loudness, MixRequest, PictureFormat } from './mixing.ts'
import { Id, Seconds, Segment, SoundFormat, Span } from './primitives.ts'
import { SubtitleRequest, Tags } from './saving.ts'

export { Id, Segment, SoundFormat, Span, Word } from './primitives.ts'

/** Languages of the studio. */
export const Locale = z.enum(['en', 'zh-CN'])
/** How long recordings are kept, as one may set it. */
export const KeepRecordings = z.enum(['until_erased', 'P1D', 'P7D', 'P30D', 'P90D', 'P365D'])
/** Formats words can be saved in. */
export const WordsFormat = z.enum(['txt', 'srt', 'vtt', 'json', 'docx', 'pdf'])

/** RFC 9457 problem details; `code` is the catalogue's stable name, `clause` the policy clause that refuses. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string(),
  clause: z.string().optional(),
  purpose: z.string().optional(),
  retry_after: z.number().optional(),
})

/** Which notice the person had before them: written to the ledger before anything else about them (C4). */
export const NoticeSeen = z.object({ version: z.string().max(40), hash: z.string().max(128), locale: Locale })

/** Who one is here; the number only masked (C22, C165). */
export const Me = z.object({
  handle: z.string(),
  guest: z.boolean(),
  display_name: z.string().nullable(),
  avatar: z.string().nullable(),
  number_masked: z.string().nullable(),
  age_band: z.enum(['under_14', '14_17', 'adult']).nullable(),
  locale: Locale.nullable(),
  password: z.boolean(),
  totp: z.boolean(),
  /** Everything is sealed and nothing is used, until it is thawed. */
  frozen: z.boolean(),
  created_at: z.iso.datetime(),
})

/** What this studio is and can do. */
export const Status = z.object({
  version: z.string(),
  policy: z.object({ version: z.string(), hash: z.string() }),
  guests: z.boolean(),
  /** Where a one-time code is delivered: shown on this page (loopback only), by SMS, or phone sign-in is off. */
  codes: z.enum(['page', 'sms', 'off']),
  loopback: z.boolean(),
  /** The browser sent `Sec-GPC: 1`: only what is necessary is kept in it, unless the person says otherwise (C106). */
  gpc: z.boolean(),
  /** Whether the service goes on (C156); `end` is the day it ends, or ended. */
  service: z.object({ state: z.enum(['serving', 'announced', 'ended']), end: z.iso.datetime().nullable() }),
  transcribe: z.array(z.object({ model: z.enum(['base', 'small']), ready: z.boolean(), bytes: z.int() })),
  denoise: z.boolean(),
  upload_limit: z.int(),
})

/** One stream of a media file: rates in hertz, sizes in pixels. */
export const Stream = z.object({
  type: z.string(),
  codec: z.string(),
  sampleRate: z.number().optional(),
  channels: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  frameRate: z.number().optional(),
})

/** How far a job is; the last four are final. */
export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'refused'])
/** What can be done to an item. */
export const Operation = z.enum([
  'prepare',
  'transcribe',
  'denoise',
  'cut',
  'clip',
  'extract',
  'convert',
  'mix',
  'arrange',
  'subtitle',
  'speak',
  'translate',
  'save_speech',
  'dub',
])

/** One piece of work on an item. */
export const Job = z.object({
  id: Id,
  item: Id,
  operation: Operation,
  state: JobState,
  stage: z.string().nullable(),
  /** In the stage's own unit (seconds of sound, bytes); `total` 0 while unknown. */
  done: z.number(),
  total: z.number(),
  attempt: z.int(),
  /** A code of the problem catalogue where the job failed or was refused. */
  problem: z.string().nullable(),
  /** The new item that the job made. */
  result: Id.nullable(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  ended_at: z.iso.datetime().nullable(),
})

/** A recording or result of one person. */
export const Item = z.object({
  id: Id,
  name: z.string(),
  media: z.enum(['sound', 'video']),
  origin: z.enum(['recorded', 'imported', 'call', 'made', 'sample']),
  made_from: z
    .object({
      item: Id,
      operation: Operation,
      name: z.string().nullable(),
      loudness: z.object({ before: Loudness.optional(), after: Loudness }).nullable(),
      /** The text or dubbing it was spoken from. */
      speech: Id.nullable(),
    })
    .nullable(),
  /** `preparing` until the file was read and its peaks drawn; `unreadable` carries the reason in `problem`. */
  state: z.enum(['preparing', 'ready', 'unreadable']),
  problem: z.string().nullable(),
  bytes: z.int(),
  mime: z.string(),
  duration: z.number().nullable(),
  container: z.string().nullable(),
  streams: z.array(Stream),
  transcript: z.enum(['none', 'partial', 'complete']),
  edited: z.boolean(),
  erase_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  jobs: z.array(Job),
})

/** The words of an item as recognised. */
export const Transcript = z.object({
  language: z.string(),
  model: z.string(),
  duration: Seconds,
  complete: z.boolean(),
  segments: z.array(Segment),
})

/** A non-destructive edit: the words as corrected, the stretches taken out. Saved whole under a revision. */
export const Edit = z.object({
  revision: z.int().nonnegative(),
  segments: z.array(Segment).nullable(),
  cuts: z.array(Span),
  /** Passages in the order they are heard in; empty where that is the order of the recording. */
  order: z.array(Span).max(20_000).default([]),
})

/** Work asked for, with its options. */
export const JobRequest = z.discriminatedUnion('operation', [
  z.object({
    operation: z.literal('transcribe'),
    language: z.string().max(12).optional(),
    model: z.enum(['base', 'small']).default('base'),
  }),
  z.object({
    operation: z.literal('denoise'),
    mode: z.enum(['speech', 'full']).default('speech'),
    strength: z.number().min(0).max(1).default(0.85),
  }),
  z.object({
    operation: z.literal('cut'),
    /** In the order they are to be heard in. */
    keep: z.array(Span).min(1).max(20_000),
    /** Of a film a picture format cuts the pictures, too. */
    format: z.union([SoundFormat, PictureFormat]).default('flac'),
    name: z.string().max(200).optional(),
  }),
  z.object({
    operation: z.literal('clip'),
    from: Seconds,
    to: Seconds,
    reencode: z.boolean().default(false),
    name: z.string().max(200).optional(),
  }),
  z.object({ operation: z.literal('extract') }),
  z.object({ operation: z.literal('convert'), format: SoundFormat, tags: Tags.optional() }),
  SubtitleRequest,
  MixRequest,
  ArrangeRequest,
])

/** One switch of Privacy Settings (C85, C201): a setting of the policy, the purposes it governs and what is recorded of it. */
export const Switch = z.object({
  setting: z.string(),
  purposes: z.array(z.string()),
  permission: z.string().nullable(),
  on: z.boolean(),
  /** `unasked` until the person was asked once. */
  state: z.enum(['unasked', 'given', 'refused', 'withdrawn', 'renew']),
  changed_at: z.iso.datetime().nullable(),
})

/** How much of one kind is held, for what. */
export const Held = z.object({
  kind: z.string(),
  count: z.int(),
  bytes: z.int(),
  categories: z.array(z.string()),
  purposes: z.array(z.string()),
  /** Where it came from (C11). */
  source: z.enum(['subject', 'made', 'studio', 'host']),
  /** The `keep` of the policy: a duration, or what it ends with. */
  keep: z.string(),
  oldest: z.iso.datetime().nullable(),
})

/** One opening of a person's data: when, for what, by whom. */
export const Opening = z.object({
  index: z.int(),
  at: z.iso.datetime(),
  purpose: z.string(),
  categories: z.array(z.string()),
  by: z.string(),
  item: Id.nullable(),
})

/** What an erasure destroyed, computed by reading again, in every store, where it had been (DESIGN section 4). */
export const Certificate = z.object({
  id: Id,
  at: z.iso.datetime(),
  scope: z.enum(['item', 'everything']),
  keys_destroyed: z.int(),
  records_removed: z.int(),
  objects_removed: z.int(),
  /** One row a store: at how many places something of theirs had been and was looked for again, and how much was still found (0 in each, or the erasure is not certified). */
  checks: z.array(z.object({ store: z.string(), read: z.int(), found: z.int() })),
  /** The day on which the last copy of the destroyed keys is gone from the key store's rolling copy. */
  last_copy_gone: z.iso.date(),
  ledger: z.object({ size: z.int(), root: z.string() }),
})

/** A head of the ledger; `signed` is the C2SP checkpoint. */
export const LedgerHead = z.object({ origin: z.string(), size: z.int(), root: z.string(), signed: z.string() })

/** One place where a person is signed in. */
export const SessionRow = z.object({
  id: Id,
  current: z.boolean(),
  agent: z.string().nullable(),
  started_at: z.iso.datetime(),
  seen_at: z.iso.datetime(),
})
