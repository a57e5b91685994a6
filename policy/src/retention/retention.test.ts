/** C153, C209, G2: durations are calendar time, and every kind has its time to go. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDuration,
  deadlineAt,
  isDuration,
  isKeep,
  type KindId,
  keepUntil,
  MalformedDurationError,
  parseDuration,
  policy,
  UndeclaredKindError,
} from '../index.ts'

const at = (text: string): Date => new Date(text)

describe('durations', () => {
  test.each([
    ['P30D', '2026-01-31T10:00:00Z', '2026-03-02T10:00:00.000Z'],
    ['P1M', '2026-01-31T10:00:00Z', '2026-02-28T10:00:00.000Z'],
    ['P1M', '2028-01-31T10:00:00Z', '2028-02-29T10:00:00.000Z'],
    ['P1Y', '2028-02-29T00:00:00Z', '2029-02-28T00:00:00.000Z'],
    ['P1Y6M', '2026-08-31T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['P2W', '2026-12-25T23:59:59Z', '2027-01-08T23:59:59.000Z'],
    ['PT72H', '2026-03-28T12:00:00Z', '2026-03-31T12:00:00.000Z'],
    ['P1DT12H30M5S', '2026-01-01T00:00:00Z', '2026-01-02T12:30:05.000Z'],
    ['P12M', '2026-12-31T00:00:00Z', '2027-12-31T00:00:00.000Z'],
  ])('%s after %s is %s', (duration, start, end) => {
    expect(addDuration(at(start), duration).toISOString()).toBe(end)
  })

  test.each(['', 'P', 'PT', 'P1', '30D', 'P-1D', 'P1.5D', 'P1DT', 'PT1D', 'P1D1Y', 'p1d', ' P1D', 'P1D '])(
    '%j is no duration',
    (text) => {
      expect(isDuration(text)).toBe(false)
      expect(() => parseDuration(text)).toThrow(MalformedDurationError)
    },
  )

  test('reads back every duration that is written', () => {
    const parts = fc.record({ Y: fc.nat(99), M: fc.nat(99), D: fc.nat(999), H: fc.nat(99), S: fc.nat(999) })
    const property = fc.property(parts, ({ Y, M, D, H, S }) => {
      expect(parseDuration(`P${Y}Y${M}M${D}DT${H}H${S}S`)).toEqual({
        years: Y,
        months: M,
        days: D,
        seconds: H * 3600 + S,
      })
    })
    fc.assert(property)
  })

  test('days are days, whatever month they fall in', () => {
    const property = fc.property(
      fc.date({ min: at('2000-01-01'), max: at('2100-01-01'), noInvalidDate: true }),
      fc.nat(4000),
      (start, days) => {
        expect(addDuration(start, `P${days}D`).getTime() - start.getTime()).toBe(days * 86_400_000)
      },
    )
    fc.assert(property)
  })
})

test('a keep is a word of the language or a duration', () => {
  for (const good of ['account', 'until_erased', 'request', 'setting:keep_recordings', 'P7D'])
    expect(isKeep(good)).toBe(true)
  for (const bad of ['forever', 'setting:', 'setting:X', '7 days', '', undefined, 7]) expect(isKeep(bad)).toBe(false)
})

describe('keepUntil', () => {
  const made = at('2026-11-23T10:00:00Z')

  test('a recording stays until it is erased, or as long as the person says', () => {
    for (const kind of ['item', 'media', 'transcript', 'edit', 'timeline', 'task'] as const) {
      expect(keepUntil(kind, made)).toBeNull()
      expect(keepUntil(kind, made, { keep_recordings: 'until_erased' })).toBeNull()
      expect(keepUntil(kind, made, { keep_recordings: 'P30D' })).toEqual(at('2026-12-23T10:00:00Z'))
    }
  })

  test('a setting that means nothing counts as its default, so that nothing is erased by a slip', () => {
    for (const keep_recordings of ['soon', '', 7, null, 'account', 'P']) {
      expect(keepUntil('item', made, { keep_recordings })).toBeNull()
    }
  })

  test('sessions, unfinished uploads and accounts have their own times', () => {
    expect(keepUntil('session', made, { keep_recordings: 'P1D' })).toEqual(at('2026-12-23T10:00:00Z'))
    expect(keepUntil('upload', made, { keep_recordings: 'P30D' })).toEqual(at('2026-11-30T10:00:00Z'))
    expect(keepUntil('account', made)).toBeNull()
    expect(keepUntil('consent', made, { keep_recordings: 'P1D' })).toBeNull()
  })

  test('every kind has an answer, and an undeclared one has none', () => {
    for (const kind of Object.keys(policy.kinds) as KindId[]) {
      const due = keepUntil(kind, made)
      expect(due === null || due > made).toBe(true)
    }
    for (const undeclared of ['diary', 'constructor'] as unknown as KindId[]) {
      expect(() => keepUntil(undeclared, made)).toThrow(UndeclaredKindError)
    }
  })
})

test('C209, C218, G2: answers take 15 calendar days at the most; C189, C191: breaches 72 and 4 hours', () => {
  const start = at('2026-12-20T08:00:00Z')
  for (const id of ['account_end', 'complaint_answer', 'request_answer'] as const) {
    expect(deadlineAt(id, start)).toEqual(at('2027-01-04T08:00:00Z'))
  }
  expect(deadlineAt('breach_person', start)).toEqual(at('2026-12-23T08:00:00Z'))
  expect(deadlineAt('breach_authority_cn', start)).toEqual(at('2026-12-20T12:00:00Z'))
})
