/**
 * C194, C207-C211, C215: freezing, thawing, cancelling, taking back and the passing of time in any order, with a crash
 * before any of the writes of any step and the step tried again: the account always stands where the model says.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { Crash, crashAt } from '../../testing/faults.ts'
import { addObject, notice, type Place, place } from '../../testing/studio.ts'
import type { Studio } from '../studio.ts'

const DAY = 86_400_000
const GRACE = 7 * DAY

/** What is true of an account, said without looking at any store. */
interface Model {
  state: 'live' | 'frozen' | 'cancelling' | 'ended'
  since: number
}
interface Real {
  readonly here: Place
  readonly studio: Studio
  readonly person: string
  ticket: string | undefined
}
type Act = 'freeze' | 'thaw' | 'cancel' | 'takeBack' | 'sweep' | 'taken'
interface Step {
  readonly act: Act
  /** Days that pass before it. */
  readonly days: number
  /** Before which write it crashes the first time; 0 = it does not. */
  readonly crash: number
}

const steps = fc.array(
  fc.record({
    act: fc.constantFrom<Act>('freeze', 'thaw', 'cancel', 'cancel', 'takeBack', 'sweep', 'sweep', 'sweep', 'taken'),
    days: fc.constantFrom(0, 1, 3, 7, 7),
    crash: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 3, maxLength: 9 },
)

/** The model after an act; `undefined` where the act is refused. */
function after(model: Model, act: Act, now: number): Model | undefined {
  const { state, since } = model
  const over = state === 'cancelling' && now >= since + GRACE
  if (act === 'sweep') return over ? { state: 'ended', since } : model
  if (state === 'ended') return undefined
  if (act === 'freeze' || act === 'taken') return state === 'live' ? { state: 'frozen', since } : model
  if (act === 'thaw') return state === 'cancelling' ? undefined : { state: 'live', since }
  if (act === 'cancel') return state === 'cancelling' ? undefined : { state: 'cancelling', since: now }
  return state === 'cancelling' && !over ? { state: 'live', since } : undefined
}

async function perform({ studio, person }: Real, act: Act): Promise<string | undefined> {
  if (act === 'sweep') await studio.sweep()
  else if (act === 'cancel') return (await studio.rights.cancel(person, 'delete')).ticket
  else await studio.rights[act](person)
  return undefined
}

/** Looks at everything that can be seen of the account from outside. */
async function look({ studio, person, ticket, here }: Real, model: Model): Promise<void> {
  const gate = await studio.gate.ask('keep_media', person).then(
    () => 'open',
    (error: { code: string }) => error.code,
  )
  expect(gate).toBe({ live: 'open', frozen: 'frozen', cancelling: 'frozen', ended: 'erased' }[model.state])
  const open = await studio.rights.requests({ person, open: true })
  expect(open.map(({ right }) => right)).toEqual(model.state === 'cancelling' ? ['cancel'] : [])
  const running = (await studio.queue.of(person, { open: true })).length
  if (model.state !== 'live') expect(running).toBe(0)
  if (model.state !== 'ended') return
  expect(await studio.db.selectFrom('record').select('id').where('person', '=', person).execute()).toEqual([])
  expect(await studio.keys.has(person)).toBe(false)
  const found = ticket === undefined ? undefined : await studio.rights.ticket(ticket)
  if (found === undefined) return
  expect(found.state).toBe('ended')
  if (found.state !== 'ended') return
  expect(found.certificate.checks.every((check) => check.found === 0)).toBe(true)
  expect(new Date(found.certificate.at).getTime()).toBeLessThanOrEqual(here.time.now.getTime())
}

test.each(sorts)('any order of acts, any crash and retry, on %s', async (sort) => {
  await using here = await place(sort)
  await using studio = await here.open({ work: false })
  const reached = { ended: 0, crashed: 0 }
  await fc.assert(
    fc.asyncProperty(steps, async (plan: Step[]) => {
      const person = await studio.persons.create(notice)
      await addObject(studio, person, 'sound')
      const real: Real = { here, studio, person, ticket: undefined }
      let model: Model = { state: 'live', since: 0 }
      for (const { act, days, crash } of plan) {
        here.time.now = new Date(here.time.now.getTime() + days * DAY)
        const next = after(model, act, here.time.now.getTime())
        let crashed = false
        if (crash > 0) {
          const fault = crashAt(studio, crash)
          try {
            real.ticket = (await perform(real, act)) ?? real.ticket
          } catch (error) {
            if (!(error instanceof Crash) && next !== undefined) throw error
            crashed = error instanceof Crash
          } finally {
            fault[Symbol.dispose]()
          }
          // What a dead process remembered is gone with it.
          await studio.standings.changed(person)
        }
        if (crash === 0 || crashed) {
          try {
            real.ticket = (await perform(real, act)) ?? real.ticket
            // An act that was cut off after its last write has been done already.
            if (next === undefined && !crashed) throw new Error(`${act} was not refused`)
          } catch (error) {
            if (!['request_ended', 'erased'].includes((error as { code?: string }).code ?? '')) throw error
            if (next !== undefined && !crashed) throw error
          }
        }
        if (crashed) reached.crashed++
        if (next?.state === 'ended' && model.state !== 'ended') reached.ended++
        model = next ?? model
        await look(real, model)
      }
      // However it went: with time, nothing is overdue.
      here.time.now = new Date(here.time.now.getTime() + 20 * DAY)
      await studio.sweep()
      expect(await studio.rights.requests({ open: true })).toEqual([])
    }),
    { numRuns: 30 },
  )
  // A plan that never came to an end, or met no crash, would show nothing.
  expect(reached.ended).toBeGreaterThan(0)
  expect(reached.crashed).toBeGreaterThan(5)
})
