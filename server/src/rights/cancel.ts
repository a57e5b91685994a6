/**
 * Ending an account (C207-C212, G17). At once: frozen, every session ended, every job stopped. For a few days it can be
 * taken back; then everything is erased, or, where a law keeps something, everything else. The ticket that the person got
 * leads to how far it is, and in the end to the certificate.
 */
import { randomBytes } from 'node:crypto'
import { RequestEndedError } from '@sotto/policy'
import { derivedId } from '../account/derived-id.ts'
import { certificateOf } from '../erase/certificates.ts'
import { type Certificate, destroyItem, erasePerson } from '../erase/erase.ts'
import { HOUSE } from '../ledger/ledger.ts'
import { coversItems, type Hold, holdsOf } from '../retention/holds.ts'
import { findRecords, openRecord, replaceRecord } from '../vault/record.ts'
import { still } from './freeze.ts'
import { accountState, endSessions, type RightsParts, requestColumn, setAccountState } from './parts.ts'
import { ask, move, type RequestRow, requestRows } from './requests.ts'

/** How an account shall end. */
export type EndChoice = 'delete' | 'anonymise'

/** What somebody who cancels is told. */
export interface Cancelled {
  /** The secret that leads to the state and the certificate; told once. */
  readonly ticket: string
  readonly request: RequestRow
  readonly holds: readonly Hold[]
}

/** Cancels an account. @throws RequestEndedError where it is being ended already */
export async function cancel(parts: RightsParts, person: string, choice: EndChoice): Promise<Cancelled> {
  return parts.turns.take(`rights ${person}`, async () => {
    const open = await requestRows(parts, { person, right: 'cancel', open: true })
    if (open.some(({ state }) => state !== 'open')) throw new RequestEndedError('the account is being ended already')
    // A letter that nobody has made sure of: who is signed in says it themself.
    for (const { id } of open) await move(parts, person, id, 'revoke')
    const ticket = randomBytes(24).toString('base64url')
    const request = await putOut(parts, person, () =>
      ask(parts, person, { right: 'cancel', choice, id: derivedId(ticket) }),
    )
    return { ticket, request, holds: await holdsOf(parts, person) }
  })
}

/** Everything of the person is still and they are signed out; in between the cancellation is written down. */
export async function putOut<T>(parts: RightsParts, person: string, write: () => Promise<T>): Promise<T> {
  // The state first: a crash after it leaves an account that is still, which its person can thaw or cancel again.
  await setAccountState(parts.db, person, 'ending')
  await still(parts, person)
  const written = await write()
  await endSessions(parts.db, person)
  parts.hub.emit(person, { type: 'closed' })
  return written
}

/** Takes a cancellation back while there is time. @throws RequestEndedError */
export async function takeBack(parts: RightsParts, person: string): Promise<void> {
  await parts.turns.take(`rights ${person}`, async () => {
    const open = await requestRows(parts, { person, right: 'cancel', open: true })
    // Cut off after the request was taken back and before the account was live again: the rest is done now.
    if (open.length === 0 && (await accountState(parts.db, person)) !== 'ending')
      throw new RequestEndedError('nothing is being cancelled')
    for (const { id } of open) await move(parts, person, id, 'revoke')
    // A letter alone has not changed how the account stands.
    if ((await accountState(parts.db, person)) === 'ending') await setAccountState(parts.db, person, 'live')
    await parts.standings.changed(person)
  })
}

/** Ends the accounts whose grace is over; answers how many. Every step may be done twice. */
export async function endCancelled(parts: RightsParts): Promise<number> {
  const now = parts.now()
  const due = (await requestRows(parts, { right: 'cancel', open: true })).filter(
    ({ grace_until }) => grace_until !== undefined && grace_until <= now,
  )
  for (const { id, person } of due)
    await parts.turns.take(`rights ${person}`, async () => {
      // Taken back, or ended by another server, while this one waited.
      if ((await requestRows(parts, { id, open: true })).length === 0) return
      const holds = await holdsOf(parts, person)
      if (holds.length === 0) await endWhole(parts, person, id)
      else await endButHeld(parts, person, id, holds)
    })
  return due.length
}

/** Ends for good what was held, once no hold is left. */
export async function endReleased(parts: RightsParts): Promise<number> {
  const rows = await parts.db
    .selectFrom('record')
    .select('person')
    .where('kind', '=', 'account')
    .where('state', '=', 'held')
    .execute()
  let ended = 0
  for (const { person } of rows) {
    if ((await holdsOf(parts, person)).length > 0) continue
    // Others may have been taken back before: the certificate is for whoever has the ticket of this one.
    const requests = await requestRows(parts, { person, right: 'cancel' })
    await endWhole(parts, person, requests.find(({ state }) => state === 'fulfilled')?.id)
    ended++
  }
  return ended
}

async function endWhole(parts: RightsParts, person: string, ticket: string | undefined): Promise<void> {
  const choice = ticket === undefined ? 'delete' : await choiceOf(parts, person, ticket)
  const recordings = (await findRecords(parts.db, person, 'item')).length
  await erasePerson(parts, person, ticket)
  // What anonymising leaves: that an account ended, and a rough number. No id, so that nothing leads back (C211).
  if (choice === 'anonymise')
    await parts.ledger.append(HOUSE, 'erasure', {
      scope: 'anonymised',
      items: [],
      proof: { accounts: 1, recordings: band(recordings) },
    })
}

async function choiceOf(parts: RightsParts, person: string, id: string): Promise<EndChoice> {
  const [row] = (await findRecords(parts.db, person, 'request')).filter((one) => one.id === id)
  return row ? ((await openRecord<'request'>(parts.keys, row)).choice ?? 'delete') : 'delete'
}

/** A number that says little: its order of magnitude. */
function band(count: number): string {
  if (count === 0) return '0'
  return count < 10 ? '1-9' : count < 100 ? '10-99' : '100+'
}

/** Everything goes but what a law keeps; nobody can sign in to it, and nothing opens it. */
async function endButHeld(parts: RightsParts, person: string, id: string, holds: readonly Hold[]): Promise<void> {
  const kinds = new Set(holds.flatMap((hold) => hold.kinds))
  for (const kind of ['account', 'hold', 'request']) kinds.add(kind)
  await parts.lookup.forget(person)
  const keepsItems = holds.some(coversItems)
  for (const item of await parts.keys.ids(person))
    if (item !== person && !keepsItems) await destroyItem(parts, person, item)
  if (keepsItems && !kinds.has('media'))
    for (const row of await findRecords(parts.db, person, 'media')) await parts.objects.remove(row.id)
  await parts.db.deleteFrom('job').where('person', '=', person).execute()
  await parts.db
    .deleteFrom('record')
    .where('person', '=', person)
    .where('kind', 'not in', [...kinds])
    .execute()
  for (const row of await findRecords(parts.db, person, 'account')) {
    const { handle } = await openRecord<'account'>(parts.keys, row)
    await replaceRecord(parts.db, parts.keys, row, { handle }, { state: 'held' })
  }
  await parts.ledger.append(person, 'right', { right: 'cancel', state: 'fulfilled', request: id, why: 'held_by_law' })
  await parts.db
    .updateTable('record')
    .set({ state: requestColumn('cancel', 'fulfilled') })
    .where('id', '=', id)
    .execute()
  await parts.standings.changed(person)
}

/** What a ticket leads to. */
export type TicketState =
  | { readonly state: 'checking' | 'lapsed'; readonly request: RequestRow }
  | { readonly state: 'waiting'; readonly request: RequestRow; readonly holds: readonly Hold[] }
  | { readonly state: 'held'; readonly request: RequestRow; readonly holds: readonly Hold[] }
  | { readonly state: 'revoked'; readonly request: RequestRow }
  | { readonly state: 'ended'; readonly certificate: Certificate }

/** How far a cancellation is, for whoever has its ticket; undefined for a ticket of nothing. */
export async function ticketState(parts: RightsParts, ticket: string): Promise<TicketState | undefined> {
  const id = derivedId(ticket)
  const [request] = await requestRows(parts, { id, right: 'cancel' })
  if (request && (await parts.keys.has(request.person))) {
    if (request.state === 'revoked') return { state: 'revoked', request }
    if (request.state === 'open') return { state: 'checking', request }
    if (request.state === 'expired') return { state: 'lapsed', request }
    const holds = await holdsOf(parts, request.person)
    return { state: request.state === 'fulfilled' ? 'held' : 'waiting', request, holds }
  }
  const certificate = await certificateOf(parts.ledger, id)
  return certificate && { state: 'ended', certificate }
}
