import { expect, test } from 'vitest'
import { followBy, gainsOf } from './crossfade.ts'

test('at each end one side is alone, and the power between is constant', () => {
  expect(gainsOf(0)[0]).toBeCloseTo(1)
  expect(gainsOf(0)[1]).toBeCloseTo(0)
  expect(gainsOf(1)[0]).toBeCloseTo(0)
  for (let mix = 0; mix <= 1; mix += 0.05) {
    const [a, b] = gainsOf(mix)
    expect(a * a + b * b).toBeCloseTo(1)
  }
  expect(gainsOf(-3)).toEqual(gainsOf(0))
  expect(gainsOf(7)).toEqual(gainsOf(1))
})

test('a follower that is behind runs faster, one that is ahead slower, one far off jumps', () => {
  expect(followBy(0.05)).toMatchObject({ jump: false })
  expect(followBy(0.05).rate).toBeGreaterThan(1)
  expect(followBy(-0.05).rate).toBeLessThan(1)
  expect(followBy(0.005)).toEqual({ jump: false, rate: 1 })
  expect(followBy(0.5).jump).toBe(true)
  expect(followBy(-2).jump).toBe(true)
})
