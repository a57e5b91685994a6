/** The part of the contract about changing the number of an account (C195). */
import { z } from 'zod'
import { route } from './route.ts'
import { Me } from './shapes.ts'

/** What asking for a one-time code answers. */
export const CodeAsked = z.object({
  challenge: z.string(),
  sent: z.enum(['page', 'sms']),
  /** Only where the code may be shown on the page (loopback, no proxy). */
  code: z.string().optional(),
  /** Seconds. */
  expires_in: z.int(),
})

/** The routes. */
export const numberContract = {
  'POST /api/me/number/code': route({
    caller: 'stepped_up',
    summary: 'Ask for a code for the new number of my account',
    body: z.object({ number: z.string().min(5).max(30), country: z.string().length(2).optional() }),
    answer: CodeAsked,
  }),
  'PUT /api/me/number': route({
    caller: 'stepped_up',
    summary: 'Change my number by the code that came to the new one; the old one leads nowhere from then on',
    body: z.object({ challenge: z.string().max(100), code: z.string().regex(/^\d{6}$/) }),
    answer: Me,
  }),
} as const
