/**
 * @module Requests of a person whose answer takes time: their states (those of the Data Rights Protocol 0.5), what moves
 * them, and their clocks. Pure: the time is passed in.
 */

import { policy } from '../document/policy.ts'
import type { DeadlineId } from '../document/types.ts'
import { addDuration, parseDuration } from '../retention/duration.ts'

/** Rights that are asked for and answered later; all others are done at once, by the person. */
export const REQUESTED_RIGHTS = ['cancel', 'object', 'review'] as const
/** One such right. */
export type RequestedRight = (typeof REQUESTED_RIGHTS)[number]

/** States (DRP 0.5). `open` waits until it is clear that it is the person; the last four are final. */
export const REQUEST_STATES = ['open', 'in_progress', 'fulfilled', 'denied', 'revoked', 'expired'] as const
/** One state. */
export type RequestState = (typeof REQUEST_STATES)[number]

/** What can happen to a request. `time` = the clock was looked at. */
export type RequestEvent = 'verify' | 'revoke' | 'fulfil' | 'deny' | 'time'

/** What the machine knows of a request. */
export interface RequestFacts {
  readonly right: RequestedRight
  readonly state: RequestState
  readonly asked_at: Date
  /** Absent until it is clear that it is the person. */
  readonly verified_at?: Date
}

/** Thrown where a request in this state knows no such event. `code` is `request_ended`. */
export class RequestEndedError extends Error {
  override name = 'RequestEndedError'
  readonly code = 'request_ended'
}

/** Whether nothing more can come. */
export function isEnded(state: RequestState): boolean {
  return state !== 'open' && state !== 'in_progress'
}

/** The clocks of a request (C209, G17): moments, not durations. */
export interface RequestClocks {
  /** Until then it must be clear that it is the person. */
  readonly check_until: Date
  /** Until then it can be taken back, and then it is carried out; a cancellation only. */
  readonly grace_until?: Date
  /** From then on the host is warned. */
  readonly alarm_at?: Date
  /** At the latest then it is done. */
  readonly due_at?: Date
}

const DUE: Readonly<Record<RequestedRight, DeadlineId>> = {
  cancel: 'account_end',
  object: 'complaint_answer',
  review: 'complaint_answer',
}

/** The clocks of a request; those that count from the verification are absent before it. */
export function requestClocks({ right, asked_at, verified_at }: Omit<RequestFacts, 'state'>): RequestClocks {
  const after = (start: Date, id: DeadlineId): Date => addDuration(start, policy.deadlines[id].within)
  const check_until = after(asked_at, 'identity_check')
  if (verified_at === undefined) return { check_until }
  return {
    check_until,
    ...(right === 'cancel' ? { grace_until: after(verified_at, 'cancel_grace') } : {}),
    alarm_at: after(verified_at, 'request_alarm'),
    due_at: after(verified_at, DUE[right]),
  }
}

/** When a request was verified, from the end of its clock. */
export function verifiedAt(right: RequestedRight, due_at: Date): Date {
  const verified = new Date(due_at)
  verified.setUTCDate(verified.getUTCDate() - parseDuration(policy.deadlines[DUE[right]].within).days)
  return verified
}

/**
 * The state after an event at a moment. A cancellation is `fulfil`led only when its grace is over; it can be taken back
 * only before. What stayed unverified too long expires. Events that change nothing (`time` too early) answer the state as it is.
 * @throws RequestEndedError
 */
export function nextRequestState(request: RequestFacts, event: RequestEvent, now: Date): RequestState {
  const { state, right } = request
  if (event === 'time') {
    if (state === 'open' && now > requestClocks(request).check_until) return 'expired'
    return state
  }
  if (isEnded(state)) throw new RequestEndedError(`a request that is ${state} knows no ${event}`)
  if (state === 'open') {
    if (event === 'revoke') return 'revoked'
    if (event === 'deny') return 'denied'
    if (event === 'verify') return now > requestClocks(request).check_until ? 'expired' : 'in_progress'
    throw new RequestEndedError('a request is not fulfilled before it is clear whose it is')
  }
  if (event === 'verify') return 'in_progress'
  const { grace_until } = requestClocks(request)
  if (event === 'revoke') {
    if (grace_until !== undefined && now >= grace_until) throw new RequestEndedError('the grace is over')
    return 'revoked'
  }
  if (event === 'deny') {
    // A cancellation cannot be refused (C207): the law may hold back single things, never the end of the account.
    if (right === 'cancel') throw new RequestEndedError('a cancellation cannot be denied')
    return 'denied'
  }
  if (grace_until !== undefined && now < grace_until) throw new RequestEndedError('the grace is not over')
  return 'fulfilled'
}
