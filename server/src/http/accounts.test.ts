/** Accounts as a person meets them: through the real application, on both databases. */
import { randomUUID } from 'node:crypto'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, type Place, place } from '../../testing/studio.ts'
import { type Said, stoppedClock, type Visit, visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import { openStudio, type Studio } from '../studio.ts'
import type { App } from './handle.ts'
import { studioApp } from './server.ts'

const DAY = 24 * 3_600_000
const GOOD_PASSWORD = 'lantern gravel oboe window'

describe.each(sorts)('on %s', (sort) => {
  const clock = stoppedClock(new Date('2026-11-23T12:00:00Z'))
  let where: Place
  let studio: Studio
  let app: App
  let notice: { version: string; hash: string; locale: 'en' }
  const logged: string[] = []
  let count = 0
  /** A number nobody has used in this suite. */
  const newNumber = () => `+86138${String(10_000_000 + count++).padStart(8, '0')}`

  beforeAll(async () => {
    where = await place(sort)
    studio = await openStudio(where.config, { clock: clock.now, work: false })
    app = await studioApp(studio, { log: openLog('debug', { write: (line) => logged.push(line) }) })
    const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
    notice = { version: body.version, hash: body.hash, locale: 'en' }
  })
  afterAll(async () => {
    await app?.close()
    await studio?.[Symbol.asyncDispose]()
    await where?.[Symbol.asyncDispose]()
  })
  // Each test begins with no limit in its way.
  beforeEach(() => clock.goOn(DAY))

  const records = () => studio.db.selectFrom('record').selectAll().execute()
  const code = (me: Visit, number: string) => me.call('POST /api/session/code', { body: { number, notice } })
  const wrongOf = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0')

  async function guest(): Promise<Visit> {
    const me = visit(app)
    expect((await me.call('POST /api/session/guest', { body: { notice } })).status).toBe(200)
    return me
  }
  async function signedIn(number = newNumber(), me = visit(app)): Promise<{ me: Visit; number: string; said: Said }> {
    const asked = await code(me, number)
    const { challenge, code: shown } = asked.body
    const said = await me.call('POST /api/session/verify', { body: { challenge, code: shown } })
    expect(said.status).toBe(200)
    return { me, number, said }
  }
  const personOf = async (handle: string) => (await studio.lookup.find('handle', handle)) ?? ''
  const handleOf = async (me: Visit) => (await me.call('GET /api/me')).body.handle as string

  const putItem = async (person: string) => (await addObject(studio, person, 'Interview')).item

  test('nothing of a person is written before they had the current notice before them (C4, C6)', async () => {
    const before = (await records()).length
    const size = studio.ledger.head.size
    for (const seen of [
      { ...notice, hash: 'other' },
      { ...notice, version: '0.0.1' },
    ]) {
      const me = visit(app)
      const said = await me.call('POST /api/session/guest', { body: { notice: seen } })
      expect([said.status, said.body.code]).toEqual([409, 'notice_changed'])
      const asked = await me.call('POST /api/session/code', { body: { number: newNumber(), notice: seen } })
      expect([asked.status, asked.body.code]).toEqual([409, 'notice_changed'])
      expect(me.cookie).toBe('')
    }
    expect((await records()).length).toBe(before)
    expect(studio.ledger.head.size).toBe(size)
    const person = await personOf(await handleOf(await guest()))
    const kinds = []
    for await (const { index } of studio.ledger.of(person, 'notice_shown')) kinds.push(index)
    expect(kinds).toEqual([size])
  })

  test('the session cookie is for the browser alone, and what is kept of it is not the token (C103)', async () => {
    const me = visit(app)
    const said = await me.call('POST /api/session/guest', { body: { notice } })
    const cookie = String(said.headers['set-cookie'])
    expect(cookie).toMatch(/^sotto_session=[A-Za-z0-9_-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
    const token = me.cookie.slice('sotto_session='.length)
    const kept = JSON.stringify(await records(), (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    )
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    expect(logged.join('')).not.toContain(token)
  })

  test('a guest who begins again is the same guest', async () => {
    const me = await guest()
    const handle = await handleOf(me)
    const again = await me.call('POST /api/session/guest', { body: { notice } })
    expect(again.body.handle).toBe(handle)
  })

  test('a terminal brings its token in a header', async () => {
    const me = await guest()
    const authorization = `Bearer ${me.cookie.slice('sotto_session='.length)}`
    expect((await visit(app).call('GET /api/me', { headers: { authorization } })).status).toBe(200)
    const forged = `Bearer ${'A'.repeat(43)}`
    expect((await visit(app).call('GET /api/me', { headers: { authorization: forged } })).status).toBe(401)
  })

  test('a number and its code make an account; the same number leads back to it (C20, C30)', async () => {
    const first = await signedIn()
    expect(first.said.body).toMatchObject({
      guest: false,
      number_masked: expect.stringMatching(/^\+86 138\*{4}\d{4}$/),
    })
    expect(first.said.body.handle).toMatch(/^[a-z0-9]{10}$/)
    expect(first.said.text).not.toContain(first.number)
    const again = await signedIn(first.number)
    expect(again.said.body.handle).toBe(first.said.body.handle)
    expect(logged.join('')).not.toContain(first.number.slice(3))
  })

  test('wrong, replayed and guessed codes are refused over HTTP too', async () => {
    const me = visit(app)
    const { challenge, code: right } = (await code(me, newNumber())).body
    const enter = async (given: string) =>
      (await me.call('POST /api/session/verify', { body: { challenge, code: given } })).body.code ?? 'in'
    expect(await enter(wrongOf(right))).toBe('code_wrong')
    expect(await enter(right)).toBe('in')
    expect(await enter(right)).toBe('code_spent')

    const other = (await code(me, newNumber())).body
    for (let guess = 0; guess < 5; guess++)
      await visit(app).call('POST /api/session/verify', {
        body: { challenge: other.challenge, code: wrongOf(other.code) },
      })
    const late = await visit(app).call('POST /api/session/verify', {
      body: { challenge: other.challenge, code: other.code },
    })
    expect([late.status, late.body.code]).toEqual([410, 'code_spent'])
  })

  test('of verifications that race with one code a single one comes in, and one person is made', async () => {
    const number = newNumber()
    const { challenge, code: right } = (await code(visit(app), number)).body
    const race = await Promise.all(
      Array.from({ length: 8 }, () =>
        visit(app).call('POST /api/session/verify', { body: { challenge, code: right } }),
      ),
    )
    expect(race.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410, 410, 410, 410])
  })

  test('two codes for one new number, used at once, make one person', async () => {
    const number = newNumber()
    const asked = [(await code(visit(app), number)).body, (await code(visit(app), number)).body]
    const said = await Promise.all(
      asked.map(({ challenge, code: right }) =>
        visit(app).call('POST /api/session/verify', { body: { challenge, code: right } }),
      ),
    )
    expect(said.map(({ status }) => status)).toEqual([200, 200])
    expect(new Set(said.map(({ body }) => body.handle)).size).toBe(1)
  })

  test('a code is shown only to a page on this very machine', async () => {
    const ask = (headers: Record<string, string>) =>
      visit(app).call('POST /api/session/code', { body: { number: newNumber(), notice }, headers })
    expect((await ask({})).body).toMatchObject({ sent: 'page', code: expect.stringMatching(/^\d{6}$/) })
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await ask({ [header]: '127.0.0.1' })).body.code, header).toBe('codes_off')
    const silent = await app.inject({
      method: 'POST',
      url: '/api/session/code',
      headers: { host: '127.0.0.1:4170', 'sotto-request': '1' },
      payload: { number: newNumber(), notice },
    })
    expect(silent.json().code).toBe('codes_off')
    expect((await visit(app).call('GET /api/status')).body.codes).toBe('page')
    const proxied = await visit(app).call('GET /api/status', { headers: { 'x-forwarded-for': '127.0.0.1' } })
    expect(proxied.body.codes).toBe('off')
  })

  test('one number gets three codes in ten minutes and ten a day', async () => {
    const number = newNumber()
    const ask = async () => (await code(visit(app), number)).status
    for (let asked = 0; asked < 3; asked++) expect(await ask()).toBe(200)
    const limited = await code(visit(app), number)
    expect([limited.status, limited.body.code, limited.body.retry_after]).toEqual([429, 'try_later', 600])
    expect(limited.headers['retry-after']).toBe('600')
    for (let more = 0; more < 7; more++) {
      clock.goOn(601_000)
      expect(await ask()).toBe(200)
    }
    clock.goOn(601_000)
    expect(await ask()).toBe(429)
    clock.goOn(DAY)
    expect(await ask()).toBe(200)
  })

  test('a number that is none is refused', async () => {
    expect((await code(visit(app), '12345')).body.code).toBe('number_invalid')
  })

  test('a guest who binds a number keeps everything; the session from before is dead (fixation)', async () => {
    const me = await guest()
    const handle = await handleOf(me)
    const item = await putItem(await personOf(handle))
    const before = me.cookie
    const { said } = await signedIn(newNumber(), me)
    expect(said.body).toMatchObject({ handle, guest: false })
    expect(me.cookie).not.toBe(before)
    expect((await visit(app).call('GET /api/me', { headers: { cookie: before } })).status).toBe(401)
    expect((await me.call('GET /api/items')).body.map(({ id }: { id: string }) => id)).toEqual([item])
  })

  test('where the number has an account, a guest is asked, and then everything moves', async () => {
    const owner = await signedIn()
    const me = await guest()
    const guestPerson = await personOf(await handleOf(me))
    const item = await putItem(guestPerson)
    const { challenge, code: right } = (await code(me, owner.number)).body
    const enter = (merge?: boolean) =>
      me.call('POST /api/session/verify', { body: { challenge, code: right, ...(merge ? { merge } : {}) } })
    const asked = await enter()
    expect([asked.status, asked.body.code]).toEqual([409, 'merge_needed'])
    expect((await me.call('GET /api/me')).body.guest).toBe(true)
    const agreed = await enter(true)
    expect(agreed.body.handle).toBe(owner.said.body.handle)
    const items = (await me.call('GET /api/items')).body
    expect(items).toMatchObject([{ id: item, name: 'Interview' }])
    expect(await studio.keys.has(guestPerson)).toBe(false)
  })

  test('a guest with nothing to move signs in without a question', async () => {
    const owner = await signedIn()
    const { said } = await signedIn(owner.number, await guest())
    expect(said.body.handle).toBe(owner.said.body.handle)
  })

  test('who is signed in does not land in another account by a number', async () => {
    const one = await signedIn()
    const { challenge, code: right } = (await code(one.me, newNumber())).body
    const said = await one.me.call('POST /api/session/verify', { body: { challenge, code: right } })
    expect([said.status, said.body.code]).toEqual([409, 'signed_in_already'])
    expect((await one.me.call('GET /api/me')).body.handle).toBe(one.said.body.handle)
  })

  test('a password is set, opens by handle and by number, and puts out every other session (C21, C180)', async () => {
    const { me, number, said } = await signedIn()
    const other = await signedIn(number)
    const weak = await me.call('PUT /api/me/password', {
      body: { password: 'password1' },
      headers: { 'accept-language': 'zh-CN' },
    })
    expect(weak.body).toMatchObject({
      code: 'password_weak',
      detail: '这是常见密码，或与常见密码非常相似。',
      clause: 'C180',
    })
    const set = await me.call('PUT /api/me/password', { body: { password: GOOD_PASSWORD } })
    expect(set.status).toBe(204)
    expect((await me.call('GET /api/me')).body.password).toBe(true)
    expect((await other.me.call('GET /api/me')).status).toBe(401)
    for (const name of [said.body.handle, number, number.slice(3)]) {
      const entered = await visit(app).call('POST /api/session/password', { body: { name, password: GOOD_PASSWORD } })
      expect([entered.status, entered.body.handle]).toEqual([200, said.body.handle])
    }
  })

  test('a wrong password and an unknown name are one and the same answer; guessing locks out for a while', async () => {
    const { me, said } = await signedIn()
    const name = said.body.handle
    await me.call('PUT /api/me/password', { body: { password: GOOD_PASSWORD } })
    const enter = (who: string, password: string) =>
      visit(app).call('POST /api/session/password', { body: { name: who, password } })
    const wrong = await enter(name, 'wrong')
    const unknown = await enter('nobody-here', 'wrong')
    expect(wrong.status).toBe(401)
    expect(unknown.text).toBe(wrong.text)
    const tries = await Promise.all(Array.from({ length: 8 }, () => enter(name, 'wrong')))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(4)
    expect((await enter(name, GOOD_PASSWORD)).body).toMatchObject({ code: 'try_later', retry_after: 30 })
    clock.goOn(31_000)
    expect((await enter(name, GOOD_PASSWORD)).status).toBe(200)
  })

  test('a second step: confirmed, asked for, never twice the same; recovery codes work once (C167)', async () => {
    const { me, number } = await signedIn()
    const now = () => Math.floor(clock.now().getTime() / 1000)
    const { secret, uri } = (await me.call('POST /api/me/totp')).body
    expect(uri).toContain(`secret=${secret}`)
    const current = () => generateSync({ secret, epoch: now() })
    expect((await me.call('POST /api/me/totp/confirm', { body: { code: wrongOf(current()) } })).body.code).toBe(
      'totp_wrong',
    )
    expect((await me.call('GET /api/me')).body.totp).toBe(false)
    const { recovery } = (await me.call('POST /api/me/totp/confirm', { body: { code: current() } })).body
    expect(recovery).toHaveLength(10)
    expect((await me.call('GET /api/me')).body.totp).toBe(true)

    const enter = async (totp?: string) => {
      const fresh = visit(app)
      const { challenge, code: right } = (await code(fresh, number)).body
      const first = await fresh.call('POST /api/session/verify', { body: { challenge, code: right } })
      expect([first.status, first.body.code]).toEqual([401, 'totp_needed'])
      expect(fresh.cookie).toBe('')
      const said = await fresh.call('POST /api/session/verify', { body: { challenge, code: right, totp } })
      clock.goOn(601_000)
      return said.body.code ?? 'in'
    }
    const used = current()
    expect(await enter(used)).toBe('totp_wrong')
    expect(await enter(current())).toBe('in')
    expect(await enter(recovery[0])).toBe('in')
    expect(await enter(recovery[0])).toBe('totp_wrong')
    // A code of the app, too, is good for one proof.
    const totp = current()
    expect((await me.call('POST /api/session/step-up', { body: { totp } })).status).toBe(204)
    expect((await me.call('POST /api/session/step-up', { body: { totp } })).body.code).toBe('totp_wrong')
  })

  test('what cannot be taken back asks for fresh proof where there is some to ask for', async () => {
    const { me } = await signedIn()
    await me.call('PUT /api/me/password', { body: { password: GOOD_PASSWORD } })
    const remove = () => me.call('DELETE /api/me/password')
    clock.goOn(601_000)
    expect((await remove()).body).toMatchObject({ code: 'step_up_needed', status: 403 })
    const stepUp = (password: string) => me.call('POST /api/session/step-up', { body: { password } })
    expect((await stepUp('wrong')).body.code).toBe('sign_in_refused')
    expect((await stepUp(GOOD_PASSWORD)).status).toBe(204)
    expect((await remove()).status).toBe(204)
    clock.goOn(601_000)
    // Without password and second step nothing is left to ask for.
    expect((await remove()).status).toBe(204)
  })

  test('sessions are listed and ended one by one; another’s is as if it were not', async () => {
    const one = await signedIn()
    const two = await signedIn(one.number)
    const agent = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0'
    const three = visit(app)
    const asked = (await code(three, one.number)).body
    await three.call('POST /api/session/verify', {
      body: { challenge: asked.challenge, code: asked.code },
      headers: { 'user-agent': agent },
    })
    const rows = (await one.me.call('GET /api/sessions')).body as { id: string; current: boolean; agent: string }[]
    expect(rows).toHaveLength(3)
    expect(rows.filter(({ current }) => current)).toHaveLength(1)
    expect(rows.map(({ agent: shown }) => shown)).toContain('Firefox, Windows')
    const foreign = await guest()
    const mine = rows.find(({ current }) => current)?.id ?? ''
    const taken = await foreign.call('DELETE /api/sessions/:id', { params: { id: mine } })
    const never = await foreign.call('DELETE /api/sessions/:id', { params: { id: randomUUID() } })
    expect(taken.status).toBe(404)
    expect(taken.text).toBe(never.text)
    const theirs = (await two.me.call('GET /api/sessions')).body.find((row: { current: boolean }) => row.current).id
    expect((await one.me.call('DELETE /api/sessions/:id', { params: { id: theirs } })).status).toBe(204)
    expect((await two.me.call('GET /api/me')).status).toBe(401)
    expect((await one.me.call('POST /api/session/end')).status).toBe(204)
    expect(one.me.cookie).toBe('')
  })

  test('a session ends thirty days after it was last used, and is put off by use', async () => {
    const me = await guest()
    for (let time = 0; time < 3; time++) {
      clock.goOn(29 * DAY)
      const said = await me.call('GET /api/me')
      expect(said.status).toBe(200)
      expect(String(said.headers['set-cookie'])).toContain('Max-Age=2592000')
    }
    clock.goOn(30 * DAY)
    expect((await me.call('GET /api/me')).status).toBe(401)
  })

  test('finding out whose session it is makes no entry in the ledger', async () => {
    const me = await guest()
    await me.call('GET /api/me')
    const size = studio.ledger.head.size
    for (let time = 0; time < 5; time++) expect((await me.call('GET /api/me')).status).toBe(200)
    expect(studio.ledger.head.size).toBe(size)
  })

  test('a handle is random, can be changed, and an old one stays reserved for thirty days (C30, C31)', async () => {
    const [one, two] = [await guest(), await guest()]
    const old = await handleOf(one)
    const change = (me: Visit, handle: string) => me.call('PATCH /api/me', { body: { handle } })
    const wanted = `heron-${count++}`
    expect((await change(one, wanted)).body.handle).toBe(wanted)
    expect((await change(two, wanted)).body.code).toBe('handle_taken')
    expect((await change(two, old)).body.code).toBe('handle_taken')
    for (const number of ['13812345678', '123456', '8613812345678'])
      expect((await change(two, number)).body.code).toBe('handle_invalid')
    clock.goOn(29 * DAY)
    expect((await change(two, old)).body.code).toBe('handle_taken')
    expect((await change(one, old)).body.handle).toBe(old)
    expect((await change(one, wanted)).body.handle).toBe(wanted)
    clock.goOn(29 * DAY)
    await one.call('GET /api/me')
    await two.call('GET /api/me')
    clock.goOn(2 * DAY)
    expect((await change(two, old)).body.handle).toBe(old)
  })

  test('name, picture, age band and language are optional, and go again (C32)', async () => {
    const me = await guest()
    const avatar = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')}`
    const given = { display_name: 'Ada', avatar, age_band: 'adult', locale: 'zh-CN' }
    expect((await me.call('PATCH /api/me', { body: given })).body).toMatchObject(given)
    expect((await me.call('PATCH /api/me', { body: {} })).body).toMatchObject(given)
    const none = { display_name: null, avatar: null, age_band: null, locale: null }
    expect((await me.call('PATCH /api/me', { body: none })).body).toMatchObject(none)
    const svg = { avatar: 'data:image/svg+xml;base64,PHN2Zy8+' }
    expect((await me.call('PATCH /api/me', { body: svg })).body.code).toBe('avatar_invalid')
  })

  test('switches turn only for who has the current notice; turning off is never in the way; receipts say what was', async () => {
    const me = await guest()
    const turn = (setting: string, on: boolean, seen = notice) =>
      me.call('PUT /api/consents/:setting', { params: { setting }, body: { on, notice: seen } })
    const stale = { ...notice, hash: 'stale' }
    expect((await turn('transcribing', true, stale)).body.code).toBe('notice_changed')
    expect((await turn('transcribing', true)).body).toMatchObject({ on: true, state: 'given' })
    expect((await turn('transcribing', false, stale)).body).toMatchObject({ on: false, state: 'withdrawn' })
    expect((await turn('unknown', true)).status).toBe(404)
    const receipts = (await me.call('GET /api/consents/receipts')).body
    expect(receipts.map((one: { event: { event_state: string } }) => one.event.event_state)).toEqual([
      'given',
      'withdrawn',
    ])
    expect(receipts[0].pii_principal_id).toBe(await handleOf(me))
  })

  test('how long recordings are kept holds for those that are there already (C153)', async () => {
    const me = await guest()
    const item = await putItem(await personOf(await handleOf(me)))
    expect((await me.call('GET /api/settings')).body).toEqual({ keep_recordings: 'until_erased' })
    const made = clock.now().getTime()
    clock.goOn(DAY)
    const keep = (keep_recordings: string) => me.call('PUT /api/settings', { body: { keep_recordings } })
    expect((await keep('P7D')).body).toEqual({ keep_recordings: 'P7D' })
    const due = async () =>
      (await studio.db.selectFrom('record').select('due_at').where('id', '=', item).executeTakeFirst())?.due_at
    expect((await due())?.getTime()).toBe(made + 7 * DAY)
    await keep('until_erased')
    expect(await due()).toBeNull()
    expect((await keep('P2D')).status).toBe(400)
  })

  test('an erased person is nobody: their cookie opens nothing, their number is free', async () => {
    const { me, number, said } = await signedIn()
    const cookie = me.cookie
    await studio.erase.person(await personOf(said.body.handle))
    expect((await visit(app).call('GET /api/me', { headers: { cookie } })).status).toBe(401)
    const anew = await signedIn(number)
    expect(anew.said.body.handle).not.toBe(said.body.handle)
  })

  test('another site cannot act for somebody signed in (CSRF)', async () => {
    const me = await guest()
    const post = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/api/session/end',
        headers: { host: '127.0.0.1:4170', cookie: me.cookie, ...headers },
      })
    expect((await post({})).json().code).toBe('request_header_missing')
    expect((await post({ 'sotto-request': '1', origin: 'http://127.0.0.1:3000' })).json().code).toBe('foreign_origin')
    expect((await post({ 'sotto-request': '1', 'sec-fetch-site': 'same-site' })).json().code).toBe('foreign_origin')
    expect((await me.call('GET /api/me')).status).toBe(200)
  })
})
