/**
 * Every route of the contract at every kind of caller: nobody, a guest, the owner, another person, an erased person. What is
 * another's, what was erased and what never was are answered alike, byte for byte (no existence oracle; C166).
 */
import { randomUUID } from 'node:crypto'
import { openLog, type Studio, studioApp } from '@sotto/server'
import { type Contract, contract, type RouteName } from '@sotto/server/contract'
import { addObject, type Place, place } from '@sotto/server/testing/studio'
import { tus as send, type Tus } from '@sotto/server/testing/upload'
import { type Asked, type Said, type Visit, visit } from '@sotto/server/testing/visit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let here: Place
let studio: Studio
let app: Awaited<ReturnType<typeof studioApp>>
let notice: { version: string; hash: string; locale: 'en' }
let owner: Visit
let other: Visit
let erased: Visit
let ownerId: string
let mine: { item: string; object: string }
let job: string

const routes = Object.keys(contract) as RouteName[]
const callerOf = (name: RouteName) => contract[name].caller

async function guest(): Promise<Visit> {
  const me = visit(app)
  const said = await me.call('POST /api/session/guest', { body: { notice } })
  expect(said.status).toBe(200)
  return me
}
const idOf = async (me: Visit) => {
  const { body } = await me.call('GET /api/me')
  return (await studio.lookup.find('handle', body.handle)) as string
}

beforeAll(async () => {
  here = await place()
  studio = await here.open({ work: false })
  app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  notice = { version: body.version, hash: body.hash, locale: 'en' }
  owner = await guest()
  other = await guest()
  erased = await guest()
  ownerId = await idOf(owner)
  mine = await addObject(studio, ownerId, 'mine alone')
  job = (await studio.queue.of(ownerId))[0]?.id ?? ''
  const cookie = erased.cookie
  expect((await erased.call('POST /api/privacy/erase', { body: { confirm: 'erase everything' } })).status).toBe(200)
  erased.cookie = cookie
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
})

/** A well-formed request for a route, about the thing with this id. */
function asking(name: RouteName, id: string): Asked {
  const body: Partial<Record<RouteName, unknown>> = {
    'POST /api/session/guest': { notice },
    'POST /api/session/code': { number: '+8613800138000', notice },
    'POST /api/session/verify': { challenge: 'none', code: '000000' },
    'POST /api/session/password': { name: 'nobody-here', password: 'not the password' },
    'POST /api/session/step-up': {},
    'PATCH /api/me': {},
    'PUT /api/me/password': { password: 'lantern gravel oboe window' },
    'POST /api/me/totp/confirm': { code: '000000' },
    'PUT /api/consents/:setting': { on: false, notice },
    'PUT /api/devices/:install': {},
    'POST /api/policy/reading': { notice, channel: 'page' },
    'PUT /api/settings': { keep_recordings: 'until_erased' },
    'POST /api/me/number/code': { number: '+8613800138009' },
    'PUT /api/me/number': { challenge: 'none', code: '000000' },
    'PATCH /api/items/:id': { name: 'taken over' },
    'PUT /api/items/:id/edit': { revision: 0, segments: null, cuts: [] },
    'PUT /api/items/:id/agreement': { other: 'nobody' },
    'POST /api/items/:id/versions': { name: 'as it was' },
    'POST /api/items/:id/mix': { bed: 'rain', from: 0, to: 1 },
    'PUT /api/items/:id/timeline': { revision: 0, items: [id], tracks: [{ role: 'voice', clips: [] }], loudness: null },
    'POST /api/items/:id/timeline/stretch': { revision: 0, from: 0, to: 1 },
    'POST /api/items/:id/jobs': { operation: 'convert', format: 'mp3' },
    'POST /api/privacy/erase': { confirm: 'erase everything' },
    'PUT /api/privacy/objections/:purpose': { on: true },
    'POST /api/privacy/decisions/:id/review': { words: '' },
    'POST /api/privacy/cancel': { choice: 'delete' },
    'POST /api/privacy/erase-part': { category: 'user.name' },
    'POST /api/items/:id/shares': { what: ['sound'], mode: 'view', warned: ['title', 'voice'], attested: true },
    'POST /api/shared/:token': {},
    'POST /api/faces': { picture: 'AAAA' },
    'POST /api/faces/attestations': { version: '1', locale: 'en' },
    'POST /api/faces/objections': { code: '00000000-0000-4000-8000-000000000000' },
    'POST /api/faces/clips': { picture: 'AAAA', template: 'summit' },
    'POST /api/speech': { name: 'a text', language: 'en', voice: 'espeak-en', segments: ['Hello.'] },
    'PUT /api/speech/:id': { revision: 1 },
    'POST /api/speech/:id/jobs': { operation: 'speak' },
    'POST /api/items/:id/translations': { to: 'en' },
  }
  const query: Partial<Record<RouteName, Record<string, string>>> = {
    'GET /api/items/:id/words': { format: 'txt' },
    'GET /api/translations/ways': { from: 'en' },
    'GET /api/speech/:id/words': { format: 'srt', of: 'source' },
    'GET /api/shared/:token/media': { pass: '0.none' },
    'GET /api/shared/:token/words': { pass: '0.none', format: 'txt' },
    'GET /api/ledger/consistency': { from: '0', to: '0' },
  }
  return {
    params: {
      id,
      setting: 'transcribing',
      number: '1',
      install: id,
      version: randomUUID(),
      take: randomUUID(),
      model: 'no-such-model',
      kind: 'item',
      purpose: 'security',
      ticket: 'a-ticket-that-leads-nowhere',
      token: 'a-token-that-leads-nowhere',
    },
    ...(body[name] === undefined ? {} : { body: body[name] }),
    ...(query[name] === undefined ? {} : { query: query[name] as Record<string, string> }),
  }
}

/** What an answer says, without what differs between any two answers. */
const shape = ({ status, text, headers }: Said) => ({ status, text, type: headers['content-type'] })

const closed = routes.filter((name) => callerOf(name) !== 'anyone')
const byId = routes.filter((name) => name.includes('/:id'))

test.each(closed)('%s: nobody and an erased person are asked to sign in, alike', async (name) => {
  const nobody = await visit(app).call(name, asking(name, mine.item))
  const gone = await erased.call(name, asking(name, mine.item))
  expect(nobody).toMatchObject({ status: 401, body: { code: 'sign_in_needed' } })
  expect(shape(gone)).toEqual(shape(nobody))
})

test.each(byId)("%s: another's, an erased and a never made one are the same 404", async (name) => {
  const thing = name.includes('/jobs/') ? job : mine.item
  const never = await other.call(name, asking(name, randomUUID()))
  const anothers = await other.call(name, asking(name, thing))
  expect(never).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(shape(anothers)).toEqual(shape(never))
  // The owner's own erased one, too.
  const { item } = await addObject(studio, ownerId, 'to be erased')
  const [itsJob] = await studio.queue.of(ownerId, { item })
  expect((await owner.call('DELETE /api/items/:id', { params: { id: item } })).status).toBe(200)
  const ownErased = await owner.call(name, asking(name, name.includes('/jobs/') ? (itsJob?.id ?? '') : item))
  expect(shape(ownErased)).toEqual(shape(never))
})

test('what is mine is still mine after all that', async () => {
  const { status, body } = await owner.call('GET /api/items/:id', { params: { id: mine.item } })
  expect(status).toBe(200)
  expect(body.name).toBe('mine alone')
  expect((await owner.call('GET /api/items/:id/media', { params: { id: mine.item } })).text).toBe('mine alone')
})

/** What a guest who is all alone is answered where it is not simply done: each is a right answer, and none is a refusal. */
const otherwise: Partial<Record<RouteName, number>> = {
  'POST /api/session/verify': 410,
  'POST /api/session/password': 401,
  'POST /api/me/totp/confirm': 409,
  // A guest has no number, and nobody's code.
  'POST /api/me/number/code': 409,
  'PUT /api/me/number': 410,
  // No archive came along.
  'POST /api/privacy/import': 400,
  'GET /api/items/:id/peaks': 404,
  'GET /api/items/:id/transcript': 404,
  'GET /api/items/:id/words': 404,
  'GET /api/items/:id/agreement': 404,
  'PUT /api/items/:id/agreement': 404,
  'POST /api/items/:id/jobs': 409,
  'DELETE /api/items/:id/versions/:version': 404,
  // It is still being looked at, so nobody knows how long it is.
  'GET /api/items/:id/timeline': 409,
  'PUT /api/items/:id/timeline': 409,
  'POST /api/items/:id/timeline/stretch': 409,
  // Bytes that are no sound.
  'POST /api/items/:id/mix': 422,
  // Not agreed to, and so none to forget.
  'PUT /api/devices/:install': 403,
  'DELETE /api/devices/:install': 404,
  // Nobody is named whom one could write to.
  'GET /.well-known/security.txt': 404,
  'POST /api/privacy/decisions/:id/review': 404,
  'DELETE /api/privacy/cancel': 409,
  // Not known to be adult, and nothing was agreed to.
  'POST /api/items/:id/shares': 403,
  'GET /api/shares/:id/fetches': 404,
  'DELETE /api/shares/:id': 404,
  'POST /api/shared/:token': 410,
  // Not agreed to; and no face job is under way.
  'POST /api/faces': 403,
  'POST /api/faces/attestations': 403,
  'POST /api/faces/attestations/:id/use': 404,
  'POST /api/faces/objections': 404,
  'POST /api/faces/clips': 403,
  'POST /api/faces/:id/points': 404,
  'POST /api/faces/:id/clip': 404,
  'DELETE /api/faces/:id': 404,
  'GET /api/faces/:id': 404,
  // Not agreed to; and an item is no text.
  'POST /api/speech': 403,
  'GET /api/speech/:id': 404,
  'PUT /api/speech/:id': 404,
  'DELETE /api/speech/:id': 404,
  'POST /api/speech/:id/jobs': 404,
  'GET /api/speech/:id/takes/:take': 404,
  'GET /api/speech/:id/words': 404,
  'POST /api/items/:id/translations': 403,
  'POST /api/models/translation/:model': 404,
  'DELETE /api/models/translation/:model': 404,
  'GET /api/shared/:token/media': 410,
  'GET /api/shared/:token/words': 410,
  'GET /api/certificates/:ticket': 404,
}

// Events go on for ever: they have tests of their own.
test.each(routes.filter((name) => name !== 'GET /api/events'))(
  '%s: the owner is answered as the contract says',
  async (name) => {
    const me = await guest()
    const person = await idOf(me)
    const { item } = await addObject(studio, person, 'whoever asks')
    const [itsJob] = await studio.queue.of(person, { item })
    const [session] = (await me.call('GET /api/sessions')).body as { id: string }[]
    const id = name.includes('/jobs/') ? itsJob?.id : name.includes('/sessions/') ? session?.id : item
    const { status } = await me.call(name, asking(name, id ?? ''))
    expect(status).toBe(otherwise[name] ?? (contract[name].answer === 'nothing' ? 204 : 200))
  },
)

test('lists hold one person alone', async () => {
  for (const name of ['GET /api/items', 'GET /api/jobs', 'GET /api/privacy/held'] as const) {
    const { text } = await other.call(name)
    expect(text).not.toContain(mine.item)
    expect(text).not.toContain(ownerId)
  }
  // Not even one's own id is ever told: it would be a name for ever.
  expect((await owner.call('GET /api/privacy/copy')).text).not.toContain(ownerId)
})

test('an id that is none is a bad request, not a search', async () => {
  for (const id of ['1', '..%2f..%2fetc%2fpasswd', "'%20or%201=1--", '%00'])
    expect((await owner.call('GET /api/items/:id', { params: { id } })).status).toBeGreaterThanOrEqual(400)
})

test('raced: of two erasures of one item one certifies and the other finds nothing; of two edits one wins', async () => {
  const { item } = await addObject(studio, ownerId, 'raced')
  const edit = { params: { id: item }, body: { revision: 0, segments: null, cuts: [[0, 1]] } }
  const edits = await Promise.all([
    owner.call('PUT /api/items/:id/edit', edit),
    owner.call('PUT /api/items/:id/edit', edit),
  ])
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 409])
  const erasures = await Promise.all([
    owner.call('DELETE /api/items/:id', { params: { id: item } }),
    owner.call('DELETE /api/items/:id', { params: { id: item } }),
  ])
  expect(erasures.map(({ status }) => status)).toContain(200)
  for (const { status, body } of erasures)
    if (status === 200) expect((body.checks as { found: number }[]).every(({ found }) => found === 0)).toBe(true)
    else expect(status).toBe(404)
})

test('raced: of many who enter one code one comes in; of two erasures of everything none leaves anything', async () => {
  const asked = await visit(app).call('POST /api/session/code', { body: { number: '+8613800138002', notice } })
  const { challenge, code } = asked.body as { challenge: string; code: string }
  const racers = Array.from({ length: 5 }, () => visit(app))
  const said = await Promise.all(racers.map((me) => me.call('POST /api/session/verify', { body: { challenge, code } })))
  expect(said.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410])
  expect(racers.filter(({ cookie }) => cookie !== '')).toHaveLength(1)

  const winner = racers.find(({ cookie }) => cookie !== '') as Visit
  const person = await idOf(winner)
  await addObject(studio, person, 'soon gone')
  const { cookie } = winner
  const both = await Promise.all(
    [0, 1].map(() => {
      const me = visit(app)
      me.cookie = cookie
      return me.call('POST /api/privacy/erase', { body: { confirm: 'erase everything' } })
    }),
  )
  expect(both.map(({ status }) => status)).toContain(200)
  for (const { status, body } of both)
    if (status === 200) expect((body.checks as { found: number }[]).every(({ found }) => found === 0)).toBe(true)
    else expect(status).toBe(401)
  expect(await studio.keys.has(person)).toBe(false)
  expect(await studio.db.selectFrom('record').selectAll().where('person', '=', person).execute()).toEqual([])
})

test.each(closed.filter((name) => !name.startsWith('GET')))(
  '%s: a body beyond all measure stays outside',
  async (name) => {
    const body = { name: 'x'.repeat(33 * 1024 * 1024) }
    const { status } = await owner.call(name, { ...asking(name, mine.item), body })
    expect([400, 413]).toContain(status)
  },
)

test('a session that was ended is no session, however often its cookie is sent again', async () => {
  const me = await guest()
  const { cookie } = me
  expect((await me.call('POST /api/session/end')).status).toBe(204)
  me.cookie = cookie
  for (let n = 0; n < 3; n++) expect((await me.call('GET /api/me')).status).toBe(401)
})

test.each(['bytes=-1', 'bytes=0-0', 'bytes=9-9'])('range %s gives exactly its bytes', async (range) => {
  const { status, text } = await owner.call('GET /api/items/:id/media', {
    params: { id: mine.item },
    headers: { range },
  })
  expect({ status, length: text.length }).toEqual({ status: 206, length: 1 })
})

test.each(['bytes=10-', 'bytes=99999999999-', 'bytes=5-2'])('range %s is outside', async (range) => {
  const { status } = await owner.call('GET /api/items/:id/media', { params: { id: mine.item }, headers: { range } })
  expect(status).toBe(416)
})

const tus = (me: Visit, request: Tus) => send(app, me, request)
const begin = async (me: Visit, length: string) => tus(me, { method: 'POST', headers: { 'upload-length': length } })

test("another's upload is not there; a wrong offset, a length below zero or over the limit is refused", async () => {
  const url = (await begin(owner, '200000')).headers.location as string
  for (const method of ['HEAD', 'PATCH', 'DELETE'] as const) {
    const payload = method === 'PATCH' ? { payload: Buffer.alloc(10), headers: { 'upload-offset': '0' } } : {}
    const theirs = await tus(other, { method, url, ...payload })
    const never = await tus(other, { method, url: `/api/uploads/${randomUUID()}`, ...payload })
    expect(theirs.statusCode).toBe(404)
    expect([theirs.statusCode, theirs.body]).toEqual([never.statusCode, never.body])
  }
  const wrong = await tus(owner, { method: 'PATCH', url, payload: Buffer.alloc(10), headers: { 'upload-offset': '5' } })
  expect(wrong.statusCode).toBe(409)
  for (const length of ['-1', 'many', String(here.config.uploadLimit + 1)]) {
    const refused = await begin(owner, length)
    expect(refused.statusCode, length).toBeGreaterThanOrEqual(400)
    expect(refused.statusCode, length).toBeLessThan(500)
  }
  const nobody = await begin(visit(app), '10')
  expect(nobody.statusCode).toBe(401)
})

test('more than was announced does not come in', async () => {
  const url = (await begin(owner, '10')).headers.location as string
  const answer = await tus(owner, {
    method: 'PATCH',
    url,
    payload: Buffer.alloc(1000, 7),
    headers: { 'upload-offset': '0' },
  })
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect((await owner.call('GET /api/items')).text).not.toContain(url.split('/').at(-1))
})

test.each([
  ['a foreign Host', { host: 'evil.example' }, 421],
  ['a foreign Origin', { origin: 'https://evil.example' }, 403],
  ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403],
] as const)('%s changes nothing', async (_, headers, status) => {
  const said = await owner.call('PATCH /api/items/:id', {
    params: { id: mine.item },
    body: { name: 'stolen' },
    headers,
  })
  expect(said.status).toBe(status)
  expect((await owner.call('GET /api/items/:id', { params: { id: mine.item } })).body.name).toBe('mine alone')
})

test('a change without the request header is no change, whatever cookie it carries', async () => {
  const { statusCode } = await app.inject({
    method: 'PATCH',
    url: `/api/items/${mine.item}`,
    headers: { host: '127.0.0.1:4170', origin: 'http://127.0.0.1:4170', cookie: owner.cookie },
    payload: { name: 'stolen' },
  })
  expect(statusCode).toBe(403)
  expect((await owner.call('GET /api/items/:id', { params: { id: mine.item } })).body.name).toBe('mine alone')
})

test('with a forwarding header no code is ever shown', async () => {
  const said = await visit(app).call('POST /api/session/code', {
    body: { number: '+8613800138001', notice },
    headers: { 'x-forwarded-for': '203.0.113.9' },
  })
  expect(said.text).not.toMatch(/"code":"\d{6}"/)
})

test('the list of routes is the contract, and each says who may call', () => {
  expect(closed.length + routes.filter((name) => callerOf(name) === 'anyone').length).toBe(routes.length)
  const open = routes.filter((name: keyof Contract) => callerOf(name) === 'anyone')
  expect(open.filter((name) => name.includes(':id'))).toEqual([])
})
