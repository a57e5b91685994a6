/** The certificates of ended accounts, by the name of their ticket: found without reading those of everybody else. */
import { HOUSE, type Ledger } from '../ledger/ledger.ts'
import type { Certificate } from './erase.ts'

/** Where the certificates of one ledger stand in it, as far as it was read. */
interface Known {
  /** Entries before this one were looked at. */
  until: number
  readonly places: Map<string, number>
}

const known = new WeakMap<Ledger, Known>()

/** The certificate that a ticket leads to, where the account it was for has ended. Reads each entry of the house once, not once a ticket. */
export async function certificateOf(ledger: Ledger, ticket: string): Promise<Certificate | undefined> {
  const mine = known.get(ledger) ?? { until: 0, places: new Map<string, number>() }
  known.set(ledger, mine)
  let newest = mine.until
  for await (const { index, content } of ledger.of(HOUSE, 'erasure', Number.POSITIVE_INFINITY, mine.until)) {
    newest = Math.max(newest, index + 1)
    const { ticket: name } = content.proof as { ticket?: string }
    if (content.scope === 'certified' && name !== undefined) mine.places.set(name, index)
  }
  mine.until = Math.max(mine.until, newest)
  const place = mine.places.get(ticket)
  if (place === undefined) return undefined
  for await (const { content } of ledger.of(HOUSE, 'erasure', place + 1, place))
    return (content.proof as { certificate?: Certificate }).certificate
  return undefined
}
