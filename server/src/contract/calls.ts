/** Calls: what the other side agreed to, kept with the recording and told with it (C53). */
import { z } from 'zod'
import { route } from './route.ts'
import { Id, Locale } from './shapes.ts'

const Other = z.string().trim().max(100)

/** What the other side agreed to, as the one who records attests it. */
export const Agreement = z.object({
  way: z.enum(['read', 'announced', 'asked', 'written', 'screen']),
  /** What the person calls them. */
  other: Other.min(1).optional(),
  at: z.iso.datetime(),
  /** The words they were told. */
  told: z.string().trim().min(1).max(2000),
  locale: Locale,
})

const byId = z.object({ id: Id })

/** Routes of calls. A call comes in by an upload whose metadata carry its agreement as JSON. */
export const callRoutes = {
  'GET /api/items/:id/agreement': route({
    caller: 'person',
    summary: 'What the other side of this call agreed to; of a result, that of the call it was made from',
    params: byId,
    answer: Agreement.extend({ item: Id }),
  }),
  'PUT /api/items/:id/agreement': route({
    caller: 'person',
    summary: 'Correct what I call the other side',
    params: byId,
    body: z.object({ other: Other }),
    answer: Agreement.extend({ item: Id }),
  }),
} as const
