import { expect, test } from 'vitest'
import { en } from '../text/en.ts'
import { actOf, keyHelp } from './keys.ts'

const press = (key: string, more: Partial<{ code: string; shiftKey: boolean; command: boolean }> = {}) =>
  actOf({ key, code: '', shiftKey: false, command: false, ...more })

test('each key has its act; fine steps with Shift; nothing of the browser is taken away', () => {
  expect(press('ArrowRight')).toEqual({ act: 'playhead', by: 1 })
  expect(press('ArrowLeft', { shiftKey: true })).toEqual({ act: 'playhead', by: -0.1 })
  expect(press('ArrowRight', { command: true })).toEqual({ act: 'next', way: 1 })
  expect(press('ArrowUp', { shiftKey: true })).toEqual({ act: 'toTrack', way: -1 })
  expect(press('.', { code: 'Period' })).toEqual({ act: 'nudge', by: 0.1 })
  expect(press('<', { code: 'Comma', shiftKey: true })).toEqual({ act: 'nudge', by: -0.01 })
  expect(press('S')).toEqual({ act: 'split' })
  expect(press('F', { shiftKey: true })).toEqual({ act: 'fadeOut' })
  expect(press('z', { command: true })).toEqual({ act: 'undo' })
  expect(press('Z', { command: true, shiftKey: true })).toEqual({ act: 'redo' })
  for (const key of ['Tab', 'Escape', 'PageDown', 'q']) expect(press(key)).toBeNull()
  for (const key of ['s', 'r', 'f', 'd']) expect(press(key, { command: true })).toBeNull()
})

test('the help names every act once, in the words of the catalogue', () => {
  expect(keyHelp.map(([name]) => name)).toEqual(Object.keys(en.timeline.keys))
})
