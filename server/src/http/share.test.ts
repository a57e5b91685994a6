/** C13, C59, C60, C203-C206, C233: links, as their maker and as whoever has one. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, type Place, place } from '../../testing/studio.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import { studioApp } from './server.ts'

describe.each(sorts)('links on %s', (sort) => {
  let here: Place
  let studio: Studio
  let app: Awaited<ReturnType<typeof studioApp>>
  let notice: { version: string; hash: string; locale: 'en' }
  beforeAll(async () => {
    here = await place(sort)
    studio = await here.open({ work: false })
    app = await studioApp(studio, { log: openLog('silent') })
    const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
    notice = { version: body.version, hash: body.hash, locale: 'en' }
  })
  afterAll(async () => {
    await app?.close()
    await studio?.[Symbol.asyncDispose]()
    await here?.[Symbol.asyncDispose]()
  })

  /** Somebody grown up who agreed to sharing, with a film of one item and its words. */
  async function maker(): Promise<{ me: Visit; person: string; item: string }> {
    const me = visit(app)
    await me.call('POST /api/session/guest', { body: { notice } })
    const { handle } = (await me.call('GET /api/me')).body
    const person = (await studio.lookup.find('handle', handle)) as string
    await me.call('PATCH /api/me', { body: { age_band: 'adult' } })
    await me.call('PUT /api/consents/:setting', { params: { setting: 'sharing' }, body: { on: true, notice } })
    const { item } = await addObject(studio, person, 'the sound itself')
    await studio.consents.set(person, 'transcribing', true, notice)
    const keeping = await studio.gate.open('keep_media', person, { by: 'job' })
    const streams = [
      { type: 'audio' as const, codec: 'opus' },
      { type: 'video' as const, codec: 'vp9' },
    ]
    await keeping.item.change(item, { info: { container: 'webm', duration: 2, streams } }, { state: 'ready' })
    const transcribing = await studio.gate.open('transcribe', person, { by: 'job' })
    const text = 'Call me on 13812345678'
    const segments = [{ start: 0, end: 2, text, words: [{ start: 0, end: 2, text }] }]
    await transcribing.transcript.add(
      { language: 'en', model: 'base', duration: 2, segments, complete: true },
      { item },
    )
    return { me, person, item }
  }
  const all = ['title', 'names', 'numbers', 'voice', 'face']
  const options = { what: ['words', 'sound'], mode: 'view', warned: all, attested: true }
  const share = (me: Visit, item: string, more: object = {}) =>
    me.call('POST /api/items/:id/shares', { params: { id: item }, body: { ...options, ...more } })
  const openLink = (token: string, body: object = {}) =>
    visit(app).call('POST /api/shared/:token', { params: { token }, body })

  test('first the warning names what is in it; without it, without attesting, without consent or grown up, no link (C13, C59, C60)', async () => {
    const { me, item } = await maker()
    const warning = await me.call('GET /api/items/:id/share', { params: { id: item } })
    expect(warning.body).toEqual({ words: ['title', 'names', 'numbers'], sound: ['title', 'voice', 'face'] })
    expect((await share(me, item, { warned: ['title', 'voice'] })).body).toMatchObject({
      code: 'share_unwarned',
      clause: 'C59',
    })
    expect((await share(me, item, { attested: false })).status).toBe(400)
    await me.call('PUT /api/consents/:setting', { params: { setting: 'sharing' }, body: { on: false, notice } })
    expect((await share(me, item)).body).toMatchObject({ code: 'consent_withdrawn' })
    await me.call('PUT /api/consents/:setting', { params: { setting: 'sharing' }, body: { on: true, notice } })
    await me.call('PATCH /api/me', { body: { age_band: null } })
    expect((await share(me, item)).body).toMatchObject({ code: 'adults_only' })
    expect((await me.call('GET /api/shares')).body).toEqual([])
  })

  test('whoever has the link sees that item and nothing else; the maker sees when; ended, it is gone at once (C203-C205)', async () => {
    const { me, person, item } = await maker()
    const { body: made } = await share(me, item)
    const opened = await openLink(made.token)
    expect(opened).toMatchObject({
      status: 200,
      body: { name: 'the sound itself', mode: 'view', what: ['words', 'sound'] },
    })
    expect(opened.body.segments[0].text).toContain('13812345678')
    expect(opened.headers['cache-control']).toBe('no-store')
    expect(opened.headers['set-cookie']).toBeUndefined()
    for (const secret of [person, item, me.cookie]) expect(opened.text).not.toContain(secret)
    const media = (pass: string, headers = {}) =>
      visit(app).call('GET /api/shared/:token/media', { params: { token: made.token }, query: { pass }, headers })
    expect((await media(opened.body.pass)).text).toBe('the sound itself')
    expect(await media(opened.body.pass, { range: 'bytes=4-8' })).toMatchObject({ status: 206, text: 'sound' })
    expect((await media(`${Date.now() + 1e9}.forged`)).status).toBe(410)
    // View only: nothing is offered as a file.
    const words = { params: { token: made.token }, query: { pass: opened.body.pass, format: 'txt' } }
    expect((await visit(app).call('GET /api/shared/:token/words', words)).status).toBe(410)

    const [mine] = (await me.call('GET /api/shares')).body
    expect(mine).toMatchObject({ id: made.id, opened: 1, name: 'the sound itself' })
    const fetches = await me.call('GET /api/shares/:id/fetches', { params: { id: made.id } })
    expect(fetches.body).toMatchObject([{ what: ['words', 'sound'], mode: 'view' }])
    expect((await me.call('DELETE /api/shares/:id', { params: { id: made.id } })).status).toBe(204)
    const gone = await openLink(made.token)
    expect(gone).toMatchObject({ status: 410, body: { code: 'share_gone' } })
    expect((await media(opened.body.pass)).status).toBe(410)
    const never = await openLink(randomUUID())
    expect(gone.text).toBe(never.text)
    expect((await me.call('GET /api/shares')).body).toEqual([])
  })

  test('a link dies with its day, with the switch, with a freeze, with the item (C87, C194, C204)', async () => {
    const { me, item } = await maker()
    const token = async (more = {}) => (await share(me, item, more)).body.token as string
    const short = await token({ expires: 'P1D' })
    const long = await token({ expires: 'P90D' })
    here.time.now = new Date(here.time.now.getTime() + 86_400_001)
    expect((await openLink(short)).status).toBe(410)
    expect((await openLink(long)).status).toBe(200)
    await studio.sweep()
    expect((await me.call('GET /api/items/:id', { params: { id: item } })).status).toBe(200)
    await me.call('PUT /api/consents/:setting', { params: { setting: 'sharing' }, body: { on: false, notice } })
    expect((await openLink(long)).status).toBe(410)
    await me.call('PUT /api/consents/:setting', { params: { setting: 'sharing' }, body: { on: true, notice } })
    await me.call('POST /api/privacy/freeze')
    expect((await openLink(long)).status).toBe(410)
    await me.call('POST /api/privacy/thaw')
    const another = await token()
    expect((await openLink(another)).status).toBe(200)
    await me.call('DELETE /api/items/:id', { params: { id: item } })
    expect((await openLink(another)).status).toBe(410)
  })

  test('a password is asked for, cannot be tried out, and is not kept in clear; downloads only where allowed (C166, C180)', async () => {
    const { me, item } = await maker()
    const { body: made } = await share(me, item, { password: 'swordfish', mode: 'download' })
    expect(made).toMatchObject({ password: true })
    expect(JSON.stringify(made)).not.toContain('swordfish')
    expect((await openLink(made.token)).body).toMatchObject({ code: 'share_password', status: 401 })
    const { body } = await openLink(made.token, { password: 'swordfish' })
    const words = { params: { token: made.token }, query: { pass: body.pass, format: 'txt' } }
    const file = await visit(app).call('GET /api/shared/:token/words', words)
    expect(file).toMatchObject({ status: 200 })
    expect(file.headers['content-disposition']).toContain('.txt')
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) statuses.push((await openLink(made.token, { password: `guess ${n}` })).status)
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(statuses.slice(-2)).toEqual([429, 429])
    // Also the right one must wait now.
    expect((await openLink(made.token, { password: 'swordfish' })).status).toBe(429)
    expect((await me.call('GET /api/shares')).body[0].opened).toBe(1)
  })

  test("another's link is not there; a link is not an account (C166)", async () => {
    const { me, item } = await maker()
    const other = await maker()
    const { body: made } = await share(me, item)
    for (const route of ['GET /api/shares/:id/fetches', 'DELETE /api/shares/:id'] as const) {
      const theirs = await other.me.call(route, { params: { id: made.id } })
      const never = await other.me.call(route, { params: { id: randomUUID() } })
      expect([theirs.status, theirs.text]).toEqual([never.status, never.text])
    }
    expect((await share(other.me, item)).status).toBe(404)
    const { token } = (await share(other.me, other.item)).body
    const { pass } = (await openLink(token)).body
    const crossed = { params: { token: made.token }, query: { pass } }
    expect((await visit(app).call('GET /api/shared/:token/media', crossed)).status).toBe(410)
    expect((await openLink(made.token)).status).toBe(200)
  })
})
