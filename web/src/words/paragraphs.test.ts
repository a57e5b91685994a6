import { joinWords, type Word } from '@sotto/media/words'
import { expect, test } from 'vitest'
import { cutAt, offsetsOf, paragraphOf, paragraphsOf, runsOf, wordAtOffset, wordAtTime } from './paragraphs.ts'

/** Words of half a second each; `gaps` adds a pause before a word. */
function words(texts: string[], gaps: Record<number, number> = {}): Word[] {
  let at = 0
  return texts.map((text, index) => {
    at += gaps[index] ?? 0
    const word = { start: at, end: at + 0.5, text }
    at += 0.5
    return word
  })
}
const english = words(['One', 'two.', 'Three', 'four', 'five.'], { 2: 3 })
const chinese = words([...'今天我们讨论'])

test('paragraphs tile the words and read as the words joined', () => {
  for (const list of [
    english,
    chinese,
    words(Array.from({ length: 900 }, (_, i) => (i % 9 === 8 ? 'end.' : 'word'))),
  ]) {
    const paragraphs = paragraphsOf(list)
    let next = 0
    for (const paragraph of paragraphs) {
      expect(paragraph.from).toBe(next)
      expect(paragraph.text).toBe(joinWords(list.slice(paragraph.from, paragraph.to)))
      next = paragraph.to
    }
    expect(next).toBe(list.length)
  }
  expect(paragraphsOf([])).toEqual([])
})

test('a pause begins a paragraph, and a long text breaks at a sentence', () => {
  expect(paragraphsOf(english).map((one) => one.text)).toEqual(['One two.', 'Three four five.'])
  const long = paragraphsOf(words(Array.from({ length: 900 }, (_, i) => (i % 9 === 8 ? 'end.' : 'word'))))
  expect(long.length).toBeGreaterThan(3)
  for (const paragraph of long.slice(0, -1)) expect(paragraph.text.endsWith('end.')).toBe(true)
})

test('every character of a paragraph belongs to a word, and every word is found at its own characters', () => {
  for (const list of [english, chinese]) {
    for (const paragraph of paragraphsOf(list)) {
      for (let word = paragraph.from; word < paragraph.to; word += 1) {
        const place = offsetsOf(paragraph, word, word + 1)
        expect(place && paragraph.text.slice(place.start, place.end)).toBe(list[word]?.text)
        expect(wordAtOffset(paragraph, place?.start ?? -1)).toBe(word)
        expect(wordAtOffset(paragraph, (place?.end ?? 0) - 1)).toBe(word)
      }
    }
  }
})

test('runs of cut and kept text put together are the paragraph', () => {
  const [, second] = paragraphsOf(english)
  if (!second) throw new Error('two paragraphs')
  const runs = runsOf(second, (word) => word === 3)
  expect(runs.map((run) => run.text).join('')).toBe(second.text)
  expect(runs.map((run) => run.cut)).toEqual([false, true, false])
  expect(runs[1]?.text).toBe('four')
})

test('a range that only touches a paragraph is shown in it as far as it goes', () => {
  const [first, second] = paragraphsOf(english)
  if (!first || !second) throw new Error('two paragraphs')
  expect(offsetsOf(first, 1, 4)).toEqual({ start: 4, end: 8 })
  expect(offsetsOf(second, 1, 4)).toEqual({ start: 0, end: 10 })
  expect(offsetsOf(first, 2, 4)).toBeNull()
})

test('the sounding word is found by its half-open time; pauses have none', () => {
  english.forEach((word, index) => {
    expect(wordAtTime(english, word.start)).toBe(index)
    expect(wordAtTime(english, word.end - 0.001)).toBe(index)
  })
  expect(wordAtTime(english, 2)).toBe(-1)
  expect(wordAtTime(english, 999)).toBe(-1)
  expect(wordAtTime([], 0)).toBe(-1)
})

test('a word is in the paragraph that says so', () => {
  const paragraphs = paragraphsOf(english)
  expect([0, 1, 2, 4].map((word) => paragraphOf(paragraphs, word))).toEqual([0, 0, 1, 1])
})

test('cuts are half-open: their end already sounds', () => {
  const cuts = [{ start: 1, end: 2 }]
  expect(cutAt(cuts, 1)).toBe(cuts[0])
  expect(cutAt(cuts, 2)).toBeUndefined()
})
