/** Shapes of mixing: a background sound under a voice, several tracks together, versions of an edit. */
import { z } from 'zod'
import { Id, Seconds, Segment, SoundFormat, Span } from './primitives.ts'

/** Sounds that are made by code. */
export const BedName = z.enum(['rain', 'waves', 'cafe', 'room', 'pad'])
/** Containers of picture and sound that a result may be written in. */
export const PictureFormat = z.enum(['mp4', 'mov', 'mkv', 'webm'])
const Decibels = z.number().min(-96).max(48)

/** How loud a sound is (EBU R 128): LUFS, LU, dBTP; null where it is silent. */
export const Loudness = z.object({
  integrated: z.number().nullable(),
  range: z.number().nullable(),
  truePeak: z.number().nullable(),
})

/** Down under speech: dB, seconds, seconds. */
export const Ducking = z.object({
  depth: z.number().min(0).max(60),
  attack: z.number().min(0).max(10),
  release: z.number().min(0).max(10),
})

/** A background sound under a voice. */
export const MixOptions = z.object({
  /** A made sound, or an item of one's own. */
  bed: z.union([BedName, Id]),
  /** LU against the voice. */
  level: z.number().min(-60).max(20).default(-14),
  duck: Ducking.nullable().default({ depth: 10, attack: 0.3, release: 0.8 }),
  fadeIn: z.number().min(0).max(3600).default(1),
  fadeOut: z.number().min(0).max(3600).default(3),
  loop: z.boolean().default(true),
  /** LUFS. */
  loudness: z.number().min(-60).max(-5).nullable().default(null),
})

/** Work: a background sound under an item. A film stays one where a picture format is asked for. */
export const MixRequest = MixOptions.extend({
  operation: z.literal('mix'),
  format: z.union([SoundFormat, PictureFormat]).default('flac'),
  name: z.string().max(200).optional(),
})

/** A stretch of a sound somewhere in time. */
export const Clip = z.object({
  /** Which of `items`, or a made sound. */
  source: z.union([z.int().min(0).max(31), BedName]),
  from: Seconds,
  to: Seconds,
  at: Seconds,
  length: z.number().positive().max(86_400).optional(),
  /** Again and again, however long it lasts. */
  loop: z.boolean().optional(),
  /** Seconds of the endless sound that went by before it begins. */
  offset: Seconds.max(86_400).optional(),
  gain: Decibels.optional(),
  fadeIn: Seconds.optional(),
  fadeOut: Seconds.optional(),
})

/** Clips that are treated alike. */
export const Track = z.object({
  role: z.enum(['voice', 'background', 'effects']),
  clips: z.array(Clip).max(5000),
  gain: Decibels.optional(),
  pan: z.number().min(-1).max(1).optional(),
  muted: z.boolean().optional(),
  duck: Ducking.optional(),
})

/** Work: several tracks of several items played together, or joined one after another. The first item is the one the work is on. */
export const ArrangeRequest = z.object({
  operation: z.literal('arrange'),
  items: z.array(Id).min(1).max(32),
  tracks: z.array(Track).min(1).max(32),
  loudness: z.number().min(-60).max(-5).nullable().default(null),
  format: SoundFormat.default('flac'),
  name: z.string().max(200).optional(),
})

/** A moment of an edit that was given a name. */
export const Version = z.object({
  id: Id,
  name: z.string(),
  saved_at: z.iso.datetime(),
  segments: z.array(Segment).nullable(),
  cuts: z.array(Span),
  order: z.array(Span),
})
