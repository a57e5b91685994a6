/** Until when a new item is kept: the person's own setting (C153). */
import { keepUntil, policy } from '@sotto/policy'
import type { KeyStore } from '../keys/keyring.ts'
import { type Db, findRecords, openRecord } from '../vault/record.ts'

/** The person's setting for recordings, as it stands. */
export async function keepSetting(db: Db, keys: KeyStore, person: string): Promise<string> {
  const [row] = await findRecords(db, person, 'setting')
  const chosen = row && (await openRecord<'setting'>(keys, row)).keep_recordings
  return chosen ?? policy.settings.keep_recordings.default
}

/** The due date of an item made now. */
export async function keepDue(db: Db, keys: KeyStore, person: string, now: Date): Promise<Date | null> {
  return keepUntil('item', now, { keep_recordings: await keepSetting(db, keys, person) })
}
