import { expect, test } from 'vitest'
import { stoppedClock } from '../../testing/visit.ts'
import { backoff, limiter, networkOf } from './limits.ts'

test('a window lets so many through and says how long to wait for the next', () => {
  const clock = stoppedClock()
  const limit = limiter([{ most: 2, within: 10_000 }], clock.now)
  expect(limit.take('a')).toBeUndefined()
  clock.goOn(4_000)
  expect(limit.take('a')).toBeUndefined()
  expect(limit.take('a')).toBe(6)
  expect(limit.take('b')).toBeUndefined()
  clock.goOn(6_000)
  expect(limit.take('a')).toBeUndefined()
  expect(limit.take('a')).toBe(4)
})

test('the longer window counts too, and what was refused does not', () => {
  const clock = stoppedClock()
  const windows = [
    { most: 1, within: 1_000 },
    { most: 2, within: 60_000 },
  ]
  const limit = limiter(windows, clock.now)
  expect(limit.take('a')).toBeUndefined()
  for (let tries = 0; tries < 5; tries++) expect(limit.take('a')).toBe(1)
  clock.goOn(1_000)
  expect(limit.take('a')).toBeUndefined()
  clock.goOn(1_000)
  expect(limit.take('a')).toBe(58)
})

test('a lock-out waits longer with each try, counts tries made at once, and ends with a right one', () => {
  const clock = stoppedClock()
  const guesses = backoff(clock.now)
  const tries = Array.from({ length: 50 }, () => guesses.begin('a'))
  expect(tries.filter((wait) => wait === undefined)).toHaveLength(5)
  expect(tries.at(-1)).toBe(30)
  clock.goOn(30_000)
  expect(guesses.begin('a')).toBeUndefined()
  expect(guesses.begin('a')).toBe(60)
  clock.goOn(60_000)
  expect(guesses.begin('a')).toBeUndefined()
  guesses.clear('a')
  expect(guesses.begin('a')).toBeUndefined()
  expect(guesses.begin('a')).toBeUndefined()
  for (let more = 0; more < 20; more++) {
    guesses.begin('b')
    clock.goOn(15 * 60_000)
  }
  expect(guesses.begin('b')).toBeUndefined()
  expect(guesses.begin('b')).toBe(15 * 60)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('%s belongs to the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
