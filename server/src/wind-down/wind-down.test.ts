/** C155-C157: an announced end stops all collection, everyone is told in time, and at the end nothing of anybody is left. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { addObject, notice, place } from '../../testing/studio.ts'
import { tus } from '../../testing/upload.ts'
import { visit } from '../../testing/visit.ts'
import { studioApp } from '../http/server.ts'
import { HOUSE } from '../ledger/ledger.ts'
import { openLog } from '../log.ts'

const DAY = 86_400_000
const inDays = (here: { time: { now: Date } }, days: number) => new Date(here.time.now.getTime() + days * DAY)

test('C155: from the announcement on nothing is collected, in any way there is; what is there can be seen and taken away', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const app = await studioApp(studio, { log: openLog('silent') })
  const { body: printed } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const seen = { version: printed.version, hash: printed.hash, locale: 'en' }
  const me = visit(app)
  const { body } = await me.call('POST /api/session/guest', { body: { notice: seen } })
  const person = (await studio.lookup.find('handle', body.handle)) as string
  const { item } = await addObject(studio, person, 'mine')
  await studio.consents.set(person, 'transcribing', true, notice)
  await studio.windDown.announce(inDays(here, 30))

  const refused = { status: 403, body: { code: 'winding_down', clause: 'C155' } }
  expect(await visit(app).call('POST /api/session/guest', { body: { notice: seen } })).toMatchObject(refused)
  expect(await me.call('POST /api/items/sample')).toMatchObject(refused)
  expect(
    await me.call('PUT /api/consents/:setting', { params: { setting: 'denoising' }, body: { on: true, notice: seen } }),
  ).toMatchObject(refused)
  expect((await tus(app, me, { method: 'POST', headers: { 'upload-length': '5' } })).statusCode).toBe(403)
  const mine = await studio.gate.open('keep_media', person, { by: 'self' })
  await expect(
    mine.item.add({ name: 'new', media: 'sound', origin: 'imported' }, { id: randomUUID(), item }),
  ).rejects.toMatchObject({ code: 'winding_down' })
  await expect(studio.persons.create(notice)).rejects.toMatchObject({ code: 'winding_down' })

  // Taking back, seeing, taking away and signing in go on to the end.
  expect((await studio.consents.set(person, 'transcribing', false, notice)).state).toBe('withdrawn')
  for (const route of ['GET /api/items', 'GET /api/privacy/held', 'GET /api/privacy/copy', 'GET /api/me'] as const)
    expect((await me.call(route)).status, route).toBe(200)
  expect((await me.call('GET /api/items/:id/media', { params: { id: item } })).text).toBe('mine')
  await studio.windDown.callOff()
  expect((await me.call('POST /api/items/sample')).status).toBe(200)
  await app.close()
})

test('C156: the end is announced thirty days ahead at least, to everyone, and each who was told has it in their ledger once', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  await expect(studio.windDown.announce(inDays(here, 29))).rejects.toMatchObject({ code: 'bad_request' })
  expect(studio.windDown.state).toEqual({ state: 'serving' })
  const end = inDays(here, 31)
  await studio.windDown.announce(end)
  // It may be put off; to bring it nearer takes the whole time again.
  await studio.windDown.announce(inDays(here, 40))
  await expect(studio.windDown.announce(inDays(here, 20))).rejects.toMatchObject({ code: 'bad_request' })
  const app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/status')
  expect(body.service).toEqual({ state: 'announced', end: inDays(here, 40).toISOString() })
  await studio.windDown.told(li)
  await studio.windDown.told(li)
  const told = []
  for await (const { content } of studio.ledger.of(li, 'wind_down')) told.push(content)
  expect(told).toEqual([{ state: 'told', end: inDays(here, 40).toISOString() }])
  await app.close()
})

test('C157: on the day everyone is erased, every store is read again, and the certificate stands in the ledger', async () => {
  await using here = await place()
  {
    await using studio = await here.open({ work: false })
    for (const name of ['one', 'two']) {
      const person = await studio.persons.create(notice)
      await addObject(studio, person, `sound of ${name}`)
    }
    await studio.windDown.announce(inDays(here, 30))
    here.time.now = inDays(here, 29)
    await studio.sweep()
    expect(studio.windDown.state.state).toBe('announced')
    here.time.now = inDays(here, 2)
  }
  // The announcement is there after a restart; the sweep carries it out.
  await using studio = await here.open({ work: false })
  await studio.sweep()
  expect(studio.windDown.state).toMatchObject({
    state: 'ended',
    certificate: {
      persons_erased: 2,
      held: 0,
      checks: ['keys', 'look-ups', 'records', 'jobs', 'objects'].map((store) => ({ store, found: 0 })),
    },
  })
  for await (const person of studio.keys.persons()) throw new Error(`${person} is left`)
  for await (const object of studio.objects.ids()) throw new Error(`${object} is left`)
  expect(await studio.db.selectFrom('record').selectAll().execute()).toEqual([])
  const states = []
  for await (const { content } of studio.ledger.of(HOUSE, 'wind_down')) states.push(content.state)
  expect(states).toEqual(['ended', 'announced'])
  await expect(studio.persons.create(notice)).rejects.toMatchObject({ code: 'winding_down' })
  await expect(studio.windDown.announce(inDays(here, 100))).rejects.toMatchObject({ code: 'bad_request' })
})
