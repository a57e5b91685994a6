import { historyOf, joinWords, redo, type Segment, undo } from '@sotto/media/words'
import { expect, test } from 'vitest'
import type { Transcript } from '../api/api.ts'
import { correctDraft, type Draft, draftOf, draftWords, editOf, mergeDrafts, stepTo, toggleCut } from './draft.ts'

function segment(start: number, ...texts: string[]): Segment {
  const words = texts.map((text, index) => ({ start: start + index, end: start + index + 0.8, text }))
  return { start, end: start + texts.length - 0.2, text: joinWords(words), words }
}
const segments = [segment(0, 'This', 'is', 'one.'), segment(4, 'And', 'this', 'two.')]
const duration = 8
const transcript: Transcript = {
  language: 'en',
  model: 'base',
  duration,
  complete: true,
  segments: segments.map((one) => ({ ...one, words: one.words.map((word) => ({ ...word })) })),
}
const fresh = draftOf(transcript, { revision: 0, segments: null, cuts: [] })
const text = (draft: Draft) => draft.segments.map((one) => one.text).join(' ')

test('a saved edit comes back as the draft it was', () => {
  let draft = toggleCut(fresh, { from: 3, to: 6 }, duration)
  draft = correctDraft(draft, { from: 1, to: 2 }, 'was only')
  const saved = editOf(draft, transcript, 4)
  expect(saved.revision).toBe(4)
  expect(draftOf(transcript, JSON.parse(JSON.stringify(saved)))).toEqual(draft)
})

test('words as recognised are not saved again', () => {
  expect(editOf(toggleCut(fresh, { from: 0, to: 1 }, duration), transcript, 0).segments).toBeNull()
})

test('cutting what is cut brings it back, and leaves no cut', () => {
  const range = { from: 3, to: 6 }
  const cut = toggleCut(fresh, range, duration)
  expect(cut.cuts).toHaveLength(1)
  expect(toggleCut(cut, range, duration).cuts).toEqual([])
})

test('a half cut selection is cut whole', () => {
  const cut = toggleCut(toggleCut(fresh, { from: 3, to: 4 }, duration), { from: 3, to: 6 }, duration)
  expect(cut).toEqual(toggleCut(fresh, { from: 3, to: 6 }, duration))
})

test('corrected words keep the time of what they replace', () => {
  const words = draftWords(correctDraft(fresh, { from: 3, to: 5 }, 'Then'))
  expect(words[3]).toMatchObject({ start: 4, end: 5.8, text: 'Then' })
  expect(words).toHaveLength(5)
})

test('undo goes back over any number of steps, and redo forward again', () => {
  let history = historyOf(fresh)
  for (let step = 0; step < 1000; step += 1)
    history = stepTo(history, toggleCut(history.present, { from: 0, to: 1 }, duration))
  const end = history.present
  for (let step = 0; step < 1000; step += 1) history = undo(history)
  expect(history.present).toBe(fresh)
  for (let step = 0; step < 1000; step += 1) history = redo(history)
  expect(history.present).toBe(end)
})

test('edits in different places both hold', () => {
  const mine = correctDraft(fresh, { from: 0, to: 1 }, 'That')
  const theirs = toggleCut(correctDraft(fresh, { from: 3, to: 4 }, 'But'), { from: 5, to: 6 }, duration)
  const { draft, conflicts } = mergeDrafts(fresh, mine, theirs)
  expect(text(draft)).toBe('That is one. But this two.')
  expect(draft.cuts).toEqual(theirs.cuts)
  expect(conflicts).toBe(0)
})

test('where both corrected the same passage the saved one stands, and it is said', () => {
  const mine = correctDraft(fresh, { from: 0, to: 1 }, 'Mine')
  const theirs = correctDraft(fresh, { from: 0, to: 1 }, 'Theirs')
  const { draft, conflicts } = mergeDrafts(fresh, mine, theirs)
  expect(text(draft)).toContain('Theirs is one.')
  expect(conflicts).toBe(1)
})

test('a cut that I took back stays back, one that they added stays', () => {
  const base = toggleCut(fresh, { from: 0, to: 1 }, duration)
  const mine = toggleCut(base, { from: 0, to: 1 }, duration)
  const theirs = toggleCut(base, { from: 4, to: 5 }, duration)
  expect(mergeDrafts(base, mine, theirs).draft.cuts).toEqual(toggleCut(fresh, { from: 4, to: 5 }, duration).cuts)
})
