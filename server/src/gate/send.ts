/** The only way out: a message to a recipient of the policy, made of exactly its declared fields, with one ledger entry (C111, C132). */
import { messageFault, type PurposeId, policy, type RecipientId, type RecipientPayload } from '@sotto/policy'
import type { Ledger } from '../ledger/ledger.ts'
import type { Gate } from './gate.ts'
import { Refusal } from './refusal.ts'

type Deliver = { [R in RecipientId]?: (payload: RecipientPayload<R>) => Promise<void> }
/** Whose data it is; null while there is no person yet (the code that makes somebody one), when there is no entry to make. */
export type Send = <R extends RecipientId>(
  recipient: R,
  person: string | null,
  payload: RecipientPayload<R>,
) => Promise<void>

/** Makes the one way out. */
export function sender(parts: { gate: Gate; ledger: Ledger; deliver: Deliver }): Send {
  return async (recipient, person, payload) => {
    const declared = policy.recipients[recipient]
    const deliver = parts.deliver[recipient]
    const undeclared = { code: 'undeclared', clause: 'C113', purpose: declared?.purpose ?? recipient } as const
    // A recipient without configuration does not exist here; one that the policy does not name exists nowhere.
    if (!declared || !deliver) throw new Refusal(undeclared)
    if (messageFault(recipient, payload)) throw new Refusal(undeclared)
    if (person !== null) {
      await parts.gate.ask(declared.purpose as PurposeId, person)
      await parts.ledger.append(person, 'sharing', {
        recipient,
        categories: [...declared.gets],
        agreement: declared.agreement,
      })
    }
    await deliver(payload)
  }
}
