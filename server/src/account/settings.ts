/** A person's own settings beside the switches: how long recordings are kept (C153). */
import { keepUntil, policy } from '@sotto/policy'
import { soleId } from './derived-id.ts'
import type { AccountParts } from './parts.ts'

/** How long recordings are kept: an ISO 8601 duration, or `until_erased`. */
export async function keepRecordings(parts: AccountParts, person: string): Promise<string> {
  const mine = await parts.gate.open('account', person, { by: 'self', streaming: true })
  const [setting] = await mine.setting.list()
  return setting?.keep_recordings ?? policy.settings.keep_recordings.default
}

/** Sets it, for what is there already too: the time counts from when each was made. */
export async function setKeepRecordings(
  parts: Pick<AccountParts, 'db' | 'gate' | 'turns'>,
  person: string,
  keep: string,
): Promise<void> {
  const mine = await parts.gate.open('account', person, { by: 'self' })
  await parts.turns.take(`setting ${person}`, async () => {
    const [setting] = await mine.setting.list()
    if (setting) await mine.setting.change(setting.id, { keep_recordings: keep })
    else await mine.setting.add({ keep_recordings: keep }, { id: soleId(person, 'setting') })
    await parts.db.transaction().execute(async (tx) => {
      const rows = await tx
        .selectFrom('record')
        .select(['id', 'created_at'])
        .where('person', '=', person)
        .where('kind', 'in', ['item', 'media'])
        .execute()
      for (const { id, created_at } of rows) {
        const due_at = keepUntil('item', created_at, { keep_recordings: keep })
        await tx.updateTable('record').set({ due_at }).where('id', '=', id).execute()
      }
    })
  })
}
