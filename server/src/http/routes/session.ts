/** Beginning, signing in and out, fresh proof, and where one is signed in. */
import { addDuration, policy } from '@sotto/policy'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../../account/accounts.ts'
import { profileOf } from '../../account/profile.ts'
import type { Entered } from '../../account/sign-in.ts'
import { type App, handle, type Visitor } from '../handle.ts'
import type { Notices } from '../notices.ts'
import { clearToken, setToken } from '../token.ts'

/** Seconds the session cookie lives: as the policy says (C103). */
export function cookieSeconds(now: Date): number {
  return Math.round((addDuration(now, policy.cookies.session.keep).getTime() - now.getTime()) / 1000)
}

/** Signing in and out. */
export function sessionRoutes(app: App, { parts, sessions, second, signIn }: Accounts, notices: Notices): void {
  /**
   * A new session for whoever entered. A session from before is never gone on with: a token that somebody else may have
   * planted must not become a signed-in one (session fixation).
   */
  async function enter(entered: Entered, before: Visitor | undefined, request: FastifyRequest, reply: FastifyReply) {
    const { person, proven } = entered
    const { token } = await sessions.begin(person, request.headers['user-agent'], proven)
    if (before?.person === person) await sessions.end(person, before.session)
    setToken(reply, token, request.passage.https, cookieSeconds(parts.now()))
    return profileOf(parts, person)
  }

  handle(app, 'POST /api/session/guest', async ({ body, visitor, passage, request, reply }) => {
    const before = await visitor()
    // Whoever is here already is not made twice: the first one's things would be out of reach.
    if (before) return profileOf(parts, before.person)
    notices.requireCurrent(body.notice)
    return enter(await signIn.guest(body.notice, passage), undefined, request, reply)
  })

  handle(app, 'POST /api/session/code', async ({ body, visitor, passage, locale }) => {
    notices.requireCurrent(body.notice)
    return signIn.askCode(body, { visitor: await visitor(), passage, locale })
  })

  handle(app, 'POST /api/session/verify', async ({ body, visitor, passage, request, reply }) => {
    const before = await visitor()
    return enter(await signIn.verify(body, { visitor: before, passage }), before, request, reply)
  })

  handle(app, 'POST /api/session/password', async ({ body, visitor, passage, request, reply }) => {
    const before = await visitor()
    return enter(await signIn.password(body, { visitor: before, passage }), before, request, reply)
  })

  handle(app, 'POST /api/session/end', async ({ person, session, passage, reply }) => {
    await sessions.end(person, session)
    clearToken(reply, passage.https)
  })

  handle(app, 'POST /api/session/step-up', async ({ person, session, body }) => {
    await second.stepUp({ person, session }, body)
  })

  handle(app, 'GET /api/sessions', async ({ person, session }) => {
    const rows = await sessions.list(person)
    return rows.map((row) => ({ ...row, current: row.id === session }))
  })

  handle(app, 'DELETE /api/sessions/:id', async ({ person, session, params, passage, reply }) => {
    await sessions.end(person, params.id)
    if (params.id === session) clearToken(reply, passage.https)
  })
}
