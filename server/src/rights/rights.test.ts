/** C194, C207-C214, G17, C154: freezing, objecting, decisions and ending an account, with a clock that the test turns. */
import { type PurposeId, policy, REFUSALS } from '@sotto/policy'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, notice, place } from '../../testing/studio.ts'
import { soleId } from '../account/derived-id.ts'

const DAY = 86_400_000
const later = (here: { time: { now: Date } }, days: number) => {
  here.time.now = new Date(here.time.now.getTime() + days * DAY)
}

describe.each(sorts)('rights on %s', (sort) => {
  test('frozen: kept sealed, used for nothing; old grants are dead, waiting work ends; thawed, all is as before (C194)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const { item } = await addObject(studio, li, 'kept')
    const old = await studio.gate.open('keep_media', li, { by: 'self' })
    await studio.rights.freeze(li)
    await studio.rights.freeze(li)
    for (const purpose of Object.keys(policy.purposes) as PurposeId[]) {
      const declared = policy.purposes[purpose]
      if ('while_frozen' in declared || !(declared.by as readonly string[]).includes('subject')) continue
      await expect(studio.gate.ask(purpose, li), purpose).rejects.toMatchObject({
        code: 'frozen',
        clause: REFUSALS.frozen,
      })
    }
    await expect(old.item.list()).rejects.toMatchObject({ code: 'frozen' })
    expect((await studio.queue.of(li)).map(({ state, problem }) => [state, problem])).toEqual([
      ['refused', 'account_frozen'],
    ])
    // Its own rights stay.
    const mine = await studio.gate.open('own_rights', li, { by: 'self' })
    expect((await mine.item.list()).map(({ id }) => id)).toEqual([item])
    await studio.rights.thaw(li)
    expect(await (await studio.gate.open('keep_media', li, { by: 'self' })).item.list()).toHaveLength(1)
    const steps = []
    for await (const { content } of studio.ledger.of(li, 'right')) steps.push([content.right, content.state])
    expect(steps.reverse()).toEqual([
      ['freeze', 'in_progress'],
      ['freeze', 'revoked'],
    ])
  })

  test('taken: frozen and signed out everywhere; a password that may be known no longer opens what a number opens (C194)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const mine = await studio.gate.open('sign_in', li, { by: 'self' })
    await mine.identifier.add({ phone_number: '+8613800138000', verified_at: here.time.now.toISOString() })
    await mine.credential.add({ password_hash: 'x' }, { id: soleId(li, 'credential'), state: 'password' })
    const at = here.time.now.toISOString()
    for (let n = 0; n < 3; n++) await mine.session.add({ started_at: at, seen_at: at })
    await studio.rights.taken(li)
    expect(await studio.rights.state(li)).toBe('frozen')
    const own = await studio.gate.open('own_rights', li, { by: 'self' })
    expect(await own.session.list()).toEqual([])
    const [credential] = await own.credential.list()
    expect(credential).toMatchObject({ state: 'none' })
    expect(credential?.password_hash).toBeUndefined()
  })

  test('an objection is granted at once: the gate refuses the use, what was kept for it goes; taken back, it may run (C214)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const wang = await studio.persons.create(notice)
    const at = here.time.now.toISOString()
    const session = await (await studio.gate.open('sign_in', li, { by: 'self' })).session.add({
      agent: 'Firefox',
      started_at: at,
      seen_at: at,
    })
    await studio.rights.setObjection(li, 'security', true)
    await expect(studio.gate.ask('security', li)).rejects.toMatchObject({ code: 'objected' })
    await studio.gate.ask('security', wang)
    const own = await studio.gate.open('own_rights', li, { by: 'self' })
    expect((await own.session.get(session))?.agent).toBeUndefined()
    await expect(studio.rights.setObjection(li, 'keep_media', true)).rejects.toMatchObject({ code: 'not_found' })
    await studio.rights.setObjection(li, 'security', false)
    await studio.gate.ask('security', li)
  })

  test('a decision is told with its reason, counted where it repeats, reviewed by a person in 15 days, and gone after its time (C153, C218)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    await studio.rights.note(li, 'sign_in_locked')
    await studio.rights.note(li, 'sign_in_locked')
    await studio.rights.note(li, 'file_refused', 'media_unreadable')
    const decisions = await studio.rights.decisions(li)
    expect(decisions.map(({ code, count, reason }) => [code, count, reason]).sort()).toEqual([
      ['file_refused', 1, 'media_unreadable'],
      ['sign_in_locked', 2, null],
    ])
    const locked = decisions.find(({ code }) => code === 'sign_in_locked')
    await studio.rights.askReview(li, locked?.id ?? '', 'That was not me.')
    await studio.rights.askReview(li, locked?.id ?? '', 'Again.')
    const [request] = await studio.rights.requests({ person: li })
    expect(request).toMatchObject({ right: 'review', state: 'in_progress' })
    expect(await studio.rights.alarmed()).toEqual([])
    later(here, 10)
    expect(await studio.rights.alarmed()).toHaveLength(1)
    expect(await studio.rights.read(li, request?.id ?? '')).toEqual({
      about: locked?.id,
      words: 'That was not me.',
      decision: { code: 'sign_in_locked', reason: null, count: 2 },
    })
    await studio.rights.answer(li, request?.id ?? '', 'fulfil', 'You were right; the lock is lifted.')
    await expect(studio.rights.answer(li, request?.id ?? '', 'deny', 'No.')).rejects.toMatchObject({
      code: 'request_ended',
    })
    const answered = (await studio.rights.decisions(li)).find(({ id }) => id === locked?.id)
    expect(answered?.review).toMatchObject({ state: 'fulfilled', answer: 'You were right; the lock is lifted.' })
    // The person sees that somebody of the host looked (C176).
    const openers = []
    for await (const { content } of studio.ledger.of(li, 'opening')) openers.push(content.by)
    expect(openers).toContain('operator')
    later(here, 171)
    await studio.sweep()
    expect(await studio.rights.decisions(li)).toEqual([])
  })

  test('cancelled: at once out and still, seven days to come back, then gone, with a certificate for whoever has the ticket (C207-C212)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    await studio.lookup.claim('phone', '+8613800138000', li)
    const { object } = await addObject(studio, li, 'mine')
    // Used until this moment: what was granted then is dead at once.
    await studio.gate.ask('keep_media', li)
    const first = await studio.rights.cancel(li, 'delete')
    expect(first.request).toMatchObject({ right: 'cancel', state: 'in_progress' })
    expect(first.request.due_at).toEqual(new Date(here.time.now.getTime() + 15 * DAY))
    await expect(studio.gate.ask('keep_media', li)).rejects.toMatchObject({ code: 'frozen' })
    await expect(studio.rights.thaw(li)).rejects.toMatchObject({ code: 'request_ended' })
    await expect(studio.rights.cancel(li, 'delete')).rejects.toMatchObject({ code: 'request_ended' })
    later(here, 6)
    await studio.sweep()
    await studio.rights.takeBack(li)
    await studio.gate.ask('keep_media', li)
    expect(await studio.rights.ticket(first.ticket)).toMatchObject({ state: 'revoked' })

    const { ticket } = await studio.rights.cancel(li, 'anonymise')
    later(here, 6)
    await studio.sweep()
    expect(await studio.rights.ticket(ticket)).toMatchObject({ state: 'waiting', holds: [] })
    later(here, 1)
    await expect(studio.rights.takeBack(li)).rejects.toMatchObject({ code: 'request_ended' })
    expect(await studio.sweep()).toBe(1)
    const ended = await studio.rights.ticket(ticket)
    expect(ended).toMatchObject({ state: 'ended', certificate: { scope: 'everything', objects_removed: 1 } })
    expect(ended?.state === 'ended' && ended.certificate.checks.every(({ found }) => found === 0)).toBe(true)
    expect(await studio.keys.has(li)).toBe(false)
    expect(await studio.objects.has(object)).toBe(false)
    expect(await studio.lookup.find('phone', '+8613800138000')).toBeUndefined()
    expect(await studio.rights.ticket('a ticket of nothing at all')).toBeUndefined()
  })

  test('by letter: nothing happens before it is clear who wrote it, in three days at most; then the clock runs as for any other (C200, C208, C209, C220)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const { rights } = studio
    const li = await studio.persons.create(notice)
    await addObject(studio, li, 'mine')
    const stands = async (state: string) => {
      expect(await rights.state(li)).toBe(state)
      if (state === 'live') await studio.gate.ask('keep_media', li)
    }
    // Nobody made sure: it lapses after three days, and the account never changed.
    const lapsing = await rights.receive(li, 'delete')
    expect(lapsing.request).toMatchObject({ state: 'open' })
    expect(lapsing.request.due_at).toBeUndefined()
    expect(lapsing.request.check_until).toEqual(new Date(here.time.now.getTime() + 3 * DAY))
    expect(await rights.ticket(lapsing.ticket)).toMatchObject({ state: 'checking' })
    await expect(rights.receive(li, 'delete')).rejects.toMatchObject({ code: 'request_ended' })
    await stands('live')
    // Its last day is told to the host.
    later(here, 1.9)
    expect(await rights.alarmed()).toEqual([])
    later(here, 0.2)
    expect((await rights.alarmed()).map(({ id }) => id)).toEqual([lapsing.request.id])
    later(here, 1)
    await expect(rights.verify(lapsing.request.id, 'called back')).rejects.toMatchObject({ code: 'request_ended' })
    expect(await rights.ticket(lapsing.ticket)).toMatchObject({ state: 'lapsed' })
    await stands('live')

    // The sweep does the same by itself.
    const left = await rights.receive(li, 'delete')
    later(here, 3.1)
    await studio.sweep()
    expect(await rights.ticket(left.ticket)).toMatchObject({ state: 'lapsed' })

    // Not me: taken back by whoever is signed in. A frozen account stays frozen.
    await rights.freeze(li)
    const false_ = await rights.receive(li, 'delete')
    await rights.takeBack(li)
    expect(await rights.ticket(false_.ticket)).toMatchObject({ state: 'revoked' })
    await stands('frozen')
    await rights.thaw(li)

    // Signed in they say it themself: the letter is overtaken.
    const overtaken = await rights.receive(li, 'delete')
    const own = await rights.cancel(li, 'delete')
    expect(await rights.ticket(overtaken.ticket)).toMatchObject({ state: 'revoked' })
    expect(await rights.ticket(own.ticket)).toMatchObject({ state: 'waiting' })
    await rights.takeBack(li)

    // Made sure on the second day: out and still at once, seven days of grace, done by the fifteenth from then.
    const letter = await rights.receive(li, 'delete')
    later(here, 2)
    const verified = await rights.verify(letter.request.id, 'called back on the number')
    const at = here.time.now.getTime()
    expect(verified).toMatchObject({ state: 'in_progress', verified_at: here.time.now })
    expect(verified.grace_until).toEqual(new Date(at + 7 * DAY))
    expect(verified.due_at).toEqual(new Date(at + 15 * DAY))
    await stands('ending')
    await expect(rights.verify(letter.request.id, 'again')).rejects.toMatchObject({ code: 'request_ended' })
    const steps = []
    for await (const { content } of studio.ledger.of(li, 'right')) steps.push([content.state, content.why])
    expect(steps.slice(0, 2)).toEqual([
      ['in_progress', 'called back on the number'],
      ['open', 'by_letter'],
    ])
    later(here, 6.9)
    await studio.sweep()
    expect(await rights.ticket(letter.ticket)).toMatchObject({ state: 'waiting' })
    later(here, 0.2)
    await studio.sweep()
    expect(await rights.ticket(letter.ticket)).toMatchObject({ state: 'ended' })
    expect(await studio.keys.has(li)).toBe(false)
  })

  test('what a law keeps stays, sealed and unused, until its day; everything else of the account goes on time (C154, C212, G27)', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const kept = await addObject(studio, li, 'kept by law', new Date(here.time.now.getTime() + DAY))
    const mine = await studio.gate.open('account', li, { by: 'self' })
    await mine.setting.add({ keep_recordings: 'P1D' })
    const until = new Date(here.time.now.getTime() + 100 * DAY)
    await expect(
      studio.retention.hold({ person: li, kinds: ['item', 'media'], citation: ' ', until }),
    ).rejects.toMatchObject({ code: 'bad_request' })
    await expect(
      studio.retention.hold({ person: li, kinds: ['face'], citation: 'Law 1', until }),
    ).rejects.toMatchObject({ code: 'bad_request' })
    const hold = await studio.retention.hold({
      person: li,
      kinds: ['item', 'media'],
      citation: 'Example Act 31',
      until,
    })
    await expect(studio.erase.item(li, kept.item)).rejects.toMatchObject({ code: 'held_by_law' })
    await expect(studio.erase.person(li)).rejects.toMatchObject({ code: 'held_by_law' })
    later(here, 2)
    await studio.sweep()
    expect(await studio.objects.has(kept.object)).toBe(true)
    const before = await studio.rights.cancel(li, 'delete')
    await studio.rights.takeBack(li)
    const { ticket, holds } = await studio.rights.cancel(li, 'delete')
    expect(holds).toMatchObject([{ id: hold.id, citation: 'Example Act 31', until }])
    later(here, 7)
    await studio.sweep()
    expect(await studio.rights.ticket(ticket)).toMatchObject({ state: 'held', holds: [{ citation: 'Example Act 31' }] })
    const kinds = await studio.db.selectFrom('record').select('kind').where('person', '=', li).distinct().execute()
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['account', 'hold', 'item', 'media', 'request'])
    await expect(studio.gate.ask('keep_media', li)).rejects.toMatchObject({ code: 'frozen' })
    later(here, 92)
    await studio.sweep()
    await studio.sweep()
    expect(await studio.rights.ticket(ticket)).toMatchObject({ state: 'ended' })
    // The one that was taken back leads to nothing any more.
    expect(await studio.rights.ticket(before.ticket)).toBeUndefined()
    expect(await studio.objects.has(kept.object)).toBe(false)
    expect(await studio.keys.has(li)).toBe(false)
  })
})
