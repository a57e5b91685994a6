/** The part of the contract about a person's rights: freeze, object, decisions, requests, cancelling the account. */
import { z } from 'zod'
import { route } from './route.ts'
import { Certificate, Id } from './shapes.ts'

const Moment = z.iso.datetime()

/** A request whose answer takes time, with its clocks (C209, C218). */
export const RequestView = z.object({
  id: Id,
  right: z.enum(['cancel', 'object', 'review']),
  state: z.enum(['open', 'in_progress', 'fulfilled', 'denied', 'revoked', 'expired']),
  asked_at: Moment,
  /** Until then it must be clear who asked, of what came by letter. */
  check_until: Moment.nullable(),
  /** Until then it can be taken back; a cancellation only. */
  grace_until: Moment.nullable(),
  due_at: Moment.nullable(),
})

/** What a law makes the studio keep: storage only (C154, C212). */
export const HoldView = z.object({ id: Id, kinds: z.array(z.string()), citation: z.string(), until: Moment })

/** A decision that the program made by itself, with its review. */
export const DecisionView = z.object({
  id: Id,
  code: z.enum([
    'codes_limited',
    'sign_in_locked',
    'second_step_locked',
    'upload_refused',
    'file_refused',
    'work_limited',
  ]),
  /** A code of the problem catalogue. */
  reason: z.string().nullable(),
  count: z.int(),
  first_at: Moment,
  last_at: Moment,
  review: RequestView.extend({ answer: z.string().nullable() }).nullable(),
})

/** How far the end of an account is, for whoever has its ticket. */
export const TicketView = z.object({
  state: z.enum(['checking', 'lapsed', 'waiting', 'held', 'revoked', 'ended']),
  request: RequestView.nullable(),
  holds: z.array(HoldView),
  certificate: Certificate.nullable(),
})

/** What is held of one kind, value by value, masked as its categories say. */
export const HeldRecord = z.object({
  id: z.string(),
  created_at: Moment,
  due_at: Moment.nullable(),
  fields: z.array(
    z.object({
      field: z.string(),
      category: z.string(),
      shown: z.string(),
      /** The page on which it is corrected; null where it is not. */
      correct: z.string().nullable(),
      /** Why a value that one gave is not corrected where it is (C195). */
      why: z.enum(['follows', 'fact', 'original', 'passing', 'done', 'proof', 'remade']).nullable(),
    }),
  ),
})

const byId = z.object({ id: Id })

/** The routes. */
export const rightsContract = {
  'GET /api/privacy/records/:kind': route({
    caller: 'person',
    summary: 'What is held of one kind, value by value; masked where others may look over the shoulder',
    params: z.object({ kind: z.string().max(40) }),
    answer: z.array(HeldRecord),
  }),
  'GET /api/privacy/erasable': route({
    caller: 'person',
    summary: 'What can be erased by itself while the account goes on',
    answer: z.object({ categories: z.array(z.string()), purposes: z.array(z.string()) }),
  }),
  'POST /api/privacy/erase-part': route({
    caller: 'stepped_up',
    summary: 'Erase everything of a category, or everything held for a purpose',
    body: z.union([z.strictObject({ category: z.string().max(80) }), z.strictObject({ purpose: z.string().max(60) })]),
    answer: z.object({
      items: z.int(),
      records: z.int(),
      fields: z.int(),
      checks: z.array(z.object({ store: z.string(), read: z.int(), found: z.int() })),
    }),
  }),
  'POST /api/privacy/import': route({
    caller: 'person',
    summary: 'Bring an archive of mine back in, from here or from another studio',
    takes: 'application/x-tar',
    answer: z.object({
      items: z.int(),
      words: z.int(),
      versions: z.int(),
      texts: z.int(),
      profile: z.array(z.string()),
      /** What the archive has of kinds that stay behind, and why. */
      left: z.array(
        z.object({
          kind: z.string(),
          count: z.int(),
          why: z.enum(['entrance', 'proof', 'agreement', 'passing', 'anew']),
        }),
      ),
    }),
  }),
  'GET /api/privacy/received': route({
    caller: 'person',
    summary: 'Who received what of mine',
    answer: z.array(z.object({ index: z.int(), at: Moment, recipient: z.string(), categories: z.array(z.string()) })),
  }),
  'GET /api/privacy/standing': route({
    caller: 'person',
    summary: 'How my account stands: frozen or not, objections, holds, requests',
    answer: z.object({
      state: z.enum(['live', 'frozen', 'ending', 'held']),
      objections: z.array(z.object({ purpose: z.string(), on: z.boolean() })),
      holds: z.array(HoldView),
      requests: z.array(RequestView),
    }),
  }),
  'POST /api/privacy/freeze': route({
    caller: 'person',
    summary: 'Freeze my account: everything stays sealed and is used for nothing',
    answer: 'nothing',
  }),
  'POST /api/privacy/thaw': route({ caller: 'stepped_up', summary: 'Thaw my account', answer: 'nothing' }),
  'POST /api/privacy/taken': route({
    caller: 'person',
    summary: 'My account was taken: freeze it and end all sessions, this one too',
    answer: 'nothing',
  }),
  'PUT /api/privacy/objections/:purpose': route({
    caller: 'person',
    summary: 'Object to a use, or take the objection back',
    params: z.object({ purpose: z.string().max(60) }),
    body: z.object({ on: z.boolean() }),
    answer: 'nothing',
  }),
  'GET /api/privacy/decisions': route({
    caller: 'person',
    summary: 'What the program decided about me by itself, and why',
    answer: z.array(DecisionView),
  }),
  'POST /api/privacy/decisions/:id/review': route({
    caller: 'person',
    summary: 'Have a decision reviewed by a person of the host',
    params: byId,
    body: z.object({ words: z.string().max(2000).default('') }),
    answer: 'nothing',
  }),
  'POST /api/privacy/cancel': route({
    caller: 'stepped_up',
    summary: 'Cancel my account: frozen and signed out at once, erased when the grace is over',
    body: z.object({ choice: z.enum(['delete', 'anonymise']) }),
    answer: z.object({
      /** Leads to the state and the certificate; told once. */
      ticket: z.string(),
      request: RequestView,
      holds: z.array(HoldView),
    }),
  }),
  'DELETE /api/privacy/cancel': route({
    caller: 'stepped_up',
    summary: 'Take the cancellation back',
    answer: 'nothing',
  }),
  'GET /api/certificates/:ticket': route({
    caller: 'anyone',
    summary: 'How far the end of an account is, and its certificate, by the ticket',
    params: z.object({ ticket: z.string().min(20).max(60) }),
    answer: TicketView,
  }),
} as const
