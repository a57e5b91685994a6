/** Persons: how one comes to be, and how a guest's things join an account. */
import { randomInt, randomUUID } from 'node:crypto'
import type { Consents, NoticeSeen } from '../gate/consents.ts'
import type { Standings } from '../gate/standing.ts'
import { type KeyStore, rawKey } from '../keys/keyring.ts'
import type { Lookup } from '../keys/lookup.ts'
import type { Turns } from '../keys/turns.ts'
import { type Db, insertRecord, openRecord, type RecordRow, replaceRecord } from '../vault/record.ts'

/** What persons are made of. */
export interface PersonParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly lookup: Lookup
  readonly consents: Consents
  readonly standings: Standings
  readonly turns: Turns
  readonly now: () => Date
  /** Ends every open job of a person and waits for it. */
  readonly stopJobs: (person: string) => Promise<void>
  readonly erase: (person: string) => Promise<unknown>
}

/** Letters and digits that are not mistaken for one another when read aloud. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A random handle: says nothing about the number or the id behind it (C30). */
export function randomHandle(): string {
  return Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/**
 * Makes a person. The first thing written about them is that they saw the notice (C4); before it there is only a keyring,
 * which is 256 random bits and no word about anybody.
 */
export async function createPerson(
  parts: PersonParts,
  notice: NoticeSeen,
  channel: 'page' | 'terminal' = 'page',
): Promise<string> {
  const person = randomUUID()
  await parts.keys.createPerson(person)
  await parts.consents.noticeShown(person, notice, channel)
  for (;;) {
    const handle = randomHandle()
    if (!(await parts.lookup.claim('handle', handle, person, parts.now().getTime()))) continue
    await insertRecord(parts.db, parts.keys, {
      id: randomUUID(),
      person,
      item: null,
      kind: 'account',
      state: 'live',
      payload: { handle, locale: notice.locale },
      created_at: parts.now(),
    })
    await parts.keys.confirm(person)
    return person
  }
}

/**
 * Moves everything a guest made to the account that already had the number. Item by item: the key comes into the
 * account's keyring, then the rows change hands in one transaction, then the guest's slot is destroyed. A crash in between
 * leaves each item whole with one of the two, and the guest can ask again. What is left of the guest is erased.
 */
export async function mergePersons(parts: PersonParts, guest: string, account: string): Promise<void> {
  await parts.stopJobs(guest)
  await parts.turns.take(guest, async () => {
    for (const item of await parts.keys.ids(guest)) {
      if (item === guest) continue
      await parts.keys.add(account, item, rawKey(await parts.keys.key(guest, item)))
      await parts.db.transaction().execute(async (tx) => {
        const rows: RecordRow[] = await tx
          .selectFrom('record')
          .selectAll()
          .where('person', '=', guest)
          .where('item', '=', item)
          .execute()
        for (const row of rows) {
          const payload = await openRecord(parts.keys, row)
          await tx.updateTable('record').set({ person: account }).where('id', '=', row.id).execute()
          await replaceRecord(tx, parts.keys, { ...row, person: account }, payload)
        }
        await tx
          .updateTable('job')
          .set({ person: account })
          .where('person', '=', guest)
          .where('item', '=', item)
          .execute()
      })
      await parts.keys.destroy(guest, item)
    }
  })
  await parts.standings.changed(account)
  await parts.erase(guest)
}
