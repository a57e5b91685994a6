/**
 * Cancelling by letter (C200, C208, C209, G17, G1): somebody wrote to the host that an account shall end, and no session or second
 * step says that it is its person. The host takes the letter down; until it is clear who wrote it, nothing happens to the
 * account, and after three days the request lapses. Clear it is when the host has made sure in another way and says how, or
 * when the person does it themself, signed in. From then on it is a cancellation as any other.
 */
import { randomBytes } from 'node:crypto'
import { nextRequestState, RequestEndedError } from '@sotto/policy'
import { derivedId } from '../account/derived-id.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { type Cancelled, type EndChoice, putOut } from './cancel.ts'
import { accountState, type RightsParts, requestColumn } from './parts.ts'
import { move, type RequestRow, requestRows } from './requests.ts'

/** Takes a letter down: the ticket in it leads to how far it is. @throws RequestEndedError where one is open already; KeyGoneError */
export async function receive(
  parts: RightsParts,
  person: string,
  choice: EndChoice,
): Promise<Omit<Cancelled, 'holds'>> {
  return parts.turns.take(`rights ${person}`, async () => {
    if ((await accountState(parts.db, person)) === undefined) throw new KeyGoneError('there is no such person')
    const open = await requestRows(parts, { person, right: 'cancel', open: true })
    if (open.length > 0) throw new RequestEndedError('the account is being ended already')
    const ticket = randomBytes(24).toString('base64url')
    const id = derivedId(ticket)
    const grant = await parts.gate.open('answer_requests', person, { by: 'operator', item: id })
    await parts.ledger.append(person, 'right', { right: 'cancel', state: 'open', request: id, why: 'by_letter' })
    await grant.request.add({ right: 'cancel', choice }, { id, state: requestColumn('cancel', 'open') })
    const [request] = await requestRows(parts, { id })
    return { ticket, request: request as RequestRow }
  })
}

/** It is clear that the letter is the person's; `how` stands in their ledger. The account ends as any other. @throws RequestEndedError, KeyGoneError */
export async function verify(parts: RightsParts, id: string, how: string): Promise<RequestRow> {
  const [before] = await requestRows(parts, { id })
  if (!before) throw new KeyGoneError('there is no such request')
  const { person } = before
  return parts.turns.take(`rights ${person}`, async () => {
    const [request] = await requestRows(parts, { id })
    if (request?.state !== 'open') throw new RequestEndedError('there is nothing to make sure of any more')
    if (nextRequestState(request, 'verify', parts.now()) !== 'in_progress') {
      await move(parts, person, id, 'time')
      throw new RequestEndedError('the days to make sure of it are over')
    }
    await putOut(parts, person, () => move(parts, person, id, 'verify', { by: 'operator', reason: how }))
    return (await requestRows(parts, { id }))[0] as RequestRow
  })
}

/** Letters that nobody made sure of in time lapse; answers how many. */
export async function lapse(parts: RightsParts): Promise<number> {
  const now = parts.now()
  const late = (await requestRows(parts, { right: 'cancel', open: true })).filter(
    ({ state, check_until }) => state === 'open' && check_until < now,
  )
  for (const { person, id } of late) await move(parts, person, id, 'time')
  return late.length
}
