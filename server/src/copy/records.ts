/** Every record about a person: one list for each kind of the policy, so that a kind cannot be forgotten (C195). */
import { type LedgerKindId, policy, type RecordKindId } from '@sotto/policy'
import type { Gate } from '../gate/gate.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** What a copy is made from. */
export interface CopyParts {
  readonly gate: Gate
  readonly ledger: Ledger
  readonly clock: () => Date
}

/** A row of a copy: id, times and fields of a record, or an entry of the ledger. */
export type CopiedRow = Readonly<Record<string, unknown>>

/** The records of a copy. */
export interface CopiedRecords {
  readonly made_at: string
  /** The version of the policy that describes the kinds. */
  readonly policy: string
  readonly records: Readonly<Record<string, readonly CopiedRow[]>>
}

/** Opens everything of a person for their own right to it. `onBehalf`: the host does it at their request. */
export async function copiedRecords(
  { gate, ledger, clock }: CopyParts,
  person: string,
  options: { onBehalf?: boolean } = {},
): Promise<CopiedRecords> {
  const mine = await gate.open('own_rights', person, { by: 'self', ...options })
  const records: Record<string, CopiedRow[]> = {}
  for (const [kind, { place }] of Object.entries(policy.kinds)) {
    if (place === 'record') records[kind] = await mine[kind as RecordKindId].list()
    else {
      const entries: CopiedRow[] = []
      for await (const entry of ledger.of(person, kind as LedgerKindId)) entries.push(entry)
      records[kind] = entries
    }
  }
  return { made_at: clock().toISOString(), policy: policy.version, records }
}
