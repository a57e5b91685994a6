/** C209, C218: a request still open at day 10 is an alarm of the running server, for its host and for nobody else. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { addObject, notice, type Place, place } from '../../testing/studio.ts'
import { openLog } from '../log.ts'
import { type Serving, serve } from './server.ts'

const DAY = 86_400_000
let where: Place
let serving: Serving
let quarter: () => Promise<void>
const logged: Record<string, unknown>[] = []
const alarms = () => logged.filter(({ event }) => event === 'request.alarm')

beforeAll(async () => {
  // The server's own quarter of an hour: what it does then is done by the test, whose clock it is.
  const intervals = vi.spyOn(globalThis, 'setInterval')
  where = await place('embedded')
  const log = openLog('info', { write: (line) => logged.push(JSON.parse(line)) })
  serving = await serve(where.config, { log, clock: () => new Date(where.time.now) })
  const found = intervals.mock.calls.find(([, ms]) => ms === 15 * 60_000)
  intervals.mockRestore()
  quarter = found?.[0] as () => Promise<void>
})
afterAll(async () => {
  await serving?.[Symbol.asyncDispose]()
  await where?.[Symbol.asyncDispose]()
})
afterEach(() => logged.splice(0))

const hostz = async (headers: Record<string, string> = {}) => {
  const { statusCode, body } = await serving.app.inject({
    url: '/hostz',
    headers: { host: '127.0.0.1:4170', ...headers },
  })
  return { status: statusCode, text: body }
}
const goOn = (days: number) => {
  where.time.now = new Date(where.time.now.getTime() + days * DAY)
}

test('told at day 10 by the clock of the server, again each day, until it is answered; and at /hostz (C209)', async () => {
  const { studio } = serving
  const person = await studio.persons.create(notice)
  await addObject(studio, person, 'sound')
  await studio.rights.note(person, 'sign_in_locked')
  const [decision] = await studio.rights.decisions(person)
  await studio.rights.askReview(person, decision?.id ?? '', 'Please look.')
  goOn(9.99)
  await quarter()
  expect(alarms()).toEqual([])
  const before = await hostz()
  expect([before.status, JSON.parse(before.text).requests]).toEqual([
    200,
    { open: 1, alarmed: 0, next_due: '2026-12-08T12:00:00.000Z' },
  ])

  goOn(0.02)
  await quarter()
  expect(alarms()).toHaveLength(1)
  // Declared fields alone, and none says of whom.
  expect(Object.keys(alarms()[0] ?? {}).sort()).toEqual(['at', 'count', 'event', 'level'])
  expect(alarms()[0]).toMatchObject({ level: 'warn', count: 1 })
  const seen = await hostz()
  expect(seen.status).toBe(503)
  const { text } = seen
  expect(JSON.parse(text)).toMatchObject({ requests: { open: 1, alarmed: 1 }, overdue: 0 })
  expect(text).not.toContain(person)

  await quarter()
  expect(alarms()).toHaveLength(1)
  goOn(1)
  await quarter()
  expect(alarms()).toHaveLength(2)
  const [request] = await studio.rights.alarmed()
  await studio.rights.answer(person, request?.id ?? '', 'fulfil', 'Looked at.')
  goOn(1)
  await quarter()
  expect(alarms()).toHaveLength(2)
  expect((await hostz()).status).toBe(200)
})

test('for strangers there is no such address (C209)', async () => {
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.9' },
    { origin: serving.address },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])
    expect((await hostz(headers)).status, JSON.stringify(headers)).toBe(404)
})
