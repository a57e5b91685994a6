import { findWords, historyOf, isDeleted, joinWords, redo, type Segment, undo } from '@sotto/media/words'
import { expect, test } from 'vitest'
import type { Transcript } from '../api/api.ts'
import {
  correctDraft,
  type Draft,
  draftOf,
  draftWords,
  editOf,
  mergeDrafts,
  moveWords,
  replaceAll,
  shownWords,
  stepTo,
  toggleCut,
} from './draft.ts'

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
const fresh = draftOf(transcript, { revision: 0, segments: null, cuts: [], order: [] })
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

const heard = (draft: Draft) => joinWords(shownWords(draft).words)

test('moved words are heard where they were put, and cut and corrected there', () => {
  const moved = moveWords(fresh, { from: 3, to: 6 }, 0, duration)
  expect(heard(moved)).toBe('And this two. This is one.')
  expect(text(moved)).toBe('This is one. And this two.')
  // The words 2..4 as they are shown now were not recorded together.
  const cut = toggleCut(moved, { from: 2, to: 4 }, duration)
  expect(
    shownWords(cut)
      .words.filter((word) => isDeleted(word, cut.cuts))
      .map((word) => word.text),
  ).toEqual(['two.', 'This'])
  expect(heard(correctDraft(moved, { from: 2, to: 3 }, 'three.'))).toBe('And this three. This is one.')
})

test('moved to the end, back again, and saved as it is', () => {
  const moved = moveWords(fresh, { from: 0, to: 2 }, 6, duration)
  expect(heard(moved)).toBe('one. And this two. This is')
  expect(draftOf(transcript, JSON.parse(JSON.stringify(editOf(moved, transcript, 1))))).toEqual(moved)
  const back = moveWords(moved, { from: 4, to: 6 }, 0, duration)
  expect(heard(back)).toBe('This is one. And this two.')
  expect(back.order).toEqual([])
  expect(moveWords(fresh, { from: 1, to: 3 }, 2, duration)).toBe(fresh)
})

test('moving twice, out of what was moved', () => {
  const once = moveWords(fresh, { from: 4, to: 6 }, 1, duration)
  expect(heard(once)).toBe('This this two. is one. And')
  expect(heard(moveWords(once, { from: 1, to: 4 }, 6, duration))).toBe('This one. And this two. is')
})

test('found places are replaced, with the marks around them', () => {
  const found = findWords(shownWords(fresh).words, 'this')
  expect(found).toEqual([
    { from: 0, to: 1 },
    { from: 4, to: 5 },
  ])
  expect(text(replaceAll(fresh, findWords(shownWords(fresh).words, 'ONE'), 'all of it'))).toBe(
    'This is all of it. And this two.',
  )
  expect(text(replaceAll(fresh, found, 'that'))).toBe('that is one. And that two.')
})
