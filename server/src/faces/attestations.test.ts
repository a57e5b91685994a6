/** Words given for material of one's own, and objections of people shown, on both databases (C60). */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { type Place, place } from '../../testing/studio.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import type { App } from '../http/handle.ts'
import { studioApp } from '../http/server.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'

describe.each(sorts)('on %s', (kind) => {
  let here: Place
  let studio: Studio
  let app: App
  let seen: { version: string; hash: string; locale: 'en' }
  beforeAll(async () => {
    here = await place(kind)
    studio = await here.open({ work: false })
    app = await studioApp(studio, { log: openLog('silent') })
    const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
    seen = { version: body.version, hash: body.hash, locale: 'en' }
  })
  afterAll(async () => {
    await app?.close()
    await studio?.[Symbol.asyncDispose]()
    await here?.[Symbol.asyncDispose]()
  })
  const guest = async (agreed = true): Promise<Visit> => {
    const me = visit(app)
    await me.call('POST /api/session/guest', { body: { notice: seen } })
    if (agreed)
      await me.call('PUT /api/consents/:setting', {
        params: { setting: 'faces' },
        body: { on: true, notice: seen },
      })
    return me
  }
  const attest = (me: Visit) => me.call('POST /api/faces/attestations', { body: { version: '1', locale: 'en' } })
  const object = (code: string) => visit(app).call('POST /api/faces/objections', { body: { code } })
  const use = (me: Visit, id: string) => me.call('POST /api/faces/attestations/:id/use', { params: { id } })

  test('kept: who, when, which words in which version; shown under what is held; nothing of a face', async () => {
    const me = await guest()
    const { status, body } = await attest(me)
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['attested_at', 'code', 'id', 'objected_at', 'text', 'version'])
    expect(body).toMatchObject({ version: '1', objected_at: null })
    expect(body.text).toContain('agreed')
    expect((await me.call('GET /api/faces/attestations')).body).toEqual([body])
    const held = await me.call('GET /api/privacy/held')
    expect(held.text).toContain('attestation')
    // Without the consent for faces no word is taken; another's is nobody's.
    expect((await attest(await guest(false))).status).toBe(403)
    expect((await use(await guest(), body.id)).status).toBe(404)
  })

  test('a person shown objects: from the answer on it may not be used, and its owner is told', async () => {
    const me = await guest()
    const [one, two] = [(await attest(me)).body, (await attest(me)).body]
    expect((await use(me, one.id)).status).toBe(204)
    expect((await object(one.code)).status).toBe(204)
    expect((await use(me, one.id)).body).toMatchObject({ status: 409, code: 'attestation_objected', clause: 'C60' })
    expect((await use(me, two.id)).status).toBe(204)
    const listed = (await me.call('GET /api/faces/attestations')).body as { id: string; objected_at: string | null }[]
    const told = listed.find(({ id }) => id === one.id)?.objected_at
    expect(told).not.toBeNull()
    // Again changes nothing; a code nobody has is not found.
    expect((await object(one.code)).status).toBe(204)
    const again = (await me.call('GET /api/faces/attestations')).body as { id: string; objected_at: string | null }[]
    expect(again.find(({ id }) => id === one.id)?.objected_at).toBe(told)
    expect((await object(randomUUID())).status).toBe(404)
  })

  test('erased with its person: the code leads nowhere', async () => {
    const me = await guest()
    const { body } = await attest(me)
    expect((await me.call('POST /api/privacy/erase', { body: { confirm: 'erase everything' } })).status).toBe(200)
    expect((await object(body.code)).status).toBe(404)
  })
})
