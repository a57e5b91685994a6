/** C209, C211, C218, G17: requests end, within their clocks, and never twice. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isEnded,
  nextRequestState,
  REQUEST_STATES,
  REQUESTED_RIGHTS,
  RequestEndedError,
  type RequestEvent,
  type RequestFacts,
  type RequestState,
  requestClocks,
} from '../index.ts'

const DAY = 86_400_000
const asked_at = new Date('2026-01-31T10:00:00Z')
const EVENTS: readonly RequestEvent[] = ['verify', 'revoke', 'fulfil', 'deny', 'time']
const day = (n: number): Date => new Date(asked_at.getTime() + n * DAY)

test('C209, G17: check within 3 days, take back within 7, alarm at day 10, done by day 15, all calendar days from the verification', () => {
  const verified_at = day(2)
  expect(requestClocks({ right: 'cancel', asked_at, verified_at })).toEqual({
    check_until: day(3),
    grace_until: day(9),
    alarm_at: day(12),
    due_at: day(17),
  })
  expect(requestClocks({ right: 'review', asked_at, verified_at })).toEqual({
    check_until: day(3),
    alarm_at: day(12),
    due_at: day(17),
  })
  expect(requestClocks({ right: 'cancel', asked_at })).toEqual({ check_until: day(3) })
})

test('C220: nothing is fulfilled before it is clear whose request it is; unverified it expires after the check', () => {
  for (const right of REQUESTED_RIGHTS) {
    const open: RequestFacts = { right, state: 'open', asked_at }
    expect(() => nextRequestState(open, 'fulfil', day(1))).toThrow(RequestEndedError)
    expect(nextRequestState(open, 'verify', day(3))).toBe('in_progress')
    expect(nextRequestState(open, 'verify', day(4))).toBe('expired')
    expect(nextRequestState(open, 'time', day(3))).toBe('open')
    expect(nextRequestState(open, 'time', day(4))).toBe('expired')
  }
})

test('C207, C211: a cancellation is never refused, taken back only in its grace, carried out only after it', () => {
  const running: RequestFacts = { right: 'cancel', state: 'in_progress', asked_at, verified_at: asked_at }
  expect(() => nextRequestState(running, 'deny', day(1))).toThrow(RequestEndedError)
  expect(nextRequestState(running, 'revoke', day(6))).toBe('revoked')
  expect(() => nextRequestState(running, 'revoke', day(7))).toThrow(RequestEndedError)
  expect(() => nextRequestState(running, 'fulfil', day(6))).toThrow(RequestEndedError)
  expect(nextRequestState(running, 'fulfil', day(7))).toBe('fulfilled')
})

test('whatever happens in whatever order: what has ended stays ended, and every state is one of the list', () => {
  const step = fc.record({ event: fc.constantFrom(...EVENTS), days: fc.integer({ min: 0, max: 6 }) })
  fc.assert(
    fc.property(fc.constantFrom(...REQUESTED_RIGHTS), fc.array(step, { maxLength: 12 }), (right, steps) => {
      let state: RequestState = 'open'
      let now = asked_at
      let verified_at: Date | undefined
      for (const { event, days } of steps) {
        now = new Date(now.getTime() + days * DAY)
        const before = state
        const facts = { right, state, asked_at, ...(verified_at ? { verified_at } : {}) }
        try {
          state = nextRequestState(facts, event, now)
        } catch (error) {
          expect(error).toBeInstanceOf(RequestEndedError)
        }
        if (isEnded(before)) expect(state).toBe(before)
        if (before === 'open' && state === 'in_progress') verified_at = now
        expect(REQUEST_STATES).toContain(state)
      }
    }),
  )
})
