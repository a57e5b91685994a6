/** Routes of a person's rights: what is held value by value, freezing, objecting, decisions, cancelling the account. */
import { type CategoryId, erasableCategories, erasablePurposes, mask, policy, type RecordKindId } from '@sotto/policy'
import type { z } from 'zod'
import { limiter } from '../../account/limits.ts'
import type * as shapes from '../../contract/rights.ts'
import { Problem } from '../../problem.ts'
import type { Hold } from '../../retention/holds.ts'
import { correctionOf } from '../../rights/correctable.ts'
import { objectable } from '../../rights/objections.ts'
import type { RequestRow } from '../../rights/requests.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'
import { clearToken } from '../token.ts'

/** A ticket is 192 random bits; this is against noise, not against guessing. */
const TICKETS = [{ most: 60, within: 600_000 }]

/** The rights. */
export function rightsRoutes(app: App, studio: Studio): void {
  const { gate, ledger, retention, rights } = studio
  const tickets = limiter(TICKETS, studio.clock)

  handle(app, 'GET /api/privacy/records/:kind', async ({ person, params }) => {
    const declared = Object.hasOwn(policy.kinds, params.kind) ? policy.kinds[params.kind as RecordKindId] : undefined
    if (declared?.place !== 'record') throw new Problem('not_found')
    const mine = await gate.open('own_rights', person, { by: 'self' })
    const fields: Readonly<Record<string, { category: CategoryId; type: string }>> = declared.fields
    const rows = await mine[params.kind as RecordKindId].list()
    return rows.map((row) => ({
      id: row.id,
      created_at: row.created_at.toISOString(),
      due_at: row.due_at?.toISOString() ?? null,
      fields: Object.entries(fields)
        .filter(([field]) => (row as Record<string, unknown>)[field] !== undefined)
        .map(([field, { category }]) => {
          const correction = correctionOf(params.kind, field)
          return {
            field,
            category,
            shown: shown(category, (row as Record<string, unknown>)[field]),
            correct: (correction && 'page' in correction && correction.page?.replace(':id', row.item ?? '')) || null,
            why: correction && 'why' in correction ? correction.why : null,
          }
        }),
    }))
  })

  handle(app, 'GET /api/privacy/erasable', async () => ({
    categories: [...erasableCategories(policy)],
    purposes: [...erasablePurposes(policy)],
  }))

  handle(app, 'POST /api/privacy/erase-part', ({ person, body }) => studio.erase.part(person, body))

  handle(app, 'GET /api/privacy/received', async ({ person }) => {
    await (await gate.open('own_rights', person, { by: 'self' })).check()
    const received = []
    for await (const { index, at, content } of ledger.of(person, 'sharing'))
      received.push({ index, at: at.toISOString(), recipient: content.recipient, categories: [...content.categories] })
    return received
  })

  handle(app, 'GET /api/privacy/standing', async ({ person }) => {
    await (await gate.open('own_rights', person, { by: 'self' })).check()
    const [state, objections, holds, requests] = await Promise.all([
      rights.state(person),
      rights.objections(person),
      retention.holds(person),
      rights.requests({ person }),
    ])
    return {
      state: state ?? 'live',
      objections: objectable.map((purpose) => ({ purpose, on: objections.includes(purpose) })),
      holds: holds.map(holdView),
      requests: requests.map(requestView),
    }
  })

  handle(app, 'POST /api/privacy/freeze', ({ person }) => rights.freeze(person))
  handle(app, 'POST /api/privacy/thaw', ({ person }) => rights.thaw(person))

  handle(app, 'POST /api/privacy/taken', async ({ person, reply, passage }) => {
    await rights.taken(person)
    clearToken(reply, passage.https)
  })

  handle(app, 'PUT /api/privacy/objections/:purpose', ({ person, params, body }) =>
    rights.setObjection(person, params.purpose, body.on),
  )

  handle(app, 'GET /api/privacy/decisions', async ({ person }) =>
    (await rights.decisions(person)).map(({ first_at, last_at, review, ...rest }) => ({
      ...rest,
      first_at: first_at.toISOString(),
      last_at: last_at.toISOString(),
      review: review && { ...requestView(review), answer: review.answer },
    })),
  )

  handle(app, 'POST /api/privacy/decisions/:id/review', ({ person, params, body }) =>
    rights.askReview(person, params.id, body.words),
  )

  handle(app, 'POST /api/privacy/cancel', async ({ person, body, reply, passage }) => {
    const { ticket, request, holds } = await rights.cancel(person, body.choice)
    clearToken(reply, passage.https)
    return { ticket, request: requestView(request), holds: holds.map(holdView) }
  })

  handle(app, 'DELETE /api/privacy/cancel', ({ person }) => rights.takeBack(person))

  handle(app, 'GET /api/certificates/:ticket', async ({ params, passage }) => {
    const wait = tickets.take(passage.address)
    if (wait !== undefined) throw new Problem('try_later', { retryAfter: wait })
    const found = await rights.ticket(params.ticket)
    if (!found) throw new Problem('not_found')
    return {
      state: found.state,
      request: 'request' in found ? requestView(found.request) : null,
      holds: 'holds' in found ? found.holds.map(holdView) : [],
      certificate: 'certificate' in found ? found.certificate : null,
    }
  })
}

function requestView(row: RequestRow): z.output<typeof shapes.RequestView> {
  return {
    id: row.id,
    right: row.right,
    state: row.state,
    asked_at: row.asked_at.toISOString(),
    check_until: row.state === 'open' ? row.check_until.toISOString() : null,
    grace_until: row.grace_until?.toISOString() ?? null,
    due_at: row.due_at?.toISOString() ?? null,
  }
}

function holdView({ id, kinds, citation, until }: Hold): z.output<typeof shapes.HoldView> {
  return { id, kinds: [...kinds], citation, until: until.toISOString() }
}

/** A value as it is shown: masked by its category; of what is not one word only how much there is. */
function shown(category: CategoryId, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return mask(category, String(value))
  return Array.isArray(value) ? `(${value.length})` : '…'
}
