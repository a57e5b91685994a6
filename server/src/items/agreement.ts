/** What the other side of a call agreed to, found from the recording or from anything made of it. */
import type { Agreement } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'
import { ancestry } from './ancestry.ts'

type Reads = Pick<Grant<'keep_media'>, 'agreement' | 'item'>

/** An agreement, with the id of its record and of the call it stands with. */
export interface Found {
  readonly id: string
  readonly item: string
  readonly agreed: Agreement
}

/** Undefined where the item is no call and was made of none. */
export async function agreementFor(mine: Reads, item: string): Promise<Found | undefined> {
  for await (const { id } of ancestry(mine, item)) {
    const [found] = await mine.agreement.list({ item: id })
    if (found) return { id: found.id, item: id, agreed: found.agreed }
  }
  return undefined
}
