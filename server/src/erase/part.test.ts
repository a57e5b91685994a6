/** C211, C214: a category or a purpose goes, the rest of the account stays, a law can hold it, and the answer is a new look. */
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, notice, place } from '../../testing/studio.ts'

describe.each(sorts)('erasing a part on %s', (sort) => {
  test('a category: words go and sound stays; a name goes and the handle stays; recordings go by their keys', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const wang = await studio.persons.create(notice)
    const people = await Promise.all(
      [li, wang].map(async (person) => {
        const { item, object } = await addObject(studio, person, 'sound')
        const keeping = await studio.gate.open('keep_media', person, { by: 'self' })
        await keeping.transcript.add(
          { language: 'en', model: 'base', duration: 1, segments: [], complete: true },
          { item },
        )
        const mine = await studio.gate.open('account', person, { by: 'self' })
        const [account] = await mine.account.list()
        await mine.account.change(account?.id ?? '', { display_name: 'Li', age_band: 'adult' })
        return { item, object }
      }),
    )
    const words = await studio.erase.part(li, { category: 'user.content.transcript' })
    expect(words).toMatchObject({ items: 0, records: 1 })
    expect(words.checks.every(({ found }) => found === 0)).toBe(true)
    const own = await studio.gate.open('own_rights', li, { by: 'self' })
    expect(await own.transcript.list()).toEqual([])
    expect(await own.item.list()).toHaveLength(1)

    expect(await studio.erase.part(li, { category: 'user.name' })).toMatchObject({ fields: 1 })
    expect(await studio.erase.part(li, { category: 'user.name' })).toMatchObject({ fields: 0 })
    const [account] = await own.account.list()
    expect(account?.display_name).toBeUndefined()
    expect(account).toMatchObject({ age_band: 'adult', handle: expect.any(String) })

    expect(await studio.erase.part(li, { purpose: 'keep_media' })).toMatchObject({ items: 1 })
    expect(await studio.keys.ids(li)).toEqual([li])
    expect(await studio.objects.has(people[0]?.object ?? '')).toBe(false)
    await studio.gate.ask('keep_media', li)
    // Nobody else lost anything.
    const theirs = await studio.gate.open('own_rights', wang, { by: 'self' })
    expect(await theirs.transcript.list()).toHaveLength(1)
    expect((await theirs.account.list())[0]?.display_name).toBe('Li')
    expect(await studio.objects.has(people[1]?.object ?? '')).toBe(true)
  })

  test('what ends with the account alone is refused, and so is what a law keeps (C154)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const { item } = await addObject(studio, li, 'kept')
    for (const part of [{ category: 'user.account.username' }, { category: 'nothing' }, { purpose: 'prove' }])
      await expect(studio.erase.part(li, part)).rejects.toMatchObject({ code: 'not_found' })
    const until = new Date(here.time.now.getTime() + 1e9)
    await studio.retention.hold({ person: li, kinds: ['item'], citation: 'Example Act 31', until })
    await expect(studio.erase.part(li, { category: 'user.content.recording' })).rejects.toMatchObject({
      code: 'held_by_law',
    })
    expect(await studio.keys.ids(li)).toContain(item)
  })
})
