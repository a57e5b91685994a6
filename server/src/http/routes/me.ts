/** Who I am here: handle, optional facts, password and second step. */
import type { Accounts } from '../../account/accounts.ts'
import { changeProfile, profileOf } from '../../account/profile.ts'
import { type App, handle } from '../handle.ts'
import { setToken, tokenOf } from '../token.ts'
import { cookieSeconds } from './session.ts'

/** The profile, password and second step. */
export function meRoutes(app: App, { parts, second, number }: Accounts): void {
  handle(app, 'GET /api/me', async ({ person, request, reply, passage }) => {
    const token = tokenOf(request)
    // The cookie goes on living with its session, which is put off while it is used.
    if (token && request.headers.authorization === undefined)
      setToken(reply, token, passage.https, cookieSeconds(parts.now()))
    return profileOf(parts, person)
  })

  handle(app, 'PATCH /api/me', async ({ person, body }) => {
    await changeProfile(parts, person, body)
    return profileOf(parts, person)
  })

  handle(app, 'POST /api/me/number/code', ({ person, session, body, passage, locale }) =>
    number.ask({ person, session }, body, { passage, locale }),
  )
  handle(app, 'PUT /api/me/number', async ({ person, session, body, passage }) => {
    await number.change({ person, session }, body, passage.address)
    return profileOf(parts, person)
  })

  handle(app, 'PUT /api/me/password', ({ person, session, body, locale }) =>
    second.setPassword({ person, session }, body.password, locale),
  )
  handle(app, 'DELETE /api/me/password', ({ person }) => second.removePassword(person))
  handle(app, 'POST /api/me/totp', ({ person }) => second.beginTotp(person))
  handle(app, 'POST /api/me/totp/confirm', async ({ person, session, body }) => ({
    recovery: await second.confirmTotp({ person, session }, body.code),
  }))
  handle(app, 'DELETE /api/me/totp', ({ person }) => second.removeTotp(person))
}
