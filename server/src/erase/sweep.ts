/**
 * Orphans: what a crash left of things that never came to stand: keys without an item, objects without a record, records
 * without a key, persons without an account.
 */
import type { EraseParts } from './erase.ts'

/** There are keys of people and no record at all: the data is elsewhere, and to sweep now would destroy every key to it. */
export class KeysWithoutDataError extends Error {
  override name = 'KeysWithoutDataError'
  readonly code = 'keys_without_data'
}

/** Removes orphans. Run before serving, while nothing is being made. @throws KeysWithoutDataError */
export async function sweepOrphans(parts: EraseParts): Promise<number> {
  const { db, keys, lookup, objects } = parts
  let gone = 0
  await requireData(parts)
  await lookup.clean((person) => keys.has(person))
  await keys.clean()
  // Rows of a person who has no keyring (an old backup brought them back): erased, and to be gone.
  for (const { person } of await db.selectFrom('record').select('person').distinct().execute()) {
    if (await keys.has(person)) continue
    await db.deleteFrom('job').where('person', '=', person).execute()
    gone += Number((await db.deleteFrom('record').where('person', '=', person).executeTakeFirst()).numDeletedRows)
  }
  for await (const person of keys.persons()) {
    const rows = await db.selectFrom('record').select(['id', 'item', 'kind']).where('person', '=', person).execute()
    if ((await keys.isDraft(person)) || !rows.some(({ kind }) => kind === 'account')) {
      // Begun and never told: nobody has a session of theirs.
      await lookup.forget(person)
      await keys.destroyPerson(person)
      await db.deleteFrom('record').where('person', '=', person).execute()
      gone++
      continue
    }
    const known = new Set(rows.map(({ item }) => item))
    const slots = new Set(await keys.ids(person))
    for (const id of slots) if (id !== person && !known.has(id) && (await keys.destroy(person, id))) gone++
    for (const { id, item } of rows)
      if (item && !slots.has(item)) {
        await objects.remove(id)
        await db.deleteFrom('record').where('id', '=', id).execute()
        gone++
      }
  }
  const rows = await db.selectFrom('record').select('id').where('kind', 'in', ['media', 'upload']).execute()
  const known = new Set(rows.map(({ id }) => id))
  for await (const id of objects.ids()) if (!known.has(id) && (await objects.remove(id))) gone++
  return gone
}

/**
 * Keys of people, and a database that knows nobody: somebody forgot `DATABASE_URL`, or moved one folder without the other.
 * Drafts are no people: a crash leaves them of whoever was just being made.
 */
async function requireData({ db, keys }: Pick<EraseParts, 'db' | 'keys'>): Promise<void> {
  if ((await db.selectFrom('record').select('id').limit(1).execute()).length > 0) return
  for await (const person of keys.persons())
    if ((await keys.has(person)) && !(await keys.isDraft(person)))
      throw new KeysWithoutDataError(
        'the database is empty, and the key store has keys of people: is this the right data directory or database?',
      )
}
