/**
 * Erasing a part: everything of a category, or everything held for a purpose, while the account goes on (C211, C214). The
 * steps follow from the policy. An item goes by its key. A record or field that lies under a key which other things need is
 * taken away; what the database keeps of its old sealed form in its own log stays unreadable from outside, and for good with
 * that key. The answer is what a new look finds.
 */
import { type ErasureStep, erasureOfCategory, erasureOfPurpose, policy, type RecordKindId } from '@sotto/policy'
import { coversItems, HeldByLawError, holdsOf } from '../retention/holds.ts'
import { findRecords, openRecord, replaceRecord } from '../vault/record.ts'
import { type Check, type EraseParts, eraseItem } from './erase.ts'

/** What is to go. */
export type Part = { readonly category: string } | { readonly purpose: string }

/** What went, and what a new look found. */
export interface PartErased {
  readonly items: number
  readonly records: number
  readonly fields: number
  readonly checks: Check[]
}

/** There is nothing that can be erased by itself under that name. */
export class NotErasableError extends Error {
  override name = 'NotErasableError'
  readonly code = 'not_found'
}

/** The steps of a part. @throws NotErasableError */
export function stepsOf(part: Part): readonly ErasureStep[] {
  const steps = 'category' in part ? erasureOfCategory(policy, part.category) : erasureOfPurpose(policy, part.purpose)
  if (steps.length === 0) throw new NotErasableError('that goes with the account alone')
  return steps
}

/** Erases a part of what is held of a person. May be done twice. @throws NotErasableError, HeldByLawError */
export async function erasePart(parts: EraseParts, person: string, part: Part): Promise<PartErased> {
  const steps = stepsOf(part)
  const held = (await holdsOf(parts, person)).filter(
    (hold) =>
      steps.some(({ kind }) => hold.kinds.includes(kind)) ||
      (coversItems(hold) && steps.some(({ how }) => how === 'items')),
  )
  if (held.length > 0) throw new HeldByLawError(held)
  let items = 0
  let records = 0
  let fields = 0
  for (const step of steps) {
    if (step.how === 'items') {
      const found = new Set((await findRecords(parts.db, person, step.kind)).flatMap(({ item }) => item ?? []))
      for (const item of found) await eraseItem(parts, person, item)
      items += found.size
    } else if (step.how === 'records') {
      if (step.kind === 'speech') items += await eraseSpoken(parts, person)
      const gone = await parts.db
        .deleteFrom('record')
        .where('person', '=', person)
        .where('kind', '=', step.kind)
        .executeTakeFirst()
      records += Number(gone.numDeletedRows)
    } else
      for (const row of await findRecords(parts.db, person, step.kind)) {
        const payload = await openRecord<RecordKindId>(parts.keys, row)
        const left = Object.fromEntries(Object.entries(payload).filter(([name]) => !step.fields.includes(name)))
        const taken = Object.keys(payload).length - Object.keys(left).length
        if (taken === 0) continue
        await replaceRecord(parts.db, parts.keys, row, left as typeof payload)
        fields += taken
      }
  }
  await parts.standings.changed(person)
  const checks = await Promise.all(steps.map((step) => look(parts, person, step)))
  const proof = { ...part, items, records, fields, checks }
  await parts.ledger.append(person, 'erasure', { scope: 'part', items: [], proof })
  return { items, records, fields, checks }
}

/** What was spoken of texts is nothing without them: a text goes by its key, of a dubbing the takes go. */
async function eraseSpoken(parts: EraseParts, person: string): Promise<number> {
  const rows = await findRecords(parts.db, person, 'speech')
  const texts = rows.filter(({ id, item }) => id === item)
  for (const { id } of texts) await eraseItem(parts, person, id)
  const takes = await findRecords(parts.db, person, 'media', { state: 'take' })
  for (const { id } of takes) await parts.objects.remove(id)
  const ids = takes.map(({ id }) => id)
  if (ids.length > 0) await parts.db.deleteFrom('record').where('id', 'in', ids).execute()
  return texts.length
}

/** Reads a kind again. */
async function look({ db, keys }: EraseParts, person: string, step: ErasureStep): Promise<Check> {
  const rows = await findRecords(db, person, step.kind)
  if (step.how !== 'fields') return { store: step.kind, read: rows.length, found: rows.length }
  const payloads = await Promise.all(rows.map((row) => openRecord<RecordKindId>(keys, row)))
  const found = payloads.filter((payload) => step.fields.some((field) => field in payload)).length
  return { store: step.kind, read: rows.length, found }
}
