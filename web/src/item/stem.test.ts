import { expect, test } from 'vitest'
import { stemOf } from './stem.ts'

test('a file ending goes, a name stays', () => {
  expect(stemOf('talk.wav')).toBe('talk')
  expect(stemOf('my.talk.m4a')).toBe('my.talk')
  expect(stemOf('Recording Nov 23, 2026, 7.49')).toBe('Recording Nov 23, 2026, 7.49')
  expect(stemOf('.opus')).toBe('.opus')
  expect(stemOf('a'.repeat(300)).length).toBeLessThanOrEqual(180)
})
