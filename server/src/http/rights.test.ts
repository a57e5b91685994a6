/** C194, C199, C207, C210: the rights by their routes, as a browser calls them. */
import { expect, test } from 'vitest'
import { addObject, type Place, place } from '../../testing/studio.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import { studioApp } from './server.ts'

async function house(): Promise<
  { here: Place; studio: Studio; app: Awaited<ReturnType<typeof studioApp>> } & AsyncDisposable
> {
  await using stack = new AsyncDisposableStack()
  const here = stack.use(await place())
  const studio = stack.use(await here.open({ work: false }))
  const app = await studioApp(studio, { log: openLog('silent') })
  stack.defer(() => app.close())
  const closing = stack.move()
  return { here, studio, app, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

async function noticeOf(me: Visit) {
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  return { version: body.version, hash: body.hash, locale: 'en' }
}

/** Signs in by number and code. */
async function bySms(me: Visit, number: string): Promise<void> {
  const { body } = await me.call('POST /api/session/code', { body: { number, notice: await noticeOf(me) } })
  const { status } = await me.call('POST /api/session/verify', { body: { challenge: body.challenge, code: body.code } })
  expect(status).toBe(200)
}

test('taken: one step, and every browser is signed out; the owner comes back, sees it frozen, thaws it (C194)', async () => {
  await using at = await house()
  const me = visit(at.app)
  const thief = visit(at.app)
  await bySms(me, '+8613800138000')
  await bySms(thief, '+8613800138000')
  const thiefs = thief.cookie
  expect((await me.call('POST /api/privacy/taken')).status).toBe(204)
  expect(me.cookie).toBe('')
  thief.cookie = thiefs
  expect((await thief.call('GET /api/items')).status).toBe(401)
  await bySms(me, '+8613800138000')
  expect((await me.call('GET /api/me')).body).toMatchObject({ frozen: true, guest: false })
  for (const route of ['GET /api/items', 'GET /api/settings', 'GET /api/events'] as const)
    expect((await me.call(route)).body, route).toMatchObject({ code: 'account_frozen', clause: 'C194' })
  expect((await me.call('PATCH /api/me', { body: { display_name: 'X' } })).status).toBe(403)
  expect((await me.call('GET /api/privacy/held')).status).toBe(200)
  expect((await me.call('POST /api/privacy/thaw')).status).toBe(204)
  expect((await me.call('GET /api/items')).status).toBe(200)
})

test('cancelled: signed out at once; who signs in again may take it back; the ticket says how it stands, to anyone who has it (C207, C210)', async () => {
  await using at = await house()
  const me = visit(at.app)
  await bySms(me, '+8613800138001')
  const cancelled = await me.call('POST /api/privacy/cancel', { body: { choice: 'delete' } })
  expect(cancelled).toMatchObject({
    status: 200,
    body: { request: { right: 'cancel', state: 'in_progress' }, holds: [] },
  })
  expect(me.cookie).toBe('')
  const { ticket } = cancelled.body
  const anyone = visit(at.app)
  expect((await anyone.call('GET /api/certificates/:ticket', { params: { ticket } })).body.state).toBe('waiting')
  await bySms(me, '+8613800138001')
  expect((await me.call('GET /api/me')).body.frozen).toBe(true)
  expect((await me.call('POST /api/privacy/thaw')).body).toMatchObject({ code: 'request_ended' })
  expect((await me.call('DELETE /api/privacy/cancel')).status).toBe(204)
  expect((await me.call('GET /api/me')).body.frozen).toBe(false)
  expect((await anyone.call('GET /api/certificates/:ticket', { params: { ticket } })).body.state).toBe('revoked')
})

test('what is held is shown value by value, masked; and says where it came from and until when (C11, C165, C195)', async () => {
  await using at = await house()
  const me = visit(at.app)
  await bySms(me, '+8613800138002')
  const person = (await at.studio.lookup.find('phone', '+8613800138002')) as string
  await addObject(at.studio, person, 'A secret talk')
  const identifiers = await me.call('GET /api/privacy/records/:kind', { params: { kind: 'identifier' } })
  expect(identifiers.body[0].fields).toContainEqual({
    field: 'phone_number',
    category: 'user.contact.phone_number',
    shown: '+86 138****8002',
    correct: '/my',
    why: null,
  })
  const items = await me.call('GET /api/privacy/records/:kind', { params: { kind: 'item' } })
  expect(items.text).not.toContain('A secret talk')
  const item = items.body[0]
  expect(item.fields).toContainEqual({
    field: 'name',
    category: 'user.content.title',
    shown: 'A…',
    correct: `/items/${item.id}`,
    why: null,
  })
  expect(item.fields.find(({ field }: { field: string }) => field === 'media')).toMatchObject({
    why: 'fact',
    correct: null,
  })
  for (const kind of ['consent', 'nothing', 'constructor'])
    expect((await me.call('GET /api/privacy/records/:kind', { params: { kind } })).status).toBe(404)
  const held = await me.call('GET /api/privacy/held')
  expect(held.body.find(({ kind }: { kind: string }) => kind === 'session')).toMatchObject({
    source: 'studio',
    keep: 'P30D',
  })
  expect(held.body.find(({ kind }: { kind: string }) => kind === 'item')).toMatchObject({ source: 'subject' })
})

test('a locked sign-in, a full limit and a refused upload are told to whom they concern, with a review (C217, PIPL 24)', async () => {
  await using at = await house()
  const me = visit(at.app)
  await bySms(me, '+8613800138003')
  const { handle } = (await me.call('GET /api/me')).body
  const stranger = visit(at.app)
  for (let n = 0; n < 6; n++)
    await stranger.call('POST /api/session/password', { body: { name: handle, password: `guess ${n}` } })
  await at.app.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: {
      host: '127.0.0.1:4170',
      origin: 'http://127.0.0.1:4170',
      'sotto-request': '1',
      'tus-resumable': '1.0.0',
      cookie: me.cookie,
      'upload-length': String(at.here.config.uploadLimit + 1),
    },
  })
  await expect
    .poll(async () =>
      (await me.call('GET /api/privacy/decisions')).body.map(({ code }: { code: string }) => code).sort(),
    )
    .toEqual(['sign_in_locked', 'upload_refused'])
  const [decision] = (await me.call('GET /api/privacy/decisions')).body
  expect(
    (await me.call('POST /api/privacy/decisions/:id/review', { params: { id: decision.id }, body: { words: 'Why?' } }))
      .status,
  ).toBe(204)
  expect((await me.call('GET /api/privacy/standing')).body.requests).toMatchObject([
    { right: 'review', state: 'in_progress' },
  ])
})
