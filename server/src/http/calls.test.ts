/** C53: a call is taken only with what the other side agreed to, and carries it from then on. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { agreementLines } from '@sotto/policy'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { tus } from '../../testing/upload.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import type { App } from './handle.ts'
import { studioApp } from './server.ts'

const sound = readFileSync(fileURLToPath(import.meta.resolve('@sotto/media/fixtures/jfk.opus')))
const agreement = {
  way: 'read',
  other: 'Anna',
  at: '2026-11-24T09:00:00.000Z',
  told: 'I record this, do you agree?',
  locale: 'en',
} as const

let here: Place
let studio: Studio
let app: App
let seen: { version: string; hash: string; locale: 'en' }
beforeAll(async () => {
  here = await place()
  studio = await here.open({ work: false, clock: () => new Date('2026-11-24T10:00:00Z') })
  app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  seen = { version: body.version, hash: body.hash, locale: 'en' }
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
})

async function guest(...on: string[]): Promise<Visit> {
  const me = visit(app)
  await me.call('POST /api/session/guest', { body: { notice: seen } })
  for (const setting of on) await turn(me, setting, true)
  return me
}
const turn = (me: Visit, setting: string, on: boolean) =>
  me.call('PUT /api/consents/:setting', { params: { setting }, body: { on, notice: seen } })

const begin = (me: Visit, metadata: Record<string, string>) =>
  tus(app, me, {
    method: 'POST',
    headers: {
      'upload-length': String(sound.length),
      'upload-metadata': Object.entries({ name: 'Call', type: 'audio/ogg', ...metadata })
        .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
        .join(','),
    },
  })
const send = (me: Visit, url: string) =>
  tus(app, me, { method: 'PATCH', url, payload: sound, headers: { 'upload-offset': '0' } })

async function bringCall(me: Visit, given: object = agreement): Promise<string> {
  const begun = await begin(me, { call: '1', agreement: JSON.stringify(given) })
  expect(begun.statusCode).toBe(201)
  await send(me, begun.headers.location as string)
  return (await me.call('GET /api/items')).body[0].id
}

test('C53: without an agreement, or with one that says nothing, no call begins; without the consent neither', async () => {
  const me = await guest('calls')
  for (const bad of [
    '',
    'yes',
    JSON.stringify({ ...agreement, way: 'assumed' }),
    JSON.stringify({ ...agreement, told: ' ' }),
    JSON.stringify({ ...agreement, at: '2026-11-24T10:20:00Z' }),
    JSON.stringify({ ...agreement, other: 'x'.repeat(101) }),
  ]) {
    const refused = await begin(me, { call: '1', agreement: bad })
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'call_agreement_missing'])
  }
  const off = await guest()
  expect((await begin(off, { call: '1', agreement: JSON.stringify(agreement) })).statusCode).toBe(403)
  // A call recorded here needs the microphone's consent as well; one brought in does not.
  const recorded = { call: '1', origin: 'recorded', agreement: JSON.stringify(agreement) }
  expect((await begin(me, recorded)).statusCode).toBe(403)
  await turn(me, 'microphone', true)
  expect((await begin(me, recorded)).statusCode).toBe(201)
  expect((await me.call('GET /api/items')).body).toEqual([])
})

test('C53: a withdrawal in the middle of an upload stops it', async () => {
  const me = await guest('calls')
  const begun = await begin(me, { call: '1', agreement: JSON.stringify(agreement) })
  await turn(me, 'calls', false)
  expect((await send(me, begun.headers.location as string)).statusCode).toBe(403)
  expect((await me.call('GET /api/items')).body).toEqual([])
})

test('C53: the agreement stands with the call and with what is made of it, in its transcript, and nowhere else', async () => {
  const me = await guest('calls')
  const item = await bringCall(me)
  expect((await me.call('GET /api/items/:id', { params: { id: item } })).body.origin).toBe('call')
  const of = async (id: string, visitor = me) => visitor.call('GET /api/items/:id/agreement', { params: { id } })
  expect((await of(item)).body).toEqual({ ...agreement, item })

  const person = (await studio.lookup.find('handle', (await me.call('GET /api/me')).body.handle)) as string
  const mine = await studio.gate.open('keep_media', person, { by: 'self' })
  const words = [{ start: 0, end: 1, text: 'Hello' }]
  await mine.transcript.add(
    {
      language: 'en',
      model: 'base',
      duration: 11,
      complete: true,
      segments: [{ start: 0, end: 1, text: 'Hello', words }],
    },
    { item },
  )
  const file = async (format: 'txt' | 'vtt' | 'json' | 'srt' | 'docx') =>
    (await me.call('GET /api/items/:id/words', { params: { id: item }, query: { format } })).raw as Buffer
  const [first, second] = agreementLines(agreement, 'en') as [string, string]
  expect((await file('txt')).toString().startsWith(`${first}\n${second}\n\n`)).toBe(true)
  expect((await file('vtt')).toString()).toContain(`WEBVTT\n\nNOTE\n${first}`)
  expect(JSON.parse((await file('json')).toString())).toMatchObject({ notes: [first, second], language: 'en' })
  expect((await file('srt')).toString()).not.toContain('Anna')
  const document = unzipSync(await file('docx'))['word/document.xml']
  expect(Buffer.from(document ?? []).toString()).toContain('Anna agreed')

  // A result of the call leads back to it; another person's answer is that there is nothing.
  const cut = randomUUID()
  await studio.keys.add(person, cut)
  const made_from = { item, operation: 'cut' }
  await mine.item.add({ name: 'Cut', media: 'sound', origin: 'made', made_from }, { id: cut, item: cut })
  expect((await of(cut)).body.item).toBe(item)
  const other = await guest()
  expect((await of(item, other)).status).toBe(404)
})

test('what the other side is called can be put right; how and when they agreed cannot', async () => {
  const me = await guest('calls')
  const item = await bringCall(me)
  const put = (other: string, visitor = me) =>
    visitor.call('PUT /api/items/:id/agreement', { params: { id: item }, body: { other } })
  expect((await put('Anna B.')).body).toEqual({ ...agreement, other: 'Anna B.', item })
  const { other: _, ...nameless } = agreement
  expect((await put('')).body).toEqual({ ...nameless, item })
  expect((await put('x', await guest())).status).toBe(404)
  expect((await put('x'.repeat(101))).status).toBe(400)
})

test('erased, the call takes its agreement along', async () => {
  const me = await guest('calls')
  const item = await bringCall(me)
  await me.call('DELETE /api/items/:id', { params: { id: item } })
  const left = await studio.db.selectFrom('record').selectAll().where('item', '=', item).execute()
  expect(left).toEqual([])
})
