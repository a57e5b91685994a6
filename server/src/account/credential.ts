/**
 * What an account is proven by beside its number: password and second step. One sealed record a person; which of the two
 * there are stands in its open state, so that asking for it opens nothing.
 */
import type { Payload } from '@sotto/policy'
import { findRecords } from '../vault/record.ts'
import { cleared } from './cleared.ts'
import { soleId } from './derived-id.ts'
import type { AccountParts } from './parts.ts'

type Credential = Payload<'credential'>

/** Which proofs an account has. */
export interface Proofs {
  readonly password: boolean
  readonly totp: boolean
}

function stateOf(credential: Credential): string {
  const has = [
    credential.password_hash !== undefined && 'password',
    credential.totp_secret !== undefined && credential.totp_confirmed && 'totp',
  ]
  return has.filter(Boolean).join('+') || 'none'
}

/** Which proofs an account has, read from the open state alone. */
export async function proofsOf({ db }: Pick<AccountParts, 'db'>, person: string): Promise<Proofs> {
  const [row] = await findRecords(db, person, 'credential')
  const words = row?.state.split('+') ?? []
  return { password: words.includes('password'), totp: words.includes('totp') }
}

/** Whether what cannot be taken back asks for fresh proof. */
export async function hasSecondStep(parts: Pick<AccountParts, 'db'>, person: string): Promise<boolean> {
  const { password, totp } = await proofsOf(parts, person)
  return password || totp
}

/** A person's credential, opened for signing in; empty where there is none. */
export async function credentialOf(parts: AccountParts, person: string): Promise<Credential> {
  const mine = await parts.gate.open('sign_in', person, { by: 'self' })
  return (await mine.credential.get(soleId(person, 'credential'))) ?? {}
}

/**
 * Changes a person's credential, one change at a time: `change` is given what is there and answers the fields to set
 * (`undefined` takes one away), or throws. Answers what is there afterwards.
 */
export async function changeCredential(
  parts: AccountParts,
  person: string,
  change: (before: Credential) => { readonly [K in keyof Credential]?: Credential[K] | undefined },
): Promise<Credential> {
  return parts.turns.take(`credential ${person}`, async () => {
    const mine = await parts.gate.open('sign_in', person, { by: 'self' })
    const id = soleId(person, 'credential')
    const before = await mine.credential.get(id)
    const { password_hash, totp_secret, totp_confirmed, totp_step, recovery_hashes } = before ?? {}
    const known = { password_hash, totp_secret, totp_confirmed, totp_step, recovery_hashes }
    const after = cleared<Credential>({ ...known, ...change(cleared<Credential>(known)) })
    const state = stateOf(after)
    if (before) await mine.credential.change(id, after, { state, expect: before.version })
    else await mine.credential.add(after, { id, state })
    return after
  })
}
