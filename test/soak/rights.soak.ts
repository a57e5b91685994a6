/**
 * Rights of many people at once: a tenth of them cancel, freeze, object, ask for a review, erase a part or take everything
 * away, all together; then the clocks go on by 20 days. None overdue, none lost, none for the wrong person (C209, C218).
 */
import type { Studio } from '@sotto/server'
import { archiveOf } from '@sotto/server'
import { sorts } from '@sotto/server/testing/databases'
import { addObject, notice, place } from '@sotto/server/testing/studio'
import { expect, test } from 'vitest'

const people = Number(process.env.RIGHTS ?? 200)
const AT_ONCE = 32
const DAY = 86_400_000
const ACTS = ['cancel', 'cancel_back', 'freeze', 'object', 'review', 'part', 'archive', 'cancel_held'] as const
type Act = (typeof ACTS)[number]

interface Person {
  readonly id: string
  readonly item: string
  readonly text: string
  readonly act: Act | undefined
  ticket?: string
}

async function together<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<number> {
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < list.length) await work(list[next++] as T)
    }),
  )
  return (performance.now() - began) / 1000
}

async function make(studio: Studio, count: number, from: number): Promise<{ made: Person[]; seconds: number }> {
  const made: Person[] = []
  const seconds = await together(
    Array.from({ length: count }, (_, n) => from + n),
    async (n) => {
      const id = await studio.persons.create(notice)
      const text = `recording of person ${n}`
      const { item } = await addObject(studio, id, text)
      made.push({ id, item, text, act: n % 10 === 0 ? ACTS[(n / 10) % ACTS.length] : undefined })
    },
  )
  return { made, seconds }
}

async function use(studio: Studio, person: Person, now: Date): Promise<void> {
  const { rights } = studio
  const { id, act } = person
  if (act === 'freeze') await rights.freeze(id)
  else if (act === 'object') await rights.setObjection(id, 'security', true)
  else if (act === 'part') await studio.erase.part(id, { category: 'user.content.recording' })
  else if (act === 'archive') {
    let whole = Buffer.alloc(0)
    for await (const piece of archiveOf(studio, id, { locale: 'en' })) whole = Buffer.concat([whole, piece])
    expect(whole.includes(person.text)).toBe(true)
    expect(
      [...whole.toString('latin1').matchAll(/recording of person \d+/g)].every(([text]) => text === person.text),
    ).toBe(true)
  } else if (act === 'review') {
    await rights.note(id, 'sign_in_locked')
    const [decision] = await rights.decisions(id)
    await rights.askReview(id, decision?.id ?? '', person.text)
  } else if (act !== undefined) {
    if (act === 'cancel_held') {
      const until = new Date(now.getTime() + 15 * DAY)
      await studio.retention.hold({ person: id, kinds: ['item', 'media'], citation: 'Example Act 31', until })
    }
    person.ticket = (await rights.cancel(id, 'delete')).ticket
  }
}

/** Everybody stands as they asked, and nobody else changed. */
async function look(studio: Studio, person: Person): Promise<void> {
  const { id, act, item, text } = person
  const gone = act === 'cancel' || act === 'cancel_held'
  expect(await studio.keys.has(id), `${act}`).toBe(!gone)
  if (gone) {
    expect(await studio.rights.ticket(person.ticket ?? '')).toMatchObject({ state: 'ended' })
    return
  }
  expect(await studio.rights.state(id)).toBe(act === 'freeze' ? 'frozen' : 'live')
  expect(await studio.rights.objections(id)).toEqual(act === 'object' ? ['security'] : [])
  const own = await studio.gate.open('own_rights', id, { by: 'self' })
  expect((await own.item.list()).map(({ name }) => name)).toEqual(act === 'part' ? [] : [text])
  expect((await studio.keys.ids(id)).includes(item)).toBe(act !== 'part')
}

test.each(sorts)('on %s', { timeout: 6 * 3_600_000 }, async (sort) => {
  await using here = await place(sort)
  await using studio = await here.open({ work: false })
  const all: Person[] = []
  for (const share of [0.1, 1]) {
    const began = performance.now()
    const { made, seconds } = await make(studio, Math.round(people * share) - all.length, all.length)
    all.push(...made)
    const asking = made.filter(({ act }) => act !== undefined)
    const asked = await together(asking, (person) => use(studio, person, here.time.now))
    here.time.now = new Date(here.time.now.getTime() + 3 * DAY)
    await together(
      asking.filter(({ act }) => act === 'cancel_back'),
      ({ id }) => studio.rights.takeBack(id),
    )
    here.time.now = new Date(here.time.now.getTime() + 4 * DAY)
    const first = performance.now()
    await studio.sweep()
    const swept = (performance.now() - first) / 1000
    // Reviews are a person's work: the host is warned of each from day 10, and answers.
    here.time.now = new Date(here.time.now.getTime() + 3 * DAY)
    const warned = await studio.rights.alarmed()
    expect(warned).toHaveLength(asking.filter(({ act }) => act === 'review').length)
    await together(warned, async ({ person, id }) => {
      const read = await studio.rights.read(person, id)
      expect(read?.words).toBe(all.find((one) => one.id === person)?.text)
      await studio.rights.answer(person, id, 'fulfil', 'Looked at.')
    })
    here.time.now = new Date(here.time.now.getTime() + 10 * DAY)
    await studio.sweep()
    await studio.sweep()
    expect(await studio.rights.requests({ open: true })).toEqual([])
    expect(await studio.retention.overdue()).toEqual([])
    await together(all, (person) => look(studio, person))
    console.log(
      `soak rights ${sort}: ${all.length} people, ${asking.length} rights at once; made in ${seconds.toFixed(1)} s, rights ${asked.toFixed(1)} s (${((asked / Math.max(1, asking.length)) * 1000).toFixed(1)} ms each), sweep ${swept.toFixed(1)} s, whole round ${((performance.now() - began) / 1000).toFixed(0)} s, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    )
  }
})
