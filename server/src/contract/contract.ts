/** Every route there is, by `METHOD path`. The server refuses to start when one of them has no handler. */
import { z } from 'zod'
import { callRoutes } from './calls.ts'
import { faceContract } from './faces.ts'
import { MixOptions, Version } from './mixing.ts'
import { modelContract } from './models.ts'
import { CodeAsked, numberContract } from './number.ts'
import { permissionRoutes } from './permissions.ts'
import { policyRoutes } from './policy.ts'
import { Seconds } from './primitives.ts'
import { rightsContract } from './rights.ts'
import { route } from './route.ts'
import {
  Certificate,
  Edit,
  Held,
  Id,
  Item,
  Job,
  JobRequest,
  KeepRecordings,
  LedgerHead,
  Locale,
  Me,
  NoticeSeen,
  Opening,
  SessionRow,
  Status,
  Switch,
  Transcript,
  WordsFormat,
} from './shapes.ts'
import { shareContract } from './share.ts'
import { speechContract } from './speech.ts'
import { timelineContract } from './timeline.ts'

const byId = z.object({ id: Id })
const Password = z.string().min(8).max(200)
const Code = z.string().regex(/^\d{6}$/)

/** Every route there is. */
export const contract = {
  'GET /api/status': route({ caller: 'anyone', summary: 'What this studio can do', answer: Status }),
  'GET /api/notice': route({
    caller: 'anyone',
    summary: 'The privacy notice, printed from the policy',
    query: z.object({ locale: Locale.default('en'), format: z.enum(['json', 'html', 'markdown']).default('json') }),
    answer: 'bytes',
  }),

  'POST /api/session/guest': route({
    caller: 'anyone',
    summary: 'Begin as a guest, having seen the notice',
    body: z.object({ notice: NoticeSeen }),
    answer: Me,
  }),
  'POST /api/session/code': route({
    caller: 'anyone',
    summary: 'Ask for a one-time code for a phone number',
    body: z.object({ number: z.string().min(5).max(30), country: z.string().length(2).optional(), notice: NoticeSeen }),
    answer: CodeAsked,
  }),
  'POST /api/session/verify': route({
    caller: 'anyone',
    summary: 'Sign in with the code; a guest keeps everything by binding the number',
    body: z.object({
      challenge: z.string().max(100),
      code: Code,
      totp: z.string().max(20).optional(),
      /** Agree to join the guest's things to the account that already has this number. */
      merge: z.boolean().optional(),
    }),
    answer: Me,
  }),
  'POST /api/session/password': route({
    caller: 'anyone',
    summary: 'Sign in with handle or number and password',
    body: z.object({
      name: z.string().max(60),
      password: z.string().max(200),
      totp: z.string().max(20).optional(),
      /** Agree to join what was made here as a guest to the account. */
      merge: z.boolean().optional(),
    }),
    answer: Me,
  }),
  'POST /api/session/end': route({ caller: 'person', summary: 'Sign out here', answer: 'nothing' }),
  'POST /api/session/step-up': route({
    caller: 'person',
    summary: 'Prove once more who you are, before what cannot be taken back',
    body: z.object({ totp: z.string().max(20).optional(), password: z.string().max(200).optional() }),
    answer: 'nothing',
  }),
  'GET /api/sessions': route({ caller: 'person', summary: 'Where I am signed in', answer: z.array(SessionRow) }),
  'DELETE /api/sessions/:id': route({ caller: 'person', summary: 'Sign out there', params: byId, answer: 'nothing' }),

  'GET /api/me': route({ caller: 'person', summary: 'Who I am here', answer: Me }),
  'PATCH /api/me': route({
    caller: 'person',
    summary: 'Change handle, name, picture, age band, language: all optional',
    body: z.object({
      handle: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]{2,30}$/)
        .optional(),
      display_name: z.string().max(80).nullable().optional(),
      avatar: z.string().max(90_000).startsWith('data:image/').nullable().optional(),
      age_band: z.enum(['under_14', '14_17', 'adult']).nullable().optional(),
      locale: Locale.nullable().optional(),
    }),
    answer: Me,
  }),
  'PUT /api/me/password': route({
    caller: 'stepped_up',
    summary: 'Set a password',
    body: z.object({ password: Password }),
    answer: 'nothing',
  }),
  'DELETE /api/me/password': route({ caller: 'stepped_up', summary: 'Remove the password', answer: 'nothing' }),
  'POST /api/me/totp': route({
    caller: 'stepped_up',
    summary: 'Begin a second step by authenticator app',
    answer: z.object({ uri: z.string(), secret: z.string() }),
  }),
  'POST /api/me/totp/confirm': route({
    caller: 'person',
    summary: 'Confirm the second step',
    body: z.object({ code: Code }),
    answer: z.object({ recovery: z.array(z.string()) }),
  }),
  'DELETE /api/me/totp': route({ caller: 'stepped_up', summary: 'Remove the second step', answer: 'nothing' }),

  'GET /api/consents': route({ caller: 'person', summary: 'My switches', answer: z.array(Switch) }),
  'PUT /api/consents/:setting': route({
    caller: 'person',
    summary: 'Give or withdraw a consent',
    params: z.object({ setting: z.string().max(60) }),
    body: z.object({ on: z.boolean(), notice: NoticeSeen }),
    answer: Switch,
  }),
  'GET /api/consents/receipts': route({
    caller: 'person',
    summary: 'Receipts of my consents (ISO/IEC TS 27560)',
    answer: z.array(z.record(z.string(), z.unknown())),
  }),
  'GET /api/settings': route({
    caller: 'person',
    summary: 'My settings',
    answer: z.object({ keep_recordings: z.string() }),
  }),
  'PUT /api/settings': route({
    caller: 'person',
    summary: 'Change my settings',
    body: z.object({ keep_recordings: KeepRecordings }),
    answer: z.object({ keep_recordings: z.string() }),
  }),

  'POST /api/items/sample': route({
    caller: 'person',
    summary: 'Put the sample recording into my library',
    answer: Item,
  }),
  'GET /api/items': route({
    caller: 'person',
    summary: 'My library, newest first; search by name',
    query: z.object({ q: z.string().max(100).optional() }),
    answer: z.array(Item),
  }),
  'GET /api/items/:id': route({ caller: 'person', summary: 'One item', params: byId, answer: Item }),
  'PATCH /api/items/:id': route({
    caller: 'person',
    summary: 'Rename an item, or change its tags',
    params: byId,
    body: z
      .strictObject({
        name: z.string().trim().min(1).max(200).optional(),
        tags: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
      })
      .refine(({ name, tags }) => name !== undefined || tags !== undefined),
    answer: Item,
  }),
  'DELETE /api/items/:id': route({
    caller: 'person',
    summary: 'Erase an item for good',
    params: byId,
    answer: Certificate,
  }),
  'GET /api/items/:id/media': route({
    caller: 'person',
    summary: 'The sound or video itself; answers Range requests',
    params: byId,
    query: z.object({ download: z.string().optional() }),
    answer: 'bytes',
  }),
  'GET /api/items/:id/peaks': route({ caller: 'person', summary: 'The waveform', params: byId, answer: 'bytes' }),
  'GET /api/items/:id/transcript': route({
    caller: 'person',
    summary: 'The words as recognised',
    params: byId,
    answer: Transcript,
  }),
  'GET /api/items/:id/words': route({
    caller: 'person',
    summary: 'The words as corrected and cut, as a file',
    params: byId,
    query: z.object({ format: WordsFormat }),
    answer: 'bytes',
  }),
  'GET /api/items/:id/edit': route({ caller: 'person', summary: 'My edit of this item', params: byId, answer: Edit }),
  'PUT /api/items/:id/edit': route({
    caller: 'person',
    summary: 'Save my edit: `revision` must be the one I started from',
    params: byId,
    body: Edit,
    answer: Edit,
  }),
  'GET /api/items/:id/versions': route({
    caller: 'person',
    summary: 'Versions of my edit, newest first',
    params: byId,
    answer: z.array(Version),
  }),
  'POST /api/items/:id/versions': route({
    caller: 'person',
    summary: 'Keep my edit as it is now as a version',
    params: byId,
    body: z.object({ name: z.string().trim().min(1).max(200) }),
    answer: Version,
  }),
  'DELETE /api/items/:id/versions/:version': route({
    caller: 'person',
    summary: 'Erase a version',
    params: z.object({ id: Id, version: Id }),
    answer: 'nothing',
  }),
  'POST /api/items/:id/mix': route({
    caller: 'person',
    summary: 'A stretch of a mix, to listen to before the whole is made (mp3, 30 s at most)',
    params: byId,
    body: MixOptions.extend({ from: Seconds, to: Seconds }),
    answer: 'bytes',
  }),
  'POST /api/items/:id/jobs': route({
    caller: 'person',
    summary: 'Have work done on an item',
    params: byId,
    body: JobRequest,
    answer: Job,
  }),
  'GET /api/jobs': route({ caller: 'person', summary: 'My jobs, newest first', answer: z.array(Job) }),
  'GET /api/jobs/:id': route({ caller: 'person', summary: 'One job', params: byId, answer: Job }),
  'DELETE /api/jobs/:id': route({ caller: 'person', summary: 'Cancel a job', params: byId, answer: Job }),
  'GET /api/events': route({
    caller: 'person',
    summary: 'What happens to my things, as it happens (server-sent events: job, item, segment, erased)',
    answer: 'bytes',
  }),

  'GET /api/privacy/held': route({ caller: 'person', summary: 'What is held about me', answer: z.array(Held) }),
  'GET /api/privacy/copy': route({
    caller: 'stepped_up',
    summary: 'A copy of every record about me, as one JSON file (the recordings are downloaded one by one)',
    answer: 'bytes',
  }),
  'GET /api/privacy/archive': route({
    caller: 'stepped_up',
    summary: 'Everything of mine as one tar: records, a summary to read, and the recordings',
    query: z.object({
      locale: Locale.optional(),
      /** Only asks whether it may be taken now. */
      ask: z.string().optional(),
    }),
    answer: 'bytes',
  }),
  'GET /api/privacy/openings': route({
    caller: 'person',
    summary: 'Who opened what of mine, for what',
    query: z.object({
      before: z.coerce.number().int().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.array(Opening),
  }),
  'POST /api/privacy/erase': route({
    caller: 'stepped_up',
    summary: 'Erase everything about me for good',
    body: z.object({ confirm: z.literal('erase everything') }),
    answer: Certificate,
  }),
  ...rightsContract,
  ...shareContract,
  ...timelineContract,
  ...speechContract,
  ...modelContract,

  'GET /api/ledger/head': route({
    caller: 'anyone',
    summary: 'The signed head of the ledger (C2SP checkpoint)',
    answer: LedgerHead,
  }),
  'GET /api/ledger/consistency': route({
    caller: 'anyone',
    summary: 'Proof that the ledger only grew since a head I kept (RFC 6962)',
    query: z.object({ from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0) }),
    answer: z.object({ proof: z.array(z.string()) }),
  }),

  ...numberContract,
  ...faceContract,
  ...policyRoutes,
  ...callRoutes,
  ...permissionRoutes,
} as const

/** The type of the contract. */
export type Contract = typeof contract
/** `METHOD path` of a route. */
export type RouteName = keyof Contract
