/**
 * Objecting (GDPR 21, PIPL 44): to a use whose ground is an interest of the studio. The program has no reason that would
 * weigh more, so an objection is granted at once, and the gate refuses the use from then on.
 */
import { type PurposeId, policy } from '@sotto/policy'
import { type RightsParts, requestColumn } from './parts.ts'
import { ask, move } from './requests.ts'

/** The purposes one can object to. */
export const objectable: readonly PurposeId[] = (Object.keys(policy.purposes) as PurposeId[]).filter((id) =>
  (policy.rights.object.bases as readonly string[]).includes(policy.purposes[id].basis),
)

/** There is no such use to object to. */
export class NotObjectableError extends Error {
  override name = 'NotObjectableError'
  readonly code = 'not_found'
}

/** The uses a person has objected to. */
export async function objections(
  { standings }: Pick<RightsParts, 'standings'>,
  person: string,
): Promise<readonly string[]> {
  return (await standings.of(person)).objections
}

/** Objects, or takes the objection back. @throws NotObjectableError */
export async function setObjection(parts: RightsParts, person: string, purpose: string, on: boolean): Promise<void> {
  if (!(objectable as readonly string[]).includes(purpose)) throw new NotObjectableError('nobody can object to that')
  await parts.turns.take(`rights ${person}`, async () => {
    const stands = (await objections(parts, person)).includes(purpose)
    if (stands === on) return
    if (on) {
      const { id } = await ask(parts, person, { right: 'object', about: purpose })
      await move(parts, person, id, 'fulfil', { by: 'self', reason: 'granted_at_once' })
      await parts.standings.changed(person)
      await dropUsed(parts, person, purpose)
    } else {
      const mine = await parts.gate.open('own_rights', person, { by: 'self' })
      for (const { id, about } of await mine.request.list({ state: requestColumn('object', 'fulfilled') })) {
        if (about !== purpose) continue
        await parts.ledger.append(person, 'right', { right: 'object', state: 'revoked', request: id })
        await mine.request.change(id, {}, { state: requestColumn('object', 'revoked') })
      }
      await parts.standings.changed(person)
    }
  })
}

/** What is kept for that use alone goes: the name of the browser in the sessions. */
async function dropUsed(parts: RightsParts, person: string, purpose: string): Promise<void> {
  if (purpose !== 'security') return
  const mine = await parts.gate.open('own_rights', person, { by: 'self' })
  for (const { id, agent } of await mine.session.list())
    if (agent !== undefined) await mine.session.change(id, { agent: undefined })
}
