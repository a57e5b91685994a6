/**
 * Correcting (C195; GDPR 16, PIPL 46): where each value that a person gave is corrected, or why it is not. One entry for each
 * field of each kind whose source is the person: a field that is missing here does not compile.
 */
import type { KindId, policy } from '@sotto/policy'
import type { RouteName } from '../contract/contract.ts'

/** Why a value is not corrected where it is. */
export type NotCorrected =
  /** The proof of another field: it changes with that one. */
  | 'follows'
  /** A fact of the file as it came: measured, not said. Another file is another recording. */
  | 'fact'
  /** The original is never changed; a corrected one is made from it, and the original can be erased. */
  | 'original'
  /** Under way for days at most: the recording it becomes is what one corrects. */
  | 'passing'
  /** What was asked for once and done: asking again makes anew, and the entry goes with its recording. */
  | 'done'
  /** A step one took, kept as proof: another step is taken, and this one stays. */
  | 'proof'
  /** Chosen when it was made: it is ended and made anew. */
  | 'remade'

/** How one field is corrected. */
export type Correction =
  | { readonly by: RouteName; readonly page?: string }
  | { readonly why: NotCorrected; readonly by?: RouteName }

type Kinds = typeof policy.kinds
/** Kinds that come from the person (C11). */
export type SubjectKindId = { [K in KindId]: Kinds[K]['source'] extends 'subject' ? K : never }[KindId]
/** One correction for each field of each kind that comes from the person. */
export type Corrections = { readonly [K in SubjectKindId]: { readonly [F in keyof Kinds[K]['fields']]: Correction } }

const profile: Correction = { by: 'PATCH /api/me', page: '/my' }
const number: Correction = { by: 'PUT /api/me/number', page: '/my' }
const secondStep: Correction = { by: 'DELETE /api/me/totp', page: '/my' }
const words: Correction = { by: 'PUT /api/items/:id/edit', page: '/items/:id' }
const arranged: Correction = { by: 'PUT /api/items/:id/timeline' }
const text: Correction = { by: 'PUT /api/speech/:id' }
const kept: Correction = { why: 'remade', by: 'DELETE /api/items/:id/versions/:version' }
const link: Correction = { why: 'remade', by: 'DELETE /api/shares/:id' }
const fact: Correction = { why: 'fact' }
const passing: Correction = { why: 'passing' }
const done: Correction = { why: 'done' }
const consent: Correction = { why: 'proof', by: 'PUT /api/consents/:setting' }
const step: Correction = { why: 'proof' }

/** The table. */
export const corrections: Corrections = {
  account: { handle: profile, display_name: profile, avatar: profile, age_band: profile, locale: profile },
  identifier: { phone_number: number, verified_at: { why: 'follows', by: 'PUT /api/me/number' } },
  credential: {
    password_hash: { by: 'PUT /api/me/password', page: '/my' },
    totp_secret: secondStep,
    totp_confirmed: secondStep,
    totp_step: { why: 'follows' },
    recovery_hashes: secondStep,
  },
  device: {
    install: { by: 'PUT /api/devices/:install', page: '/my/settings/privacy/permissions' },
    name: { why: 'follows', by: 'PUT /api/devices/:install' },
  },
  setting: {
    keep_recordings: { by: 'PUT /api/settings', page: '/my/settings/privacy' },
  },
  item: {
    name: { by: 'PATCH /api/items/:id', page: '/items/:id' },
    tags: { by: 'PATCH /api/items/:id', page: '/items/:id' },
    media: fact,
    origin: fact,
    made_from: fact,
    info: fact,
  },
  media: {
    role: fact,
    object: fact,
    size: fact,
    mime: fact,
    sha256: fact,
    bytes: { why: 'original', by: 'POST /api/items/:id/jobs' },
  },
  upload: {
    name: passing,
    mime: passing,
    size: passing,
    object: passing,
    origin: passing,
    agreement: passing,
    bytes: passing,
  },
  edit: { revision: { why: 'follows' }, segments: words, cuts: words, order: words },
  version: { name: kept, saved_at: kept, segments: kept, cuts: kept, order: kept },
  agreement: { agreed: { by: 'PUT /api/items/:id/agreement', page: '/items/:id' } },
  timeline: { revision: { why: 'follows' }, items: arranged, tracks: arranged, loudness: arranged },
  speech: {
    name: text,
    voice: text,
    speed: text,
    notice: text,
    segments: text,
    original: text,
    revision: { why: 'follows' },
    mode: { why: 'remade', by: 'DELETE /api/speech/:id' },
    language: { why: 'remade', by: 'DELETE /api/speech/:id' },
    from: fact,
    engine: fact,
    quality: fact,
  },
  task: { operation: done, options: done, target: done },
  consent: {
    purpose: consent,
    state: consent,
    version: consent,
    hash: consent,
    scope: consent,
    method: consent,
    locale: consent,
    guardian: consent,
  },
  request: { right: step, verified_at: step, choice: step, about: step, words: step, answer: step },
  share: { token: link, what: link, mode: link, password_hash: link, warned: link, attested_at: link },
  attestation: { code: step, text_version: step, text: step, locale: step, attested_at: step, objected_at: step },
  right: { right: step, state: step, request: step, why: step },
}

/** How a field is corrected; undefined where the person did not give it. */
export function correctionOf(kind: string, field: string): Correction | undefined {
  const fields = (corrections as Readonly<Record<string, Readonly<Record<string, Correction>>>>)[kind]
  return fields && Object.hasOwn(fields, field) ? fields[field] : undefined
}
