/** What the policy says of how long each kind stays, as the sweep goes by it (C153). Derived, never listed. */
import { isDuration, type Keep, keepOf, policy, type RecordKindId } from '@sotto/policy'

/** How a kind goes: with its item, by its own row, or with its item or account alone. */
export type Going = 'item' | 'row' | 'with_its_holder'

/** One kind in the plan. */
export interface Kept {
  readonly kind: RecordKindId
  readonly keep: Keep
  readonly key: 'person' | 'item'
  readonly going: Going
}

/** Kinds that stand for an item as a whole: when their time comes, the item's key goes. */
const HEADS: readonly string[] = ['item', 'upload', 'speech']

/** The plan: every kind that is kept as a record. */
export const retentionPlan: readonly Kept[] = Object.entries(policy.kinds)
  .filter(([, { place }]) => place === 'record')
  .map(([id, declared]) => {
    const { key } = declared
    const declaredKeep = 'keep' in declared ? declared.keep : undefined
    const kind = id as RecordKindId
    const keep = keepOf(policy, kind)
    const ends = isDuration(keep) || keep.startsWith('setting:')
    // What is sealed under an item's key goes with the item, unless its kind has a time of its own.
    const head = HEADS.includes(kind)
    const alone = key === 'item' ? declaredKeep !== undefined : ends
    const going: Going = head ? 'item' : alone ? 'row' : 'with_its_holder'
    return { kind, keep, key, going }
  })

/** The kinds that go in this way. */
export function kindsGoing(going: Going): RecordKindId[] {
  return retentionPlan.filter((one) => one.going === going).map(({ kind }) => kind)
}
