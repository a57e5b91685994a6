import { expect, test } from 'vitest'
import { SHORTEST, withFrom, withTo } from './clip-range.ts'

test('whatever is asked, a clip lies inside the recording and has a length', () => {
  const places = [-5, 0, 0.01, 3, 9.99, 10, 40]
  for (const from of places)
    for (const to of places)
      for (const range of [
        withFrom({ from: 2, to: 5 }, from, 10),
        withTo({ from: 2, to: 5 }, to, 10),
        withTo(withFrom({ from: 0, to: 10 }, from, 10), to, 10),
      ]) {
        expect(range.from).toBeGreaterThanOrEqual(0)
        expect(range.to).toBeLessThanOrEqual(10)
        expect(range.to - range.from).toBeGreaterThanOrEqual(SHORTEST - 1e-9)
      }
})

test('an end moved past the other lets it give way', () => {
  expect(withFrom({ from: 0, to: 4 }, 6, 10)).toEqual({ from: 6, to: 10 })
  expect(withTo({ from: 5, to: 8 }, 3, 10)).toEqual({ from: 0, to: 3 })
  expect(withFrom({ from: 0, to: 4 }, 1, 10)).toEqual({ from: 1, to: 4 })
})
