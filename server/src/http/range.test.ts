import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { rangeOf } from './range.ts'

test.each([
  [undefined, { start: 0, end: 100, partial: false }],
  ['bytes=0-', { start: 0, end: 100, partial: true }],
  ['bytes=10-19', { start: 10, end: 20, partial: true }],
  ['bytes=90-1000', { start: 90, end: 100, partial: true }],
  ['bytes=-5', { start: 95, end: 100, partial: true }],
  ['bytes=-500', { start: 0, end: 100, partial: true }],
  ['bytes=0-1,5-6', { start: 0, end: 100, partial: false }],
  ['seconds=0-1', { start: 0, end: 100, partial: false }],
])('%s of 100 bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})

test.each(['bytes=100-', 'bytes=20-10', 'bytes=-0'])('%s of 100 bytes cannot be', (header) => {
  expect(() => rangeOf(header, 100)).toThrow(Problem)
})
