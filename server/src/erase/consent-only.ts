/**
 * What was kept on an agreement alone goes when the agreement does (C88, G8; PIPL 47(3)): at once, and again at every
 * sweep, so that a crash in between leaves nothing for longer than the clock allows.
 */
import { type PurposeId, policy } from '@sotto/policy'
import type { Standings } from '../gate/standing.ts'
import type { Db } from '../vault/record.ts'

/** Kinds that are held for a purpose which rests on a consent, with that purpose. Read from the policy. */
export const consentOnly: readonly { readonly kind: string; readonly purpose: PurposeId }[] = Object.entries(
  policy.kinds,
)
  .filter(([, { place, held_for }]) => place === 'record' && policy.purposes[held_for].basis === 'consent')
  .map(([kind, { held_for }]) => ({ kind, purpose: held_for }))

/** What this works on. */
export interface ConsentOnlyParts {
  readonly db: Db
  readonly standings: Standings
  /** Destroys the key of one item, and all under it. */
  readonly eraseItem: (person: string, item: string) => Promise<unknown>
}

/** Erases what a person's withdrawn agreements alone had kept; answers how many records went. */
export async function eraseConsentOnly(
  parts: ConsentOnlyParts,
  person: string,
  purposes: readonly string[],
): Promise<number> {
  const kinds = consentOnly.filter(({ purpose }) => purposes.includes(purpose)).map(({ kind }) => kind)
  if (kinds.length === 0) return 0
  const rows = await parts.db
    .selectFrom('record')
    .select(['id', 'item'])
    .where('person', '=', person)
    .where('kind', 'in', kinds)
    .execute()
  for (const { id, item } of rows) {
    const others = await parts.db
      .selectFrom('record')
      .select('id')
      .where('item', '=', item)
      .where('kind', 'not in', kinds)
      .limit(1)
      .execute()
    // A key that other things need stays with them; one that is for this alone is destroyed.
    if (item !== null && others.length === 0) await parts.eraseItem(person, item)
    else await parts.db.deleteFrom('record').where('id', '=', id).where('person', '=', person).execute()
  }
  return rows.length
}

/** The same for everybody: whoever has such records and no standing agreement to them. */
export async function sweepConsentOnly(parts: ConsentOnlyParts): Promise<number> {
  if (consentOnly.length === 0) return 0
  let gone = 0
  const rows = await parts.db
    .selectFrom('record')
    .select(['person', 'kind'])
    .distinct()
    .where(
      'kind',
      'in',
      consentOnly.map(({ kind }) => kind),
    )
    .execute()
  for (const { person, kind } of rows) {
    const purpose = consentOnly.find((one) => one.kind === kind)?.purpose
    const { consents } = await parts.standings.of(person)
    if (purpose !== undefined && consents.purposes[purpose]?.state !== 'given')
      gone += await eraseConsentOnly(parts, person, [purpose])
  }
  return gone
}
