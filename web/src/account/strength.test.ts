import { expect, test } from 'vitest'
import { strengthOf } from './strength.ts'

test('rows and repeats are weak however long they are', () => {
  expect(strengthOf('')).toBe(0)
  expect(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa')).toBe(0)
  expect(strengthOf('abcdefghijklmnopqrstuvwxyz')).toBe(0)
  expect(strengthOf('12345678901')).toBe(0)
})

test('more of it is never weaker', () => {
  let last = 0
  let password = ''
  for (const part of ['tr', 'ombone', ' 7', 'Lake', '-quiet', 'xq9!']) {
    password += part
    const now = strengthOf(password)
    expect(now).toBeGreaterThanOrEqual(last)
    last = now
  }
  expect(last).toBe(4)
})
