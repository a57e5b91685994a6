/** What exactly a consent agreed to, so that a wider purpose needs a new one (C17; PIPL 14). */
import type { PolicyDocument } from '../language/document.ts'
import { own } from '../language/own.ts'

interface Scope {
  readonly use: string
  readonly basis: string
  readonly categories: readonly string[]
  readonly recipients: readonly string[]
}

/** The categories of a purpose: those it lists, or every personal one that is kept. Sorted. */
export function categoriesOf(document: PolicyDocument, purpose: string): readonly string[] {
  const uses = own(document.purposes, purpose)?.uses
  if (uses === undefined) return []
  if (uses !== 'every_category') return [...uses].sort()
  const all = Object.entries(document.categories)
  return all
    .filter(([id, category]) => id.startsWith('user.') && category.collected === undefined)
    .map(([id]) => id)
    .sort()
}

/**
 * Writes down what a consent to a purpose agrees to: use, basis, categories, and who receives which of them where.
 * A canonical text, equal for equal scopes. A purpose that is not declared has the empty scope, which covers nothing.
 */
export function scopeOf(document: PolicyDocument, purpose: string): string {
  const declared = own(document.purposes, purpose)
  if (declared === undefined) return ''
  const recipients = Object.entries(document.recipients)
    .filter(([, recipient]) => recipient.purpose === purpose)
    .flatMap(([id, recipient]) => recipient.gets.map((category) => `${id}@${recipient.country}:${category}`))
    .sort()
  const scope: Scope = {
    use: declared.use,
    basis: declared.basis,
    categories: categoriesOf(document, purpose),
    recipients,
  }
  return JSON.stringify([scope.use, scope.basis, scope.categories, scope.recipients])
}

function parse(text: string): Scope | undefined {
  try {
    const [use, basis, categories, recipients] = JSON.parse(text) as [string, string, string[], string[]]
    return Array.isArray(categories) && Array.isArray(recipients) ? { use, basis, categories, recipients } : undefined
  } catch {
    // Not written by `scopeOf`: it covers nothing, so the person is asked again.
    return undefined
  }
}

/** Says whether what was agreed to covers what is done now: the same use and basis, and nothing more than agreed. */
export function scopeCovers(agreed: string, now: string): boolean {
  if (agreed === now) return now !== ''
  const before = parse(agreed)
  const after = parse(now)
  if (before === undefined || after === undefined) return false
  return (
    before.use === after.use &&
    before.basis === after.basis &&
    after.categories.every((category) => before.categories.includes(category)) &&
    after.recipients.every((recipient) => before.recipients.includes(recipient))
  )
}

/**
 * How much of what is done now somebody was told of: all of it (`whole`), some categories of it, or nothing, because the
 * use, the basis or a recipient is another.
 */
export function narrowScope(told: string, now: string): 'whole' | 'nothing' | readonly string[] {
  if (scopeCovers(told, now)) return 'whole'
  const before = parse(told)
  const after = parse(now)
  if (before === undefined || after === undefined) return 'nothing'
  const same = before.use === after.use && before.basis === after.basis
  if (!same || !after.recipients.every((recipient) => before.recipients.includes(recipient))) return 'nothing'
  return after.categories.filter((category) => before.categories.includes(category))
}
