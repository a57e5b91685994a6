/** Requests that take time, as rows with a clock: asking, taking back, answering, and looking at the clocks (C209, C218). */
import { randomUUID } from 'node:crypto'
import {
  isEnded,
  nextRequestState,
  type RequestClocks,
  type RequestEvent,
  type RequestedRight,
  type RequestState,
  requestClocks,
  verifiedAt,
} from '@sotto/policy'
import { KeyGoneError } from '../keys/keyring.ts'
import type { RecordRow } from '../vault/record.ts'
import { type RightsParts, readRequestColumn, requestColumn } from './parts.ts'

/** A request as its clock sees it: nothing of it is opened. Made in a session it is verified with that; by letter, later. */
export interface RequestRow extends RequestClocks {
  readonly id: string
  readonly person: string
  readonly right: RequestedRight
  readonly state: RequestState
  readonly asked_at: Date
  /** Absent until it is clear that it is the person. */
  readonly verified_at?: Date
}

const LAST_DAY_MS = 24 * 3_600_000

/** What a person says when they ask. */
export interface Asking {
  readonly right: RequestedRight
  readonly id?: string
  readonly choice?: 'delete' | 'anonymise'
  readonly about?: string
  readonly words?: string
}

function rowOf({
  id,
  person,
  state,
  created_at,
  due_at,
}: Pick<RecordRow, 'id' | 'person' | 'state' | 'created_at' | 'due_at'>): RequestRow {
  const read = readRequestColumn(state)
  // The end of the clock stands in the open column from the verification on, and not before.
  const verified = due_at === null ? {} : { verified_at: verifiedAt(read.right, due_at) }
  const facts = { ...read, asked_at: created_at, ...verified }
  return { id, person, ...facts, ...requestClocks(facts) }
}

/** Makes a request; its first step is in the ledger before anything follows from it. */
export async function ask(parts: RightsParts, person: string, asking: Asking): Promise<RequestRow> {
  const { right, id = randomUUID(), ...rest } = asking
  const asked_at = parts.now()
  const clocks = requestClocks({ right, asked_at, verified_at: asked_at })
  const mine = await parts.gate.open('own_rights', person, { by: 'self' })
  await parts.ledger.append(person, 'right', { right, state: 'in_progress', request: id })
  await mine.request.add(
    { right, verified_at: asked_at.toISOString(), ...rest },
    { id, state: requestColumn(right, 'in_progress'), due_at: clocks.due_at ?? null },
  )
  return { id, person, right, state: 'in_progress', asked_at, verified_at: asked_at, ...clocks }
}

/** Moves a request by an event; the answer of a host comes along. @throws RequestEndedError, KeyGoneError */
export async function move(
  parts: RightsParts,
  person: string,
  id: string,
  event: RequestEvent,
  answer?: { by: 'self' | 'operator'; reason: string },
): Promise<RequestState> {
  return parts.turns.take(`request ${id}`, async () => {
    const [row] = await requestRows(parts, { person, id })
    if (!row) throw new KeyGoneError('there is no such request')
    const now = parts.now()
    const state = nextRequestState(row, event, now)
    if (state === row.state) return state
    // A clock that runs out is looked at by nobody but the host's program.
    const by = answer?.by ?? (event === 'time' ? 'operator' : 'self')
    const grant = await parts.gate.open(by === 'operator' ? 'answer_requests' : 'own_rights', person, { by })
    await parts.ledger.append(person, 'right', {
      right: row.right,
      state,
      request: id,
      ...(answer ? { why: answer.reason } : {}),
    })
    const outcome = state === 'fulfilled' || state === 'denied' ? state : undefined
    const verified = row.verified_at === undefined && state === 'in_progress'
    await grant.request.change(
      id,
      {
        ...(answer && outcome ? { answer: { outcome, reason: answer.reason, at: now.toISOString() } } : {}),
        ...(verified ? { verified_at: now.toISOString() } : {}),
      },
      {
        state: requestColumn(row.right, state),
        ...(verified
          ? { due_at: requestClocks({ right: row.right, asked_at: row.asked_at, verified_at: now }).due_at ?? null }
          : {}),
      },
    )
    return state
  })
}

/** Requests by their open columns, oldest first. */
export async function requestRows(
  { db }: Pick<RightsParts, 'db'>,
  where: { person?: string; id?: string; right?: RequestedRight; open?: boolean } = {},
): Promise<RequestRow[]> {
  let query = db
    .selectFrom('record')
    .select(['id', 'person', 'state', 'created_at', 'due_at'])
    .where('kind', '=', 'request')
  if (where.person !== undefined) query = query.where('person', '=', where.person)
  if (where.id !== undefined) query = query.where('id', '=', where.id)
  if (where.right !== undefined) query = query.where('state', 'like', `${where.right}.%`)
  const rows = (await query.orderBy('created_at').orderBy('id').execute()).map(rowOf)
  return where.open ? rows.filter(({ state }) => !isEnded(state)) : rows
}

/** Open requests of which the host is to be warned, oldest first: at day 10 (C209), and letters whose last day to make sure of them has begun. */
export async function alarmed(parts: Pick<RightsParts, 'db' | 'now'>): Promise<RequestRow[]> {
  const now = parts.now()
  return (await requestRows(parts, { open: true })).filter(({ state, alarm_at, check_until }) =>
    state === 'open' ? check_until.getTime() - now.getTime() <= LAST_DAY_MS : alarm_at !== undefined && alarm_at <= now,
  )
}
