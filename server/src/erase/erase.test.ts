import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, notice, place } from '../../testing/studio.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { openStudio } from '../studio.ts'

describe.each(sorts)('erasing on %s', (sort) => {
  test('an item: key, rows and bytes go, the rest stays, and the certificate is what a new look finds (C211)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const gone = await addObject(studio, li, 'one')
    const stays = await addObject(studio, li, 'two')
    const certificate = await studio.erase.item(li, gone.item)
    expect(certificate).toMatchObject({ scope: 'item', keys_destroyed: 1, records_removed: 3, objects_removed: 1 })
    // Looked for where it had been, and nowhere else.
    expect(certificate.checks).toEqual([
      { store: 'keys', read: 1, found: 0 },
      { store: 'records', read: 3, found: 0 },
      { store: 'jobs', read: 1, found: 0 },
      { store: 'objects', read: 1, found: 0 },
    ])
    expect(certificate.last_copy_gone).toBe('2026-11-30')
    const mine = await studio.gate.open('keep_media', li, { by: 'self' })
    expect((await mine.item.list()).map(({ id }) => id)).toEqual([stays.item])
    expect(await studio.objects.has(gone.object)).toBe(false)
    await expect(studio.keys.key(li, gone.item)).rejects.toThrow(KeyGoneError)
    await using open = await studio.objects.open(stays.object, await studio.keys.key(li, stays.item))
    expect(Buffer.concat([...open.source().pieces(0, open.size)]).toString()).toBe('two')
  })

  test('a person: nothing leads to them, nothing of them is readable, others are untouched (C211)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const wang = await studio.persons.create(notice)
    await studio.lookup.claim('phone', '+8613800138000', li)
    const mine = await addObject(studio, li, 'mine')
    const theirs = await addObject(studio, wang, 'theirs')
    const certificate = await studio.erase.person(li)
    expect(certificate.checks.every(({ found }) => found === 0)).toBe(true)
    expect(await studio.lookup.find('phone', '+8613800138000')).toBeUndefined()
    expect(await studio.objects.has(mine.object)).toBe(false)
    expect(await studio.objects.has(theirs.object)).toBe(true)
    expect(await (await studio.gate.open('keep_media', wang, { by: 'self' })).item.list()).toHaveLength(1)
  })

  test('what was begun is finished at the next start, wherever it was cut off', async () => {
    await using here = await place(sort)
    let li: string
    let item: string
    let object: string
    {
      await using studio = await here.open({ work: false })
      li = await studio.persons.create(notice)
      ;({ item, object } = await addObject(studio, li, 'half erased'))
      // The intention is durable, nothing else has happened: the moment after a kill -9.
      const { HOUSE } = await import('../ledger/ledger.ts')
      await studio.ledger.append(HOUSE, 'erasure', { scope: 'item', items: [item], proof: { person: li } })
    }
    await using studio = await here.open({ work: false })
    await expect(studio.keys.key(li, item)).rejects.toThrow(KeyGoneError)
    expect(await studio.objects.has(object)).toBe(false)
    expect(await studio.db.selectFrom('record').selectAll().where('item', '=', item).execute()).toEqual([])
  })

  test('what never came to stand is swept: a key without an item, an object without a record, a record without a key', async () => {
    await using here = await place(sort)
    const orphan = randomUUID()
    let li: string
    let keyless: Awaited<ReturnType<typeof addObject>>
    {
      await using studio = await here.open({ work: false })
      li = await studio.persons.create(notice)
      const key = await studio.keys.add(li, orphan)
      await (await studio.objects.begin(orphan, key))[Symbol.asyncDispose]()
      keyless = await addObject(studio, li, 'keyless')
      await studio.keys.destroy(li, keyless.item)
    }
    await using studio = await here.open({ work: false })
    expect(await studio.keys.ids(li)).toEqual([li])
    const objects: string[] = []
    for await (const id of studio.objects.ids()) objects.push(id)
    expect(objects).toEqual([])
    expect(await studio.db.selectFrom('record').selectAll().where('item', '=', keyless.item).execute()).toEqual([])
  })

  test('a person whom a crash left without an account is swept, with every look-up that leads to them', async () => {
    await using here = await place(sort)
    const begun = randomUUID()
    let li: string
    {
      await using studio = await here.open({ work: false })
      li = await studio.persons.create(notice)
      await studio.keys.createPerson(begun)
      await studio.lookup.claim('handle', 'begun', begun)
    }
    await using studio = await here.open({ work: false })
    expect(await studio.keys.has(begun)).toBe(false)
    expect(await studio.keys.has(li)).toBe(true)
    expect(await studio.lookup.count(begun)).toEqual({ read: 0, found: 0 })
    expect(await studio.lookup.size()).toBe(1)
  })

  test('a crash in the first moments leaves drafts alone, however many: the studio starts, and they are gone', async () => {
    await using here = await place(sort)
    const begun = Array.from({ length: 3 }, () => randomUUID())
    {
      await using studio = await here.open({ work: false })
      for (const person of begun) await studio.keys.createPerson(person)
    }
    await using studio = await here.open({ work: false })
    for (const person of begun) expect(await studio.keys.has(person)).toBe(false)
    const li = await studio.persons.create(notice)
    expect(await studio.keys.isDraft(li)).toBe(false)
  })

  test('keys of people and an empty database: the studio does not start, and no key is touched', async () => {
    await using here = await place(sort)
    await using elsewhere = await place(sort)
    let li: string
    {
      await using studio = await here.open({ work: false })
      li = await studio.persons.create(notice)
    }
    const wrong = { ...elsewhere.config, keys: here.config.keys, hostKey: here.config.hostKey }
    await expect(openStudio(wrong, { work: false })).rejects.toMatchObject({ code: 'keys_without_data' })
    await using studio = await here.open({ work: false })
    expect(await studio.keys.ids(li)).toEqual([li])
  })

  test('an item goes when its time has come, not before (C153)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const due = new Date(here.time.now.getTime() + 1000)
    const { item } = await addObject(studio, li, 'for a while', due)
    expect(await studio.sweep()).toBe(0)
    here.time.now = new Date(due.getTime() + 1)
    expect(await studio.sweep()).toBe(1)
    await expect(studio.keys.key(li, item)).rejects.toThrow(KeyGoneError)
  })

  test("a guest's things join an account and stay whole; the guest is no more", async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const guest = await studio.persons.create(notice)
    const account = await studio.persons.create(notice)
    const { item, object } = await addObject(studio, guest, 'brought along')
    await studio.merge(guest, account)
    const mine = await studio.gate.open('keep_media', account, { by: 'self' })
    expect(await mine.item.get(item)).toMatchObject({ name: 'brought along' })
    await using open = await studio.objects.open(object, await studio.keys.key(account, item))
    expect(Buffer.concat([...open.source().pieces(0, open.size)]).toString()).toBe('brought along')
    expect(await studio.keys.has(guest)).toBe(false)
  })
})
