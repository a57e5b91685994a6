import { expect, test } from 'vitest'
import { nextPart } from './next-part.ts'

const heard = [
  { start: 6, end: 8 },
  { start: 0, end: 2 },
  { start: 3, end: 5 },
]

test('one part after the other, in their order', () => {
  expect(nextPart(heard, -1, 6)).toEqual({ part: 0 })
  expect(nextPart(heard, 0, 7.99)).toEqual({ part: 0 })
  expect(nextPart(heard, 0, 8.01)).toEqual({ part: 1, to: 0 })
  expect(nextPart(heard, 1, 2)).toEqual({ part: 2, to: 3 })
  expect(nextPart(heard, 2, 5.02)).toEqual({ part: -1, to: null })
})

test('whoever goes somewhere goes on from there; out of a cut, with what follows it', () => {
  expect(nextPart(heard, 0, 4)).toEqual({ part: 2 })
  expect(nextPart(heard, 0, 2.5)).toEqual({ part: 2, to: 3 })
  expect(nextPart(heard, -1, 9)).toEqual({ part: -1, to: null })
})

test('parts that touch are gone through without a jump', () => {
  const whole = [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ]
  expect(nextPart(whole, 0, 2.01)).toEqual({ part: 1 })
})
