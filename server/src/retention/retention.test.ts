/** C153, C154: nothing is older than its keep, unless a hold with a citation (or the person's own freeze) covers it. */
import { keepUntil } from '@sotto/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, notice, place } from '../../testing/studio.ts'
import { retentionPlan } from './plan.ts'

const DAY = 86_400_000
const people = fc.array(
  fc.record({
    /** Days after which each recording is due; none = until erased. */
    recordings: fc.array(fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }), { maxLength: 3 }),
    /** Days for which the items are held. */
    held: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
    frozen: fc.boolean(),
    /** A decision noted without a date of its own. */
    undated: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)

test('every kind of records goes in one way, and those with a time of their own are swept', () => {
  const going = Object.fromEntries(retentionPlan.map(({ kind, going }) => [kind, going]))
  expect(going).toMatchObject({ item: 'item', upload: 'item', session: 'row', decision: 'row', share: 'row' })
  expect(going).toMatchObject({ account: 'with_its_holder', transcript: 'with_its_holder', request: 'with_its_holder' })
})

describe.each(sorts)('retention on %s', (sort) => {
  test('after any time and a sweep, what is left is in its time, held or frozen; what was not yet due is there', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    await fc.assert(
      fc.asyncProperty(
        people,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
        async (all, steps) => {
          const began = here.time.now
          const made = await Promise.all(
            all.map(async ({ recordings, held, frozen, undated }) => {
              const person = await studio.persons.create(notice)
              const items = await Promise.all(
                recordings.map(async (days) => {
                  const due = days === null ? null : new Date(began.getTime() + days * DAY)
                  return { due, ...(await addObject(studio, person, 'sound', due)) }
                }),
              )
              if (undated) {
                await studio.rights.note(person, 'work_limited')
                await studio.db.updateTable('record').set({ due_at: null }).where('kind', '=', 'decision').execute()
              }
              const until = held === null ? began : new Date(began.getTime() + held * DAY)
              if (held !== null)
                await studio.retention.hold({ person, kinds: ['item'], citation: 'Example Act 31', until })
              if (frozen) await studio.rights.freeze(person)
              return { person, items, until, frozen }
            }),
          )
          for (const days of steps) {
            here.time.now = new Date(here.time.now.getTime() + days * DAY)
            const { now } = here.time
            await studio.sweep()
            expect(await studio.retention.overdue()).toEqual([])
            for (const { person, items, until, frozen } of made) {
              const keys = await studio.keys.ids(person)
              for (const { item, object, due } of items) {
                const stays = due === null || due > now || until > now || frozen
                expect(keys.includes(item)).toBe(stays)
                expect(await studio.objects.has(object)).toBe(stays)
              }
            }
            const decisions = await studio.db.selectFrom('record').selectAll().where('kind', '=', 'decision').execute()
            for (const { created_at } of decisions)
              expect((keepUntil('decision', created_at) as Date).getTime()).toBeGreaterThan(now.getTime())
          }
        },
      ),
      { numRuns: 8 },
    )
  })
})
