import type { Word } from '@sotto/media/words'
import { expect, test } from 'vitest'
import { actOf, type Chosen, rangeOf } from './words-keys.ts'

const words: Word[] = ['One', 'two.', 'Three', 'four.', 'Five.'].map((text, index) => ({
  start: index,
  end: index + 0.9,
  text,
}))
const press = (key: string, chosen: Chosen | null, shiftKey = false, command = false, at = 0) =>
  actOf({ key, shiftKey, command }, chosen, words, at)
const range = (act: ReturnType<typeof press>) => (act?.act === 'choose' ? rangeOf(act.chosen) : null)

test('arrows go word by word and stop at the ends', () => {
  expect(range(press('ArrowRight', { anchor: 1, focus: 1 }))).toEqual({ from: 2, to: 3 })
  expect(range(press('ArrowLeft', { anchor: 0, focus: 0 }))).toEqual({ from: 0, to: 1 })
  expect(range(press('ArrowRight', { anchor: 4, focus: 4 }))).toEqual({ from: 4, to: 5 })
})

test('with nothing chosen the movement begins at the word being played', () => {
  expect(range(press('ArrowRight', null, false, false, 3))).toEqual({ from: 3, to: 4 })
})

test('shift widens and narrows what is chosen', () => {
  const wide = press('ArrowRight', { anchor: 1, focus: 2 }, true)
  expect(range(wide)).toEqual({ from: 1, to: 4 })
  expect(range(press('ArrowLeft', { anchor: 1, focus: 2 }, true))).toEqual({ from: 1, to: 2 })
  expect(range(press('ArrowLeft', { anchor: 1, focus: 0 }, true))).toEqual({ from: 0, to: 2 })
})

test('down takes the sentence one is in, then the next; with shift both', () => {
  const first = press('ArrowDown', { anchor: 0, focus: 0 })
  expect(range(first)).toEqual({ from: 0, to: 2 })
  if (first?.act !== 'choose') throw new Error('chooses')
  expect(range(press('ArrowDown', first.chosen))).toEqual({ from: 2, to: 4 })
  expect(range(press('ArrowDown', first.chosen, true))).toEqual({ from: 0, to: 4 })
})

test('up takes the sentence before', () => {
  expect(range(press('ArrowUp', { anchor: 2, focus: 3 }))).toEqual({ from: 0, to: 2 })
})

test('everything is chosen at once, and undone by the usual keys', () => {
  expect(range(press('a', null, false, true))).toEqual({ from: 0, to: 5 })
  expect(press('z', null, false, true)).toEqual({ act: 'undo' })
  expect(press('Z', null, true, true)).toEqual({ act: 'redo' })
  expect(press('y', null, false, true)).toEqual({ act: 'redo' })
})

test('cutting and correcting need something chosen; other keys are left to the browser', () => {
  expect(press('Delete', null)).toBeNull()
  expect(press('Enter', null)).toBeNull()
  expect(press('Delete', { anchor: 0, focus: 0 })).toEqual({ act: 'cut' })
  expect(press('Tab', { anchor: 0, focus: 0 })).toBeNull()
  expect(press('c', { anchor: 0, focus: 0 }, false, true)).toBeNull()
  expect(actOf({ key: 'ArrowRight', shiftKey: false, command: false }, null, [], 0)).toBeNull()
})
