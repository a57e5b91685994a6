/**
 * Freezing: everything stays sealed and is used for nothing until it is thawed (GDPR 18, C194). The state is durable, old
 * grants are dead and no job runs any more before the freeze is answered.
 */
import { RequestEndedError } from '@sotto/policy'
import { cleared } from '../account/cleared.ts'
import { soleId } from '../account/derived-id.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { accountState, endSessions, type RightsParts, setAccountState } from './parts.ts'
import { requestRows } from './requests.ts'

/** Freezes a person's account. Doing it twice is as doing it once. */
export async function freeze(parts: RightsParts, person: string, why = 'asked'): Promise<void> {
  await parts.turns.take(`rights ${person}`, async () => {
    const state = await accountState(parts.db, person)
    if (state === undefined) throw new KeyGoneError('there is no such person')
    if (state === 'live') {
      await setAccountState(parts.db, person, 'frozen')
      await parts.ledger.append(person, 'right', { right: 'freeze', state: 'in_progress', why })
    }
    await still(parts, person)
  })
}

/** Thaws it. @throws RequestEndedError while the account is being cancelled: that is taken back first. */
export async function thaw(parts: RightsParts, person: string): Promise<void> {
  await parts.turns.take(`rights ${person}`, async () => {
    const state = await accountState(parts.db, person)
    if (state === undefined) throw new KeyGoneError('there is no such person')
    if (state === 'live') return
    const ending = await requestRows(parts, { person, right: 'cancel', open: true })
    if (state === 'held' || ending.some((request) => request.state !== 'open'))
      throw new RequestEndedError('the account is being ended')
    await parts.ledger.append(person, 'right', { right: 'freeze', state: 'revoked' })
    await setAccountState(parts.db, person, 'live')
    await parts.standings.changed(person)
  })
}

/**
 * "My account was taken" (C194): frozen, and every session ended, this one too. Where a number leads to the account, its
 * password is taken away: whoever knows it shall not come in with it again.
 */
export async function taken(parts: RightsParts, person: string): Promise<void> {
  await freeze(parts, person, 'taken')
  const id = soleId(person, 'credential')
  const mine = await parts.gate.open('sign_in', person, { by: 'self' })
  if ((await mine.identifier.list()).length > 0) {
    const credential = await mine.credential.get(id)
    if (credential?.password_hash !== undefined)
      await mine.credential.change(id, cleared<typeof credential>({ password_hash: undefined }), {
        state: credential.totp_secret !== undefined && credential.totp_confirmed ? 'totp' : 'none',
      })
  }
  await endSessions(parts.db, person)
  parts.hub.emit(person, { type: 'closed' })
}

/** Nothing of the person moves any more. */
export async function still(parts: RightsParts, person: string): Promise<void> {
  await parts.standings.changed(person)
  await parts.worker.stop(person, () => true, { state: 'refused', problem: 'account_frozen' })
}
