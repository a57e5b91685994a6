/** What is held about a person, kind by kind, as the policy describes each: read from the data map, never listed by hand. */
import { categoriesOf, type KindId, keepOf, policy } from '@sotto/policy'
import type { Gate } from '../gate/gate.ts'
import { countRecords, type Db } from '../vault/record.ts'

/** How much of one kind is held, where it came from, for what, and until when. */
export interface HeldKind {
  readonly kind: string
  readonly count: number
  /** Bytes. */
  readonly bytes: number
  readonly categories: string[]
  readonly purposes: string[]
  /** Where it came from (C11): `subject`, `made`, `studio`, `host`. */
  readonly source: 'subject' | 'made' | 'studio' | 'host'
  /** The `keep` of the policy. */
  readonly keep: string
  readonly oldest: Date | null
}

/** What is held; one entry in the ledger. `onBehalf`: read by the host at the person's request. */
export async function heldOf(
  { db, gate }: { db: Db; gate: Gate },
  person: string,
  options: { onBehalf?: boolean } = {},
): Promise<HeldKind[]> {
  await (await gate.open('own_rights', person, { by: 'self', ...options })).check()
  const held = await countRecords(db, person)
  return held.map(({ kind, count, bytes, oldest }) => ({
    kind,
    count,
    bytes: Number(bytes),
    ...describe(kind as KindId),
    oldest: oldest ? new Date(oldest) : null,
  }))
}

function describe(kind: KindId): Pick<HeldKind, 'categories' | 'purposes' | 'source' | 'keep'> {
  const fields: Record<string, { category: string }> = policy.kinds[kind]?.fields ?? {}
  const categories = [...new Set(Object.values(fields).map(({ category }) => category))]
  const purposes = Object.keys(policy.purposes).filter((purpose) =>
    categoriesOf(policy, purpose).some((category) => categories.includes(category)),
  )
  return { categories, purposes, source: policy.kinds[kind].source, keep: keepOf(policy, kind) }
}
