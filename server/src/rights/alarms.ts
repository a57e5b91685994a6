/**
 * The alarm of a request that is still open at day 10 (C209): told by the running server with each look at its clocks, at once
 * when it comes to be and once a day from then on, until it is answered.
 */
import type { RequestRow } from './requests.ts'

/** The same request is told of again after this. */
const AGAIN_MS = 24 * 3_600_000

/** What the bell goes by. */
export interface BellParts {
  /** Requests of which the host is to be warned now. */
  readonly alarmed: () => Promise<readonly RequestRow[]>
  readonly now: () => Date
  /** Told of those that are new, or a day old again. */
  readonly tell: (rows: readonly RequestRow[]) => void
}

/** A bell over a studio's requests: each call looks once. What was told of is known in memory alone: a start tells again. */
export function alarmBell({ alarmed, now, tell }: BellParts): () => Promise<void> {
  const told = new Map<string, number>()
  return async () => {
    const rows = await alarmed()
    const at = now().getTime()
    const open = new Set(rows.map(({ id }) => id))
    for (const id of told.keys()) if (!open.has(id)) told.delete(id)
    const fresh = rows.filter(({ id }) => at - (told.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS)
    for (const { id } of fresh) told.set(id, at)
    if (fresh.length > 0) tell(fresh)
  }
}
