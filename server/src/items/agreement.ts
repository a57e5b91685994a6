/** What the other side of a call agreed to, found from the recording or from anything made of it. */
import type { Agreement } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'

type Reads = Pick<Grant<'keep_media'>, 'agreement' | 'item'>

/** An agreement, with the id of its record and of the call it stands with. */
export interface Found {
  readonly id: string
  readonly item: string
  readonly agreed: Agreement
}

/** Results of results are followed so far; longer is a circle. */
const MOST_STEPS = 50

/** Undefined where the item is no call and was made of none. */
export async function agreementFor(mine: Reads, item: string): Promise<Found | undefined> {
  for (let at: string | undefined = item, step = 0; at !== undefined && step < MOST_STEPS; step++) {
    const [found] = await mine.agreement.list({ item: at })
    if (found) return { id: found.id, item: at, agreed: found.agreed }
    at = (await mine.item.get(at))?.made_from?.item
  }
  return undefined
}
