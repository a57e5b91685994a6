/**
 * The sweep (C153): erases what is past its time, by the plan that follows from the policy. What a hold covers stays and is
 * only stored (C154); so does the library of somebody who froze their account (GDPR 18(2)).
 */
import { keepUntil, type RecordKindId } from '@sotto/policy'
import { type EraseParts, eraseItem } from '../erase/erase.ts'
import { coversItems, type Hold, holdsOf } from './holds.ts'
import { kindsGoing } from './plan.ts'

/** Something past its time. */
export interface Overdue {
  readonly id: string
  readonly person: string
  readonly item: string | null
  readonly kind: RecordKindId
  readonly due_at: Date
}

/** At most so many at a time; the rest comes with the next sweep. */
const AT_ONCE = 1000

type Parts = Pick<EraseParts, 'db' | 'keys' | 'now'>

/** Everything past its time that nothing keeps. A row without a date of its own is measured by the `keep` of its kind. */
export async function overdue(parts: Parts): Promise<Overdue[]> {
  const now = parts.now()
  const kinds = [...kindsGoing('item'), ...kindsGoing('row')]
  // Of these a row without a date is late all the same.
  const timed = kinds.filter((kind) => keepUntil(kind, now) !== null)
  const rows = await parts.db
    .selectFrom('record')
    .select(['id', 'person', 'item', 'kind', 'due_at', 'created_at'])
    .where('kind', 'in', kinds)
    .where((e) => e.or([e('due_at', '<=', now), e.and([e('due_at', 'is', null), e('kind', 'in', timed)])]))
    .orderBy('due_at')
    .execute()
  const keeping = new Map<string, { holds: readonly Hold[]; frozen: boolean }>()
  const found: Overdue[] = []
  for (const row of rows) {
    const kind = row.kind as RecordKindId
    const due_at = row.due_at ?? keepUntil(kind, row.created_at)
    if (due_at === null || due_at > now) continue
    let kept = keeping.get(row.person)
    if (!kept) {
      kept = { holds: await holdsOf(parts, row.person), frozen: await isFrozen(parts, row.person) }
      keeping.set(row.person, kept)
    }
    if (kept.holds.some((hold) => hold.kinds.includes(kind) || (row.item !== null && coversItems(hold)))) continue
    if (kept.frozen && (kind === 'item' || kind === 'speech')) continue
    found.push({ id: row.id, person: row.person, item: row.item, kind, due_at })
  }
  return found
}

async function isFrozen({ db }: Parts, person: string): Promise<boolean> {
  const row = await db
    .selectFrom('record')
    .select('state')
    .where('person', '=', person)
    .where('kind', '=', 'account')
    .executeTakeFirst()
  return row !== undefined && row.state !== 'live'
}

/** Erases what is overdue; answers how much. Every step may be done twice. */
export async function sweepDue(parts: EraseParts): Promise<number> {
  const due = (await overdue(parts)).slice(0, AT_ONCE)
  const heads: readonly string[] = kindsGoing('item')
  for (const { id, person, item, kind } of due) {
    if (item !== null && heads.includes(kind)) await eraseItem(parts, person, item)
    // One record with a time of its own (a session, a decision, a link): the row goes, and with it the only thing it was.
    else await parts.db.deleteFrom('record').where('id', '=', id).execute()
  }
  await parts.db.deleteFrom('record').where('kind', '=', 'hold').where('due_at', '<=', parts.now()).execute()
  return due.length
}
