/**
 * Decisions that the program makes about a person by itself: a limit met, an upload refused, a sign-in locked (PIPL 24,
 * GDPR 22). Each is noted where its person reads it, with its reason, and a person of the host reviews it when asked.
 */
import { keepUntil } from '@sotto/policy'
import type { Gate } from '../gate/gate.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import type { Turns } from '../keys/turns.ts'
import type { RightsParts } from './parts.ts'
import { ask, type RequestRow, requestRows } from './requests.ts'

/** What the program decides by itself. */
export const DECISIONS = [
  'codes_limited',
  'sign_in_locked',
  'second_step_locked',
  'upload_refused',
  'file_refused',
  'work_limited',
] as const
/** One of them. */
export type DecisionCode = (typeof DECISIONS)[number]

/** The same decision again within this time is counted, not listed anew. */
const SAME_MS = 24 * 3_600_000

/** What noting needs. */
export interface NotingParts {
  readonly gate: Gate
  readonly turns: Turns
  readonly now: () => Date
}

/** Notes a decision about a person. Of somebody erased meanwhile nothing is noted. */
export async function noteDecision(
  parts: NotingParts,
  person: string,
  code: DecisionCode,
  reason?: string,
): Promise<void> {
  try {
    await parts.turns.take(`decision ${person}`, async () => {
      const at = parts.now()
      const mine = await parts.gate.open('prove', person, { by: 'job' })
      const [before] = (await mine.decision.list()).filter(
        (one) => one.code === code && one.reason === reason && at.getTime() - Date.parse(one.last_at) < SAME_MS,
      )
      if (before) await mine.decision.change(before.id, { count: before.count + 1, last_at: at.toISOString() })
      else
        await mine.decision.add(
          { code, count: 1, last_at: at.toISOString(), ...(reason === undefined ? {} : { reason }) },
          { due_at: keepUntil('decision', at) },
        )
    })
  } catch (error) {
    if (error instanceof KeyGoneError || (error as { code?: string }).code === 'erased') return
    throw error
  }
}

/** A decision as its person sees it. */
export interface DecisionView {
  readonly id: string
  readonly code: DecisionCode
  readonly reason: string | null
  readonly count: number
  readonly first_at: Date
  readonly last_at: Date
  readonly review: (RequestRow & { readonly answer: string | null }) | null
}

/** There is no such decision. */
export class NoDecisionError extends Error {
  override name = 'NoDecisionError'
  readonly code = 'not_found'
}

/** The decisions about a person, newest first, with their reviews. */
export async function decisionsOf(parts: RightsParts, person: string): Promise<DecisionView[]> {
  const mine = await parts.gate.open('own_rights', person, { by: 'self' })
  const rows = await mine.decision.list()
  const clocks = new Map((await requestRows(parts, { person, right: 'review' })).map((row) => [row.id, row]))
  const reviews = (await mine.request.list()).filter(({ right }) => right === 'review')
  return rows.map((row) => {
    const asked = reviews.find(({ about }) => about === row.id)
    const clock = asked && clocks.get(asked.id)
    return {
      id: row.id,
      code: row.code as DecisionCode,
      reason: row.reason ?? null,
      count: row.count,
      first_at: row.created_at,
      last_at: new Date(row.last_at),
      review: asked && clock ? { ...clock, answer: asked.answer?.reason ?? null } : null,
    }
  })
}

/** Asks for a review; asking twice is asking once. @throws NoDecisionError */
export async function askReview(parts: RightsParts, person: string, decision: string, words: string): Promise<void> {
  await parts.turns.take(`rights ${person}`, async () => {
    const found = (await decisionsOf(parts, person)).find(({ id }) => id === decision)
    if (!found) throw new NoDecisionError('there is no such decision')
    if (found.review) return
    await ask(parts, person, { right: 'review', about: decision, ...(words.trim() === '' ? {} : { words }) })
  })
}
