import { expect, test } from 'vitest'
import { bytes, clock, languageName, parseClock, waiting } from './format.ts'

test('a clock counts minutes and hours and never shows 60 seconds', () => {
  expect(clock(0)).toBe('0:00')
  expect(clock(59.999)).toBe('0:59')
  expect(clock(190)).toBe('3:10')
  expect(clock(36_000)).toBe('10:00:00')
  expect(clock(Number.NaN)).toBe('0:00')
  expect(clock(Number.POSITIVE_INFINITY)).toBe('0:00')
  expect(clock(61.25, true)).toBe('1:01.2')
})

test('every clock with tenths reads back as the time it shows', () => {
  for (let tenths = 0; tenths < 80_000; tenths += 37)
    expect(parseClock(clock(tenths / 10, true))).toBeCloseTo(tenths / 10, 6)
})

test('what is not a time is refused', () => {
  expect(parseClock('abc')).toBeNull()
  expect(parseClock('')).toBeNull()
  expect(parseClock('1:2:3:4')).toBeNull()
  expect(parseClock('-3')).toBeNull()
  expect(parseClock('12,5')).toBe(12.5)
})

test('sizes use the largest unit above one, in both languages', () => {
  expect(bytes(999, 'en')).toBe('999 bytes')
  expect(bytes(1000, 'en')).toBe('1 kB')
  expect(bytes(52_000_000, 'en')).toBe('52 MB')
  expect(bytes(1_500_000_000, 'zh-CN')).toContain('1.5')
})

test('waiting times are whole and never zero', () => {
  expect(waiting(0, 'en')).toBe('1 second')
  expect(waiting(89, 'en')).toBe('89 seconds')
  expect(waiting(130, 'en')).toBe('3 minutes')
})

test('a language is named in the language of the page', () => {
  expect(languageName('fr', 'en')).toBe('French')
  expect(languageName('fr', 'zh-CN')).toBe('法语')
  expect(languageName('not a code', 'en')).toBe('not a code')
})
