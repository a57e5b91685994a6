/**
 * C195: every value a person gave can be corrected, by a route and on a page that are named, or is named with its reason. The
 * table is complete by its type; here each of its routes does what the table says, and each of its pages is there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { policy } from '@sotto/policy'
import { type Correction, corrections, openLog, type Studio, studioApp } from '@sotto/server'
import { contract, type RouteName } from '@sotto/server/contract'
import { addObject, type Place, place } from '@sotto/server/testing/studio'
import { type Asked, type Visit, visit } from '@sotto/server/testing/visit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let here: Place
let studio: Studio
let app: Awaited<ReturnType<typeof studioApp>>
let me: Visit
let person: string
let item: string
let notice: { version: string; hash: string; locale: string }

beforeAll(async () => {
  here = await place()
  studio = await here.open({ work: false })
  app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  notice = { version: body.version, hash: body.hash, locale: 'en' }
  me = visit(app)
  const { body: asked } = await me.call('POST /api/session/code', { body: { number: '+8613800138000', notice } })
  const said = await me.call('POST /api/session/verify', { body: { challenge: asked.challenge, code: asked.code } })
  expect(said.status).toBe(200)
  person = (await studio.lookup.find('handle', said.body.handle)) as string
  item = (await addObject(studio, person, 'as it was named')).item
  const keeping = await studio.gate.open('keep_media', person, { by: 'self' })
  const info = { container: 'wav', duration: 2, streams: [{ type: 'audio' as const, codec: 'pcm_s16le' }] }
  await keeping.item.change(item, { info }, { state: 'ready' })
  await me.call('PUT /api/consents/:setting', { params: { setting: 'device' }, body: { on: true, notice } })
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
})

const all = Object.entries(corrections).flatMap(([kind, fields]) =>
  Object.entries(fields).map(([field, correction]) => [kind, field, correction as Correction] as const),
)
const SEGMENTS = [{ start: 0, end: 1, text: 'right', words: [{ start: 0, end: 1, text: 'right' }] }]
const PICTURE = `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40)]).toString('base64')}`

/** What a person does to correct each value, and what is held afterwards; `prepared` first, where it must be there to be corrected. */
const tried: Readonly<Record<string, () => Promise<{ now: unknown }>>> = {
  'account.handle': () => patched({ handle: 'corrected-name' }, 'corrected-name'),
  'account.display_name': () => patched({ display_name: 'Han Meimei' }, 'Han Meimei'),
  'account.avatar': () => patched({ avatar: PICTURE }, PICTURE),
  'account.age_band': () => patched({ age_band: 'adult' }, 'adult'),
  'account.locale': () => patched({ locale: 'zh-CN' }, 'zh-CN'),
  'identifier.phone_number': async () => {
    const { body } = await me.call('POST /api/me/number/code', { body: { number: '+8613800138005' } })
    await done('PUT /api/me/number', { body: { challenge: body.challenge, code: body.code } })
    return { now: '+8613800138005' }
  },
  'credential.password_hash': async () => {
    await done('PUT /api/me/password', { body: { password: 'lantern gravel oboe window' } })
    const before = (await held('credential'))[0]?.password_hash
    await done('PUT /api/me/password', { body: { password: 'saddle thunder mint corridor' } })
    expect((await held('credential'))[0]?.password_hash).not.toBe(before)
    return { now: expect.stringContaining('$scrypt$') }
  },
  'credential.totp_secret': secondStepAnew,
  'credential.totp_confirmed': secondStepAnew,
  'credential.recovery_hashes': secondStepAnew,
  'device.install': async () => {
    const [one, other] = ['7f3c9a52-6f0e-4b57-9d59-1f3d0c2b8a11', '7f3c9a52-6f0e-4b57-9d59-1f3d0c2b8a12']
    await done('PUT /api/devices/:install', { params: { install: one }, body: {} })
    await done('PUT /api/devices/:install', { params: { install: other }, body: { replaces: one } })
    expect((await held('device')).length).toBe(1)
    return { now: other }
  },
  'setting.keep_recordings': async () => {
    await done('PUT /api/settings', { body: { keep_recordings: 'P30D' } })
    await done('PUT /api/settings', { body: { keep_recordings: 'P90D' } })
    return { now: 'P90D' }
  },
  'item.name': async () => {
    await done('PATCH /api/items/:id', { params: { id: item }, body: { name: 'as it should be' } })
    return { now: 'as it should be' }
  },
  'item.tags': async () => {
    await done('PATCH /api/items/:id', { params: { id: item }, body: { tags: ['wrong'] } })
    await done('PATCH /api/items/:id', { params: { id: item }, body: { tags: ['right'] } })
    return { now: ['right'] }
  },
  'edit.segments': () => edited({ segments: SEGMENTS }, SEGMENTS),
  'edit.cuts': () => edited({ cuts: [[0, 0.5]] }, [[0, 0.5]]),
  'agreement.agreed': async () => {
    const agreed = {
      way: 'asked',
      other: 'Wang',
      at: '2026-11-23T12:00:00.000Z',
      told: 'Recorded.',
      locale: 'en',
    } as const
    const keeping = await studio.gate.open('keep_media', person, { by: 'self', item })
    await keeping.agreement.add({ agreed }, { item })
    await done('PUT /api/items/:id/agreement', { params: { id: item }, body: { other: 'Zhang' } })
    return { now: { ...agreed, other: 'Zhang' } }
  },
  'timeline.items': () => arranged({ items: [item] }, [item]),
  'timeline.tracks': () => arranged({ tracks: TRACKS }, TRACKS),
  'timeline.loudness': () => arranged({ loudness: -18 }, -18),
  'speech.name': () => rewritten({ name: 'right' }, 'right'),
  'speech.voice': () => rewritten({ voice: 'bm_george' }, 'bm_george'),
  'speech.speed': () => rewritten({ speed: 1.2 }, 1.2),
  'speech.notice': () => rewritten({ notice: 'spoken' }, 'spoken'),
  'speech.segments': () => rewritten({ segments: [{ text: 'right' }] }, [{ id: expect.any(String), text: 'right' }]),
  // Of a dubbing alone; a text has no original under it.
  'speech.original': () => rewritten({ original: -20 }, -20),
  'edit.order': () => edited({ order: [[0.5, 1]] }, [[0.5, 1]]),
}

async function done(route: RouteName, asked: Asked): Promise<void> {
  expect(await me.call(route, asked)).toMatchObject({
    status: expect.toSatisfy((status) => status === 200 || status === 204),
  })
}
async function held(kind: string): Promise<Record<string, unknown>[]> {
  return (await me.call('GET /api/privacy/copy')).body.records[kind]
}
async function patched(body: object, now: unknown) {
  await done('PATCH /api/me', { body })
  return { now }
}
async function secondStepAnew() {
  const before = (await held('credential'))[0]?.totp_secret
  await done('POST /api/me/totp', {})
  await done('DELETE /api/me/totp', {})
  await done('POST /api/me/totp', {})
  const [credential] = await held('credential')
  expect(credential?.totp_secret).not.toBe(before)
  await done('DELETE /api/me/totp', {})
  return { now: undefined }
}
const TRACKS = [{ role: 'voice', clips: [{ source: 0, from: 0, to: 1, at: 0.5 }] }]
let arrangedSoFar = 0
async function arranged(change: object, now: unknown) {
  const tracks = [{ role: 'voice', clips: [{ source: 0, from: 0, to: 1, at: 0 }] }]
  const body = { revision: arrangedSoFar, items: [item], tracks, loudness: null, ...change }
  await done('PUT /api/items/:id/timeline', { params: { id: item }, body })
  arrangedSoFar++
  return { now }
}
async function rewritten(change: object, now: unknown) {
  await done('PATCH /api/me', { body: { age_band: 'adult' } })
  await done('PUT /api/consents/:setting', { params: { setting: 'speaking' }, body: { on: true, notice } })
  if ((await held('speech')).length === 0)
    await done('POST /api/speech', { body: { name: 'wrong', language: 'en', voice: 'af_heart', segments: ['wrong'] } })
  const [speech] = await held('speech')
  await done('PUT /api/speech/:id', {
    params: { id: String(speech?.id) },
    body: { revision: speech?.revision, ...change },
  })
  return { now }
}
let revision = 0
async function edited(change: object, now: unknown) {
  const body = { revision, segments: null, cuts: [], order: [], ...change }
  await done('PUT /api/items/:id/edit', { params: { id: item }, body })
  revision++
  return { now }
}

test('every kind that comes from the person is in the table, with every field, and no other (C11, C195)', () => {
  const subject = Object.entries(policy.kinds).filter(([, { source }]) => source === 'subject')
  expect(Object.keys(corrections).sort()).toEqual(subject.map(([kind]) => kind).sort())
  for (const [kind, { fields }] of subject)
    expect(Object.keys(corrections[kind as keyof typeof corrections]).sort(), kind).toEqual(Object.keys(fields).sort())
})

test('every page that is named is there, and every route (C195)', () => {
  const pages = readFileSync(join(import.meta.dirname, '..', 'web', 'src', 'app.tsx'), 'utf8')
  for (const [kind, field, correction] of all) {
    if ('page' in correction && correction.page)
      expect(pages, `${kind}.${field}`).toContain(`path="${correction.page}"`)
    if (correction.by) expect(Object.keys(contract)).toContain(correction.by)
  }
})

const correctable = all.filter(([, , correction]) => !('why' in correction))

test('each that is corrected is tried below', () => {
  expect(Object.keys(tried).sort()).toEqual(correctable.map(([kind, field]) => `${kind}.${field}`).sort())
})

test.each(correctable)('%s.%s is corrected where the table says, and held corrected (C195)', async (kind, field) => {
  const { now } = (await tried[`${kind}.${field}`]?.()) ?? {}
  expect((await held(kind))[0]?.[field]).toEqual(now)
})
