/** C1, C2, C17, C248-C257: versions are kept, told and checked; what has grown waits for whoever it concerns. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_OPERATOR, notice, type PolicyDocument, policy } from '@sotto/policy'
import { expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { HOUSE } from '../ledger/ledger.ts'
import type { Studio } from '../studio.ts'
import { NotPublishableError, publishPolicy } from './publish.ts'
import { noteRead, readingOf } from './reading.ts'
import { type Draft, PolicyHistoryBrokenError, UnpublishedPolicyError } from './versions.ts'

const now: PolicyDocument = policy
const without = (id: string, category: string): PolicyDocument => {
  const purpose = now.purposes[id]
  if (purpose === undefined || purpose.uses === 'every_category') throw new Error(id)
  const uses = purpose.uses.filter((one) => one !== category)
  return { ...now, version: '0.9.0', purposes: { ...now.purposes, [id]: { ...purpose, uses } } }
}
const draft = async (document: PolicyDocument, operator = NO_OPERATOR): Promise<Draft> => ({
  document,
  operator,
  notices: { en: await notice(document, 'en', operator), 'zh-CN': await notice(document, 'zh-CN', operator) },
})
const seen = ({ version, notices }: { version: string; notices: Draft['notices'] }) => ({
  version,
  hash: notices.en.hash,
  locale: 'en',
})
const folder = (here: Place) => join(here.config.data, 'policy')

test('C1, C248: each version is kept whole and named in the ledger of the house; the same one is not published twice', async () => {
  await using here = await place()
  {
    await using studio = await here.open({ work: false })
    const first = await studio.versions.publish(await draft(without('account', 'user.name')), 'operator')
    expect(first).toMatchObject({ number: 1, severity: 'first', version: '0.9.0' })
    const second = await studio.versions.publish(await draft(now), 'operator')
    expect(second).toMatchObject({ number: 2, severity: 'major' })
    expect(await studio.versions.publish(await draft(now), 'operator')).toEqual(second)
  }
  await using studio = await here.open({ work: false })
  expect(studio.versions.all.map(({ number }) => number)).toEqual([1, 2])
  expect(studio.versions.all[0]?.notices.en.version).toBe('0.9.0')
  const told = []
  for await (const { content } of studio.ledger.of(HOUSE, 'publication')) told.push(content)
  expect(told.reverse()).toEqual(
    studio.versions.all.map(({ number, version, hash, severity }) => ({ number, version, hash, severity })),
  )
})

test('C248: a version that was changed, or taken away, afterwards stops the start', async () => {
  await using here = await place()
  {
    await using studio = await here.open({ work: false })
    await studio.versions.publish(await draft(without('account', 'user.name')), 'operator')
    await studio.versions.publish(await draft(now), 'operator')
  }
  const [one = '', two = ''] = (await readdir(folder(here))).sort().map((name) => join(folder(here), name))
  const whole = await readFile(one, 'utf8')
  await writeFile(one, whole.replace('"P30D"', '"P99D"'))
  await expect(here.open({ work: false })).rejects.toThrow(PolicyHistoryBrokenError)
  await writeFile(one, whole)
  await rm(two)
  await expect(here.open({ work: false })).rejects.toThrow(PolicyHistoryBrokenError)
})

test('a version that a crash tore off was never published, and is written again', async () => {
  await using here = await place()
  {
    await using studio = await here.open({ work: false })
    await studio.versions.publish(await draft(without('account', 'user.name')), 'operator')
  }
  await writeFile(join(folder(here), '0002.json'), '{"number":2,"vers')
  await using studio = await here.open({ work: false })
  expect(studio.versions.all).toHaveLength(1)
  expect(await studio.versions.publish(await draft(now), 'operator')).toMatchObject({ number: 2 })
})

test('C2, C259, G1: nothing is published while host, officer or contact is empty', async () => {
  const operator = {
    SOTTO_OPERATOR_NAME: 'Studio Ltd',
    SOTTO_OPERATOR_OFFICER: 'Ann Lee',
    SOTTO_OPERATOR_CONTACT: 'a@b.example',
  }
  for (const missing of Object.keys(operator)) {
    await using here = await place('embedded', { ...operator, [missing]: '' })
    await using studio = await here.open({ work: false })
    await expect(publishPolicy(studio)).rejects.toThrow(NotPublishableError)
    expect(studio.versions.all).toEqual([])
  }
  await using here = await place('embedded', operator)
  await using studio = await here.open({ work: false })
  expect(await publishPolicy(studio, { dry_run: true })).toMatchObject({ diff: { first: true }, published: undefined })
  expect(studio.versions.all).toEqual([])
  expect((await publishPolicy(studio)).published).toMatchObject({ number: 1, by: 'operator' })
  expect((await publishPolicy(studio)).diff).toBeUndefined()
})

test('C250: a start publishes what is small by itself; a major change of a public studio waits for a person', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const { versions } = studio
  expect(await versions.adopt(await draft({ ...now, log: {} }), false)).toMatchObject({
    severity: 'first',
    by: 'start',
  })
  const { event } = policy.log
  expect(await versions.adopt(await draft({ ...now, log: { event } }), false)).toMatchObject({ severity: 'minor' })
  await expect(versions.adopt(await draft(without('account', 'user.name')), false)).rejects.toThrow(
    UnpublishedPolicyError,
  )
  expect(versions.all).toHaveLength(2)
  expect(await versions.adopt(await draft(without('account', 'user.name')), true)).toMatchObject({ severity: 'major' })
})

test('C256: the host may call a change graver than it is, and never less grave', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const { versions } = studio
  await versions.publish(await draft(now), 'operator')
  const { event } = policy.log
  const small = await draft({ ...now, log: { event } })
  expect(versions.difference(small)?.severity).toBe('minor')
  expect(await versions.publish(small, 'operator', 'major')).toMatchObject({ severity: 'major' })
  expect(versions.difference(await draft(without('account', 'user.name')), 'minor')?.severity).toBe('major')
})

async function grown(studio: Studio, id: string, category: string): Promise<{ person: string }> {
  const old = await studio.versions.publish(await draft(without(id, category)), 'operator')
  const person = await studio.persons.create(seen(old))
  await studio.versions.publish(await draft(now), 'operator')
  await studio.standings.changed(person)
  return { person }
}

test('C17: what a purpose came to use is closed to whoever has not read of it, and open once they have', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const { person } = await grown(studio, 'account', 'user.name')
  const mine = await studio.gate.open('account', person, { by: 'self' })
  const [account] = await mine.account.list()
  // What it used before goes on.
  await mine.account.change(account?.id ?? '', { age_band: 'adult' })
  await expect(mine.account.change(account?.id ?? '', { display_name: 'Ann' })).rejects.toMatchObject({
    code: 'scope_widened',
    clause: 'C17',
  })
  expect(await readingOf(studio, person, 'en')).toMatchObject({
    severity: 'major',
    widened: ['account'],
    renew: [],
    sections: [{ id: 'purpose-account' }],
  })
  await noteRead(studio, person, seen(studio.versions.last as never), 'dialog')
  expect(await readingOf(studio, person, 'en')).toMatchObject({ severity: 'none', widened: [], sections: [] })
  await mine.account.change(account?.id ?? '', { display_name: 'Ann' })
  expect(await mine.account.get(account?.id ?? '')).toMatchObject({ display_name: 'Ann' })
  // Somebody who came under the new version was never held up.
  const later = await studio.persons.create(seen(studio.versions.last as never))
  expect((await readingOf(studio, later, 'en')).severity).toBe('none')
})

test('C17, C250: exactly those are asked again whose agreement no longer covers what is done', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const old = await studio.versions.publish(await draft(without('denoise', 'user.content.title')), 'operator')
  const [ann, bo, cy] = await Promise.all([0, 1, 2].map(() => studio.persons.create(seen(old))))
  if (!ann || !bo || !cy) throw new Error('nobody')
  // Ann agreed under the old version, Bo to something else, Cy to nothing.
  await studio.ledger.append(ann, 'consent', {
    purpose: 'denoise',
    state: 'given',
    version: old.version,
    hash: old.notices.en.hash,
    scope: JSON.stringify([
      'essential.service',
      'consent',
      ['user.content.media_facts', 'user.content.recording', 'user.content.task'],
      [],
    ]),
    method: 'switch',
    locale: 'en',
  })
  await studio.consents.set(bo, 'transcribing', true, seen(old))
  await studio.versions.publish(await draft(now), 'operator')
  for (const person of [ann, bo, cy]) await studio.standings.changed(person)
  expect((await readingOf(studio, ann, 'en')).renew).toEqual(['denoising'])
  expect((await readingOf(studio, bo, 'en')).renew).toEqual([])
  expect((await readingOf(studio, cy, 'en')).renew).toEqual([])
  // Reading is no agreeing: the new use waits for the switch.
  await noteRead(studio, ann, seen(studio.versions.last as never), 'dialog')
  await expect(studio.gate.ask('denoise', ann)).rejects.toMatchObject({ code: 'scope_widened' })
  await studio.consents.set(ann, 'denoising', true, seen(studio.versions.last as never))
  await studio.gate.ask('denoise', ann)
  expect((await readingOf(studio, ann, 'en')).renew).toEqual([])
})
