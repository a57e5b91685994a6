/** Who a person is here: handle (random, changeable), and what is optional (C30, C31, C32). */
import { mask } from '@sotto/policy'
import type { z } from 'zod'
import type { Me } from '../contract/shapes.ts'
import { Problem } from '../problem.ts'
import { requirePicture } from './avatar.ts'
import { cleared } from './cleared.ts'
import { proofsOf } from './credential.ts'
import { numberOf } from './number.ts'
import type { AccountParts } from './parts.ts'

/** A handle given up stays reserved so long: nobody else can be taken for its owner (C31). */
const RESERVED_MS = 30 * 24 * 3_600_000

type MeView = z.output<typeof Me>

/** What can be changed; `null` takes a value away. */
export interface ProfileChange {
  readonly handle?: string | undefined
  readonly display_name?: string | null | undefined
  readonly avatar?: string | null | undefined
  readonly age_band?: 'under_14' | '14_17' | 'adult' | null | undefined
  readonly locale?: 'en' | 'zh-CN' | null | undefined
}

/** A person's own view of themself. */
export async function profileOf(parts: AccountParts, person: string): Promise<MeView> {
  // Whoever froze their account still sees whose it is: by their own right, and nothing else is served.
  const frozen = (await parts.standings.of(person)).state === 'frozen'
  const mine = await parts.gate.open(frozen ? 'own_rights' : 'account', person, { by: 'self', streaming: true })
  const [account] = await mine.account.list()
  if (!account) throw new Problem('sign_in_needed')
  const [identifier] = await mine.identifier.list()
  return {
    handle: account.handle,
    guest: identifier === undefined,
    display_name: account.display_name ?? null,
    avatar: account.avatar ?? null,
    number_masked: identifier ? mask('user.contact.phone_number', identifier.phone_number) : null,
    age_band: (account.age_band as MeView['age_band']) ?? null,
    locale: (account.locale as MeView['locale']) ?? null,
    ...(await proofsOf(parts, person)),
    frozen,
    created_at: account.created_at.toISOString(),
  }
}

/** Changes what is given and leaves the rest. @throws Problem `handle_taken`, `handle_invalid`, `avatar_invalid` */
export async function changeProfile(parts: AccountParts, person: string, change: ProfileChange): Promise<void> {
  const { handle, ...optional } = change
  if (optional.avatar) requirePicture(optional.avatar)
  const mine = await parts.gate.open('account', person, { by: 'self' })
  const [account] = await mine.account.list()
  if (!account) throw new Problem('sign_in_needed')
  const patch: Record<string, string | undefined> = {}
  for (const [field, value] of Object.entries(optional)) if (value !== undefined) patch[field] = value ?? undefined

  const moves = handle !== undefined && handle !== account.handle
  if (moves) {
    // A name that is somebody's number would stand between them and their own account.
    if (!/[a-z]/.test(handle) || numberOf(handle) !== undefined) throw new Problem('handle_invalid')
    if (!(await parts.lookup.claim('handle', handle, person, parts.now().getTime()))) throw new Problem('handle_taken')
    patch.handle = handle
  }
  await mine.account.change(account.id, cleared<typeof account>(patch))
  // The old name goes last: a crash in between leaves both, and none to somebody else.
  if (moves) await parts.lookup.release('handle', account.handle, person, RESERVED_MS, parts.now().getTime())
  if (optional.age_band !== undefined) await parts.standings.changed(person)
}
