import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { notice, place } from '../../testing/studio.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { StaleVersionError } from '../vault/record.ts'
import { Refusal } from './refusal.ts'

async function openings(studio: Awaited<ReturnType<Awaited<ReturnType<typeof place>>['open']>>, person: string) {
  const found: string[] = []
  for await (const { content } of studio.ledger.of(person, 'opening')) found.push(content.purpose)
  return found.reverse()
}

test('what a person writes is there after a restart, for them alone (C166)', async () => {
  await using here = await place()
  let li: string
  let wang: string
  let item: string
  {
    await using studio = await here.open({ work: false })
    li = await studio.persons.create(notice)
    wang = await studio.persons.create(notice)
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    item = randomUUID()
    await studio.keys.add(li, item)
    await mine.item.add({ name: 'Morning talk', media: 'sound', origin: 'imported' }, { id: item, item })
  }
  await using studio = await here.open({ work: false })
  const mine = await studio.gate.open('keep_media', li, { by: 'self' })
  expect((await mine.item.list()).map(({ name }) => name)).toEqual(['Morning talk'])
  const theirs = await studio.gate.open('keep_media', wang, { by: 'self' })
  expect(await theirs.item.list()).toEqual([])
  expect(await theirs.item.get(item)).toBeUndefined()
  await expect(theirs.item.change(item, { name: 'Mine now' })).rejects.toThrow(StaleVersionError)
  await theirs.item.remove(item)
  expect(await mine.item.get(item)).toMatchObject({ name: 'Morning talk' })
})

test('a purpose sees only the fields it uses, and makes only what it uses whole (C9)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const signing = await studio.gate.open('sign_in', li, { by: 'self' })
  const [account] = await signing.account.list()
  expect(Object.keys(account ?? {}).sort()).toEqual([
    'bytes',
    'created_at',
    'due_at',
    'handle',
    'id',
    'item',
    'state',
    'version',
  ])
  // What does not compile is refused where someone casts.
  expect(() => (signing as unknown as { item: unknown }).item).toThrow(Refusal)
  await expect(signing.account.change(account?.id ?? '', { display_name: 'Li' } as never)).rejects.toThrow(Refusal)
})

test('every opening is in the ledger before the data is given out, with its purpose (C173, C176)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', li, { by: 'self' })
  await mine.account.list()
  expect(await openings(studio, li)).toEqual(['account'])
  await (await studio.gate.open('keep_media', li, { by: 'job' })).check()
  expect(await openings(studio, li)).toEqual(['account', 'keep_media'])
})

test('without consent nothing opens; with it, it does; after the withdrawal is answered nothing opens, old grants neither (C85, C201, C215)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const item = randomUUID()
  await studio.keys.add(li, item)
  await expect(studio.gate.open('transcribe', li, { by: 'self' })).rejects.toMatchObject({ code: 'no_consent' })
  expect(await studio.consents.set(li, 'transcribing', true, notice)).toMatchObject({ on: true, state: 'given' })
  const words = await studio.gate.open('transcribe', li, { by: 'job' })
  await words.transcript.add({ language: 'en', model: 'base', duration: 1, segments: [], complete: false }, { item })
  expect(await studio.consents.set(li, 'transcribing', false, notice)).toMatchObject({ on: false, state: 'withdrawn' })
  await expect(words.transcript.list()).rejects.toMatchObject({ code: 'withdrawn' })
  await expect(studio.gate.open('transcribe', li, { by: 'self' })).rejects.toMatchObject({ code: 'withdrawn' })
  // One person's consent never opens another's data.
  const wang = await studio.persons.create(notice)
  await studio.consents.set(li, 'transcribing', true, notice)
  await expect(studio.gate.open('transcribe', wang, { by: 'job' })).rejects.toMatchObject({ code: 'no_consent' })
})

test('a first no is a refusal and takes as many steps as a yes (C6)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  expect(await studio.consents.set(li, 'microphone', false, notice)).toMatchObject({ on: false, state: 'refused' })
  expect((await studio.consents.events(li)).map(({ state }) => state)).toEqual(['refused'])
})

test('the first thing written about a person is the notice they saw (C4)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const size = studio.ledger.head.size
  const li = await studio.persons.create({ version: '7', hash: 'abc', locale: 'zh-CN' })
  const entries = []
  for await (const entry of studio.ledger.of(li, 'notice_shown')) entries.push(entry)
  expect(entries).toMatchObject([{ index: size, content: { version: '7', hash: 'abc', locale: 'zh-CN' } }])
})

test('a record moved to another place, set back or changed is not opened (C162)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', li, { by: 'self' })
  const [account] = await mine.account.list()
  const old = await studio.db
    .selectFrom('record')
    .selectAll()
    .where('id', '=', account?.id ?? '')
    .executeTakeFirstOrThrow()
  await mine.account.change(old.id, { display_name: 'Li' })
  await studio.db.updateTable('record').set({ sealed: old.sealed }).where('id', '=', old.id).execute()
  await expect(mine.account.list()).rejects.toThrow('seal')
  await studio.db
    .updateTable('record')
    .set({ sealed: old.sealed, version: old.version, kind: 'setting' })
    .where('id', '=', old.id)
    .execute()
  await expect(mine.setting.list()).rejects.toThrow('seal')
})

test('two changes at once are both kept, or one is told (no lost update)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', li, { by: 'self' })
  const [account] = await mine.account.list()
  const id = account?.id ?? ''
  await Promise.all([mine.account.change(id, { display_name: 'Li' }), mine.account.change(id, { age_band: 'adult' })])
  expect(await mine.account.get(id)).toMatchObject({ display_name: 'Li', age_band: 'adult' })
  await expect(mine.account.change(id, { locale: 'en' }, { expect: 1 })).rejects.toThrow(StaleVersionError)
})

test('an erased person opens nothing and nothing is written for them (C211)', async () => {
  await using here = await place()
  await using studio = await here.open({ work: false })
  const li = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', li, { by: 'self' })
  await studio.erase.person(li)
  await expect(mine.account.list()).rejects.toMatchObject({ code: 'erased' })
  await expect(studio.gate.open('account', li, { by: 'self' })).rejects.toMatchObject({ code: 'erased' })
  await expect(studio.ledger.append(li, 'notice_shown', { ...notice, channel: 'page' })).rejects.toThrow(KeyGoneError)
})
