/** When a record is due to go (C153). */
import { policy } from '../document/policy.ts'
import type { DeadlineId, KindId } from '../document/types.ts'
import type { PolicyDocument } from '../language/document.ts'
import { isDuration, type Keep } from '../language/keep.ts'
import { own } from '../language/own.ts'
import { addDuration } from './duration.ts'

/** The person's settings that rule how long things are kept: setting id -> ISO 8601 duration or `until_erased`. */
export type KeepSettings = Readonly<Record<string, unknown>>

/** The `keep` of a kind as the document says it: the kind's own, or that of the purpose it is held for. */
export function keepOf(document: PolicyDocument, kind: string): Keep {
  const declared = own(document.kinds, kind)
  const purpose = declared === undefined ? undefined : own(document.purposes, declared.held_for)
  if (declared === undefined || purpose === undefined) throw new UndeclaredKindError(kind)
  return declared.keep ?? purpose.keep
}

/** Thrown when a retention is asked for a kind that the policy does not have. `code` is `undeclared_kind`. */
export class UndeclaredKindError extends Error {
  readonly code = 'undeclared_kind'

  constructor(kind: string) {
    super(`kind '${kind}' is not in the policy`)
    this.name = 'UndeclaredKindError'
  }
}

/**
 * The moment a record made at `createdAt` is due to be erased; `null` = it stays until the person erases it or ends
 * the account. A setting the person has not made, or that is not a duration, counts as its default.
 * @throws UndeclaredKindError when someone casts.
 */
export function keepUntil(kind: KindId, createdAt: Date, settings: KeepSettings = {}): Date | null {
  return keepUntilUnder(policy, kind, createdAt, settings)
}

/** As `keepUntil`, under any document. */
export function keepUntilUnder(
  document: PolicyDocument,
  kind: string,
  createdAt: Date,
  settings: KeepSettings = {},
): Date | null {
  const keep = keepOf(document, kind)
  if (keep === 'request') return createdAt
  if (keep.startsWith('setting:')) {
    const id = keep.slice('setting:'.length)
    const chosen = settings[id]
    const choice = chosen === 'until_erased' || (typeof chosen === 'string' && isDuration(chosen)) ? chosen : undefined
    const rule = choice ?? String(document.settings[id]?.default)
    return isDuration(rule) ? addDuration(createdAt, rule) : null
  }
  return isDuration(keep) ? addDuration(createdAt, keep) : null
}

/** The end of a clock that starts at `start` (C209, C218, C189). */
export function deadlineAt(deadline: DeadlineId, start: Date): Date {
  return addDuration(start, policy.deadlines[deadline].within)
}
