/** The switches of Privacy Settings, and receipts of what was agreed to (C85, C86, C201). */
import { policy, receipt } from '@sotto/policy'
import type { AccountParts } from '../../account/parts.ts'
import { profileOf } from '../../account/profile.ts'
import type { Consents, Switch } from '../../gate/consents.ts'
import { type App, handle } from '../handle.ts'
import type { Notices } from '../notices.ts'

const shown = (one: Switch) => ({ ...one, changed_at: one.changed_at?.toISOString() ?? null })

/** Consents, receipts and switches. */
export function consentRoutes(app: App, parts: AccountParts, consents: Consents, notices: Notices): void {
  handle(app, 'GET /api/consents', async ({ person }) => (await consents.list(person)).map(shown))

  handle(app, 'PUT /api/consents/:setting', async ({ person, params, body }) => {
    // To agree one must have read what holds now; to take back, nothing is in the way (GDPR 7(3), PIPL 15).
    if (body.on) notices.requireCurrent(body.notice)
    return shown(await consents.set(person, params.setting, body.on, body.notice))
  })

  handle(app, 'GET /api/consents/receipts', async ({ person }) => {
    const { handle: name } = await profileOf(parts, person)
    const events = await consents.events(person)
    return Promise.all(
      events.map(async (event) => ({ ...(await receipt(event, policy, name, parts.config.operator)) })),
    )
  })
}
