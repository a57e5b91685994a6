/** Settings beside the switches. */
import type { AccountParts } from '../../account/parts.ts'
import { keepRecordings, setKeepRecordings } from '../../account/settings.ts'
import { type App, handle } from '../handle.ts'

/** Settings. */
export function settingRoutes(app: App, parts: AccountParts): void {
  handle(app, 'GET /api/settings', async ({ person }) => ({ keep_recordings: await keepRecordings(parts, person) }))

  handle(app, 'PUT /api/settings', async ({ person, body }) => {
    await setKeepRecordings(parts, person, body.keep_recordings)
    return { keep_recordings: await keepRecordings(parts, person) }
  })
}
