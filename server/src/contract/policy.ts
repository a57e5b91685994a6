/** Routes of the policy itself: its versions, what changed, what one has read, and what programs look for. */
import { z } from 'zod'
import { route } from './route.ts'
import { Locale, NoticeSeen } from './shapes.ts'

const Severity = z.enum(['first', 'minor', 'major'])
const locale = z.object({ locale: Locale.default('en') })

/** A piece of a printed line. */
const Inline = z.object({ text: z.string(), strong: z.literal(true).optional(), code: z.literal(true).optional() })

/** A published version of the policy. */
export const PolicyVersion = z.object({
  /** Counts from 1. */
  number: z.int(),
  version: z.string(),
  effective: z.string(),
  published_at: z.iso.datetime(),
  severity: Severity,
  /** SHA-256 of all that was published. */
  hash: z.string(),
})

/** A section of the notice that reads differently. `id` is its anchor in the notice. */
const SectionChange = z.object({
  id: z.string(),
  title: z.string(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
})

/** What one has read, and what has changed since. */
export const Reading = z.object({
  current: PolicyVersion,
  /** The version read last; null where it is not one that was published. */
  read: PolicyVersion.nullable(),
  read_at: z.iso.datetime().nullable(),
  severity: z.enum(['none', 'minor', 'major']),
  sections: z.array(SectionChange),
  /** Switches that were on and ask again, because their purpose has grown. */
  renew: z.array(z.string()),
  /** Purposes without a switch that have grown: for oneself they stay as they were until one has read. */
  widened: z.array(z.string()),
})

/** Routes of the policy. */
export const policyRoutes = {
  'GET /api/policy/versions': route({
    caller: 'anyone',
    summary: 'Every published version of the privacy notice, newest first',
    answer: z.array(PolicyVersion),
  }),
  'GET /api/policy/versions/:number': route({
    caller: 'anyone',
    summary: 'One version: its whole text, and what it changed',
    params: z.object({ number: z.coerce.number().int().min(1) }),
    query: locale,
    answer: PolicyVersion.extend({
      /** What changed in the policy, gravest first, in words; `clause` says why a change counts as major. */
      changes: z.array(
        z.object({ text: z.string(), severity: z.enum(['minor', 'major']), clause: z.string().nullable() }),
      ),
      sections: z.array(SectionChange),
      /** The notice as it was printed then. */
      notice: z.record(z.string(), z.unknown()),
    }),
  }),
  'GET /api/policy/register': route({
    caller: 'anyone',
    summary: 'The control register: rule, tests and last evidence behind each sentence of the notice',
    query: locale,
    answer: z.object({
      locale: Locale,
      /** When the rules were last broken to see whether their tests notice, how many, and how many clauses that proved. */
      made_at: z.iso.datetime(),
      broken: z.int(),
      proven: z.int(),
      sections: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          sentences: z.array(z.array(Inline)),
          rule: z.string(),
          clauses: z.array(z.int()),
        }),
      ),
      clauses: z.array(
        z.object({
          clause: z.int(),
          proven: z.boolean(),
          rules: z.array(z.string()),
          tests: z.array(z.object({ file: z.string(), name: z.string() })),
        }),
      ),
    }),
  }),
  'GET /api/policy/reading': route({
    caller: 'person',
    summary: 'What I have read of the privacy notice, and what has changed since',
    query: locale,
    answer: Reading,
  }),
  'POST /api/policy/reading': route({
    caller: 'person',
    summary: 'I have read the privacy notice as it is now',
    body: z.object({ notice: NoticeSeen, channel: z.enum(['page', 'banner', 'dialog']) }),
    answer: Reading,
  }),
  'POST /api/service/told': route({
    caller: 'person',
    summary: 'I was told that the service will end',
    answer: 'nothing',
  }),
  'GET /.well-known/security.txt': route({
    caller: 'anyone',
    summary: 'Whom to tell about a weakness (RFC 9116)',
    answer: 'bytes',
  }),
  'GET /.well-known/data-rights.json': route({
    caller: 'anyone',
    summary: 'The rights people have here, with their clocks and where each is used',
    answer: 'bytes',
  }),
} as const
