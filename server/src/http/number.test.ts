/** C195, C196, C198: another number for an account: proven by a code to the new one, and the old one leads nowhere from then on. */
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { type Place, place } from '../../testing/studio.ts'
import { stoppedClock, type Visit, visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import { openStudio, type Studio } from '../studio.ts'
import type { App } from './handle.ts'
import { studioApp } from './server.ts'

const DAY = 24 * 3_600_000

describe.each(sorts)('on %s', (sort) => {
  const clock = stoppedClock(new Date('2026-11-23T12:00:00Z'))
  let where: Place
  let studio: Studio
  let app: App
  let notice: { version: string; hash: string; locale: 'en' }
  let count = 0
  const newNumber = () => `+86137${String(10_000_000 + count++).padStart(8, '0')}`

  beforeAll(async () => {
    where = await place(sort)
    studio = await openStudio(where.config, { clock: clock.now, work: false })
    app = await studioApp(studio, { log: openLog('silent') })
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

  async function codeFor(me: Visit, number: string): Promise<{ challenge: string; code: string }> {
    const { body } = await me.call('POST /api/session/code', { body: { number, notice } })
    return { challenge: body.challenge, code: body.code }
  }
  async function signedIn(number: string, me = visit(app)): Promise<Visit> {
    expect((await me.call('POST /api/session/verify', { body: await codeFor(me, number) })).status).toBe(200)
    return me
  }
  async function newCode(me: Visit, number: string): Promise<{ challenge: string; code: string }> {
    const { status, body } = await me.call('POST /api/me/number/code', { body: { number } })
    expect(status).toBe(200)
    return { challenge: body.challenge, code: body.code }
  }
  const change = (me: Visit, body: { challenge: string; code: string }) => me.call('PUT /api/me/number', { body })
  const handleOf = async (me: Visit) => (await me.call('GET /api/me')).body.handle as string
  const held = async (me: Visit) =>
    (await me.call('GET /api/privacy/copy')).body.records.identifier.map(
      ({ phone_number }: { phone_number: string }) => phone_number,
    )

  test('the new number leads to the account, the old one to nobody, at once; whoever else was in is out (C195)', async () => {
    const [old, next] = [newNumber(), newNumber()]
    const me = await signedIn(old)
    const elsewhere = await signedIn(old)
    const handle = await handleOf(me)
    const { status, body } = await change(me, await newCode(me, next))
    expect(status).toBe(200)
    expect(body.number_masked).toContain(next.slice(-2))
    expect(await studio.lookup.find('phone', old)).toBeUndefined()
    expect((await elsewhere.call('GET /api/me')).status).toBe(401)
    expect(await held(me)).toEqual([next])
    expect(await handleOf(await signedIn(next))).toBe(handle)
    // Whoever gets the old number later is somebody else.
    expect(await handleOf(await signedIn(old))).not.toBe(handle)
    // Of the old number nothing is left in what leads to a person.
    const person = (await studio.lookup.find('phone', next)) as string
    expect(await studio.lookup.count(person)).toEqual({ read: 2, found: 2 })
  })

  test('raced and replayed codes: one change is made by one code, and none by it afterwards (C20, C195)', async () => {
    const [old, next] = [newNumber(), newNumber()]
    const me = await signedIn(old)
    const given = await newCode(me, next)
    const raced = await Promise.all(Array.from({ length: 5 }, () => change(me, given)))
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410])
    const third = newNumber()
    expect((await change(me, await newCode(me, third))).status).toBe(200)
    expect(await change(me, given)).toMatchObject({ status: 410, body: { code: 'code_spent' } })
    expect(await held(me)).toEqual([third])
    const wrong = await newCode(me, next)
    const other = String((Number(wrong.code) + 1) % 1_000_000).padStart(6, '0')
    expect(await change(me, { ...wrong, code: other })).toMatchObject({ status: 422, body: { code: 'code_wrong' } })
    expect(await held(me)).toEqual([third])
  })

  test('a code is good for the one account and the one thing it was asked for (C195)', async () => {
    const [mine, theirs, next] = [newNumber(), newNumber(), newNumber()]
    const [me, other] = [await signedIn(mine), await signedIn(theirs)]
    expect(await change(other, await newCode(me, next))).toMatchObject({ status: 410, body: { code: 'code_spent' } })
    expect(await change(me, await codeFor(me, next))).toMatchObject({ status: 410 })
    const entering = await visit(app).call('POST /api/session/verify', { body: await newCode(me, next) })
    expect(entering).toMatchObject({ status: 410, body: { code: 'code_spent' } })
    expect(await studio.lookup.find('phone', next)).toBeUndefined()
    // Another's number stays theirs, and mine stays mine.
    expect(await change(me, await newCode(me, theirs))).toMatchObject({ status: 409, body: { code: 'number_taken' } })
    expect(await held(me)).toEqual([mine])
    expect(await handleOf(await signedIn(mine))).toBe(await handleOf(me))
  })

  test('with a second step it asks for fresh proof; a guest has no number to change (C196)', async () => {
    const me = await signedIn(newNumber())
    const { secret } = (await me.call('POST /api/me/totp')).body
    const token = () => generateSync({ secret, epoch: clock.now().getTime() / 1000 })
    expect((await me.call('POST /api/me/totp/confirm', { body: { code: token() } })).status).toBe(200)
    const given = await newCode(me, newNumber())
    clock.goOn(3_600_000)
    for (const name of ['POST /api/me/number/code', 'PUT /api/me/number'] as const) {
      const body = name === 'PUT /api/me/number' ? given : { number: newNumber() }
      expect(await me.call(name, { body })).toMatchObject({ status: 403, body: { code: 'step_up_needed' } })
    }
    expect((await me.call('POST /api/session/step-up', { body: { totp: token() } })).status).toBe(204)
    const next = newNumber()
    expect((await change(me, await newCode(me, next))).status).toBe(200)
    expect(await held(me)).toEqual([next])
    const guest = visit(app)
    await guest.call('POST /api/session/guest', { body: { notice } })
    expect(await guest.call('POST /api/me/number/code', { body: { number: newNumber() } })).toMatchObject({
      status: 409,
      body: { code: 'no_number' },
    })
  })

  test('cut off in the middle, signing in with the new number brings it to its end', async () => {
    const [old, next] = [newNumber(), newNumber()]
    const handle = await handleOf(await signedIn(old))
    const person = (await studio.lookup.find('phone', old)) as string
    // The moment after the first step: the new number leads here, and nothing else was done.
    expect(await studio.lookup.claim('phone', next, person)).toBe(true)
    const me = await signedIn(next)
    expect(await handleOf(me)).toBe(handle)
    expect(await held(me)).toEqual([next])
    expect(await studio.lookup.find('phone', old)).toBeUndefined()
  })
})
