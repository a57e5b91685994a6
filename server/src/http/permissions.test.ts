/** C23, C36, C37, C40, C46, C58, C79-C88, C202: permissions and purposes as the server enforces them, every cell of the matrix. */
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  functionsWithoutPermission,
  functionsWithoutPurpose,
  HARDWARE_IDENTIFIERS,
  isHardwareIdentifier,
  type PurposeId,
  policy,
} from '@sotto/policy'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notice, type Place, place } from '../../testing/studio.ts'
import { tus } from '../../testing/upload.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import { switches } from '../gate/consents.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'
import type { App } from './handle.ts'
import { studioApp } from './server.ts'

let here: Place
let studio: Studio
let app: App
let seen: { version: string; hash: string; locale: 'en' }
beforeAll(async () => {
  here = await place()
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

async function guest(): Promise<{ me: Visit; person: string }> {
  const me = visit(app)
  const { body } = await me.call('POST /api/session/guest', { body: { notice: seen } })
  return { me, person: (await studio.lookup.find('handle', body.handle)) as string }
}
const turn = (me: Visit, setting: string, on: boolean) =>
  me.call('PUT /api/consents/:setting', { params: { setting }, body: { on, notice: seen } })

/** The functions that a person can use now: all of whose purposes the gate lets run. */
async function usable(person: string): Promise<string[]> {
  const open = await Promise.all(
    Object.entries(policy.functions).map(async ([id, { purposes }]) => {
      const asked = await Promise.allSettled(
        (purposes as readonly PurposeId[]).map((one) => studio.gate.ask(one, person)),
      )
      return asked.every(({ status }) => status === 'fulfilled') ? [id] : []
    }),
  )
  return open.flat()
}
async function everythingOn(): Promise<string> {
  const person = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', person, { by: 'self' })
  const [account] = await mine.account.list()
  await mine.account.change(account?.id ?? '', { age_band: 'adult' })
  await studio.standings.changed(person)
  for (const [setting] of switches) await studio.consents.set(person, setting, true, notice)
  return person
}
const all = Object.keys(policy.functions)

describe('with everything switched on, every function works', () => {
  let person: string
  beforeAll(async () => {
    person = await everythingOn()
    expect(await usable(person)).toEqual(all)
  })

  test.each(Object.keys(policy.permissions))(
    'denying the permission %s stops exactly its functions, each cell of its row (C46, C58, C80, C85)',
    async (permission) => {
      const governed = switches.filter(([, { permissions }]) => permissions.includes(permission)).map(([id]) => id)
      // A permission that is needed has a switch here; one that is never asked for stops nothing.
      expect(governed.length > 0).toBe(policy.permissions[permission as keyof typeof policy.permissions].needed)
      for (const setting of governed) await studio.consents.set(person, setting, false, notice)
      const stopped = functionsWithoutPermission(policy, permission)
      const left = await usable(person)
      for (const id of all) expect([id, left.includes(id)]).toEqual([id, !stopped.includes(id)])
      for (const setting of governed) await studio.consents.set(person, setting, true, notice)
      expect(await usable(person)).toEqual(all)
    },
  )

  test.each(switches.map(([id, { purposes }]) => [id, purposes] as const))(
    'withdrawing %s stops exactly the functions named beforehand (C23, C40, C87, C202)',
    async (setting, purposes) => {
      const named = purposes.flatMap((purpose) => functionsWithoutPurpose(policy, purpose))
      await studio.consents.set(person, setting, false, notice)
      const left = await usable(person)
      for (const id of all) expect([id, left.includes(id)]).toEqual([id, !named.includes(id)])
      await studio.consents.set(person, setting, true, notice)
    },
  )
})

test('C79: the permissions shown are those of the policy, with their purposes and functions, and how they stand', async () => {
  const { me } = await guest()
  const { body } = await me.call('GET /api/permissions', { query: { locale: 'zh-CN' } })
  expect(body.permissions.map(({ id }: { id: string }) => id)).toEqual(Object.keys(policy.permissions))
  for (const one of body.permissions) {
    expect(one.on).toBe(false)
    expect(one.functions.map(({ id }: { id: string }) => id)).toEqual(functionsWithoutPermission(policy, one.id))
    expect(one.purposes.length > 0).toBe(one.needed)
  }
  await turn(me, 'microphone', true)
  const after = (await me.call('GET /api/permissions', { query: { locale: 'en' } })).body
  expect(after.permissions.filter(({ on }: { on: boolean }) => on).map(({ id }: { id: string }) => id)).toEqual([
    'microphone',
  ])
})

test('C86: opening a permission writes a receipt that names its purposes', async () => {
  const { me } = await guest()
  await turn(me, 'device', true)
  const receipts = (await me.call('GET /api/consents/receipts')).body
  expect(receipts).toMatchObject([{ pii_processing: { purpose: 'recognise_device' }, event: { event_state: 'given' } }])
})

test('C202: every purpose is told with its ground, data, time, recipients, and what stops without it', async () => {
  const { body } = await visit(app).call('GET /api/purposes', { query: { locale: 'en' } })
  expect(body.map(({ id }: { id: string }) => id)).toEqual(Object.keys(policy.purposes))
  for (const one of body) {
    const declared = policy.purposes[one.id as PurposeId]
    expect(one.basis).toBe(declared.basis)
    expect(one.setting !== null).toBe(declared.basis === 'consent')
    expect(one.stops.map(({ id }: { id: string }) => id)).toEqual(functionsWithoutPurpose(policy, one.id))
    for (const text of [one.why, one.without, one.keep, one.basis_name]) expect(text).not.toBe('')
    // Nobody is set up here, so nobody receives anything.
    expect(one.recipients).toEqual([])
  }
})

test('C81: a device is known by a random number alone, only with agreement, and the number is renewed at will', async () => {
  const { me } = await guest()
  const [first, second] = [randomUUID(), randomUUID()]
  const put = (install: string, body = {}) =>
    me.call('PUT /api/devices/:install', {
      params: { install },
      body,
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    })
  expect(await put(first)).toMatchObject({ status: 403, body: { code: 'consent_needed' } })
  await turn(me, 'device', true)
  expect((await put(first)).body).toMatchObject([{ install: first, name: 'Firefox, Linux' }])
  expect((await put(first)).body).toHaveLength(1)
  expect((await put(second, { replaces: first })).body).toMatchObject([{ install: second }])
  expect((await me.call('DELETE /api/devices/:install', { params: { install: second } })).body).toEqual([])
  expect((await me.call('DELETE /api/devices/:install', { params: { install: second } })).status).toBe(404)
  const other = (await guest()).me
  expect((await other.call('GET /api/devices')).body).toEqual([])
})

test('C88, G8: what was kept on an agreement alone is gone when the agreement is, its key destroyed, and a crash in between is made good', async () => {
  const { me, person } = await guest()
  await turn(me, 'device', true)
  const install = randomUUID()
  await me.call('PUT /api/devices/:install', { params: { install }, body: {} })
  const row = async () =>
    studio.db
      .selectFrom('record')
      .select('item')
      .where('person', '=', person)
      .where('kind', '=', 'device')
      .executeTakeFirst()
  const item = (await row())?.item as string
  expect(await studio.keys.ids(person)).toContain(item)
  await turn(me, 'device', false)
  expect(await row()).toBeUndefined()
  expect(await studio.keys.ids(person)).not.toContain(item)
  // As if the process had died between the withdrawal and the erasing: the next sweep finds it.
  await turn(me, 'device', true)
  await me.call('PUT /api/devices/:install', { params: { install }, body: {} })
  await studio.ledger.append(person, 'consent', {
    ...seen,
    purpose: 'recognise_device',
    state: 'withdrawn',
    scope: '',
    method: 'switch',
  })
  await studio.standings.changed(person)
  expect(await studio.sweep()).toBe(1)
  expect(await row()).toBeUndefined()
  // What stands on another ground stays.
  expect((await me.call('GET /api/me')).status).toBe(200)
})

test('C36: what was recorded in the background is taken only while its own switch is on', async () => {
  const { me } = await guest()
  await turn(me, 'microphone', true)
  const metadata = ['name', 'origin', 'background']
    .map((name, at) => `${name} ${Buffer.from(['x', 'recorded', '1'][at] ?? '').toString('base64')}`)
    .join(',')
  const begin = () => tus(app, me, { method: 'POST', headers: { 'upload-length': '10', 'upload-metadata': metadata } })
  expect((await begin()).statusCode).toBe(403)
  await turn(me, 'background', true)
  const begun = await begin()
  expect(begun.statusCode).toBe(201)
  await turn(me, 'background', false)
  const late = await tus(app, me, {
    method: 'PATCH',
    url: begun.headers.location as string,
    payload: Buffer.from('0123456789'),
    headers: { 'upload-offset': '0' },
  })
  expect(late.statusCode).toBe(403)
  expect((await me.call('GET /api/items')).body).toEqual([])
})

test('C37, C81: hardware identifiers that a client sends are taken out wherever they stand, and counted', async () => {
  const { me } = await guest()
  const names = fc.constantFrom(...HARDWARE_IDENTIFIERS)
  const spelled = fc
    .tuple(names, fc.constantFrom('', 'x-', 'device_', 'x-device-', 'Client-'))
    .map(([name, prefix]) => `${prefix}${name}`)
  const planted: string[] = []
  const property = fc.asyncProperty(
    fc.uniqueArray(spelled, { minLength: 1, maxLength: 4 }),
    fc.nat(),
    async (sent, nth) => {
      for (const name of sent) expect(isHardwareIdentifier(name)).toBe(true)
      const before = app.stripped.count
      const marks = sent.map((name, at) => [name, `HW${nth}MARK${at}X${planted.length}`] as const)
      planted.push(...marks.map(([, mark]) => mark))
      const inside = Object.fromEntries(marks)
      const said = await me.call('PATCH /api/me', {
        body: { display_name: 'Ann', ...inside, nested: [{ deeper: inside }] },
        headers: { 'x-device-imei': planted[0] as string },
      })
      expect(said.status).toBe(200)
      expect(app.stripped.count - before).toBe(2 * sent.length + 1)
    },
  )
  await fc.assert(property, { numRuns: 30 })
  const before = app.stripped.count
  const metadata = `imei ${Buffer.from('HWMETA').toString('base64')},name ${Buffer.from('talk').toString('base64')}`
  expect(
    (await tus(app, me, { method: 'POST', headers: { 'upload-length': '5', 'upload-metadata': metadata } })).statusCode,
  ).toBe(201)
  expect(app.stripped.count - before).toBe(1)
  expect((await me.call('GET /api/permissions', { query: {} })).body.stripped).toBe(app.stripped.count)
  // Sealed it could not be found, so it is looked for where it would be shown.
  const copy = (await me.call('GET /api/privacy/copy')).text
  for (const mark of [...planted, 'HWMETA']) expect(copy).not.toContain(mark)
  for (const name of await readdir(here.root, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    const bytes = await readFile(join(name.parentPath, name.name))
    for (const mark of planted.slice(0, 5)) expect(bytes.includes(mark)).toBe(false)
  }
})

test('C36, C38, C84, C105, C106: background, location, contacts, analytics and advertising are off or not there at all', () => {
  for (const [, { default: initial }] of Object.entries(policy.settings).filter(
    ([, { control }]) => control === 'switch',
  ))
    expect(initial).toBe(false)
  for (const permission of ['location', 'contacts', 'camera'] as const)
    if (!policy.permissions[permission].needed) expect(functionsWithoutPermission(policy, permission)).toEqual([])
  expect(policy.categories['user.location'].collected).toBe('never')
  expect(policy.permissions.contacts.needed).toBe(false)
  expect(policy.permissions.location.needed).toBe(false)
  const needs = Object.values(policy.cookies).map(({ need }): string => need)
  expect(needs).not.toContain('analytics')
  expect(needs).not.toContain('advertising')
  for (const { use } of Object.values(policy.purposes)) expect(use).not.toMatch(/^(marketing|analytics|personalize)/)
})

test('C106: the signal of Global Privacy Control is heard', async () => {
  const answers = await Promise.all(
    [{}, { 'sec-gpc': '1' }, { 'sec-gpc': '0' }].map((headers) =>
      visit(app).call('GET /api/status', { headers: headers as Record<string, string> }),
    ),
  )
  expect(answers.map(({ body }) => body.gpc)).toEqual([false, true, false])
  for (const { headers } of answers) expect(headers['set-cookie']).toBeUndefined()
})
