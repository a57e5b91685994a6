import { expect, test } from 'vitest'
import { draftOf, isSame, mergeDraft, type Speech, shownOf } from './speech.ts'

const spoken = { take: 'take', start: 0, end: 1, tempo: 1, over: 0 }
const speech = {
  voice: 'v',
  speed: 1,
  notice: 'none',
  original: null,
  segments: ['a', 'b'].map((id) => ({ id, text: id, start: null, end: null, source: null, flags: [], spoken })),
} as unknown as Speech // the rest of a text is of no matter here
const draft = draftOf(speech)
const say = (...texts: string[]) => ({
  ...draft,
  segments: texts.map((text, index) => ({ id: 'abc'[index] ?? '', text })),
})

test('what was changed is not spoken as it stands; the others are, and with another voice none is', () => {
  expect(shownOf(speech, say('a', 'new')).map((one) => one.spoken !== null)).toEqual([true, false])
  expect(shownOf(speech, { ...draft, voice: 'w' }).every((one) => one.spoken === null)).toBe(true)
  expect(shownOf(speech, say('a', 'b', 'c'))[2]).toMatchObject({ id: 'c', spoken: null })
})

test('what was changed here stays beside what was changed there', () => {
  const merged = mergeDraft(say('a', ''), say('mine', ''), { ...say('a', 'theirs'), speed: 2 }, true)
  expect(merged.segments.map(({ text }) => text)).toEqual(['mine', 'theirs'])
  expect(merged.speed).toBe(2)
  expect(mergeDraft(say('a'), say('a', 'more'), say('a'), false).segments).toHaveLength(2)
  expect(isSame(draft, draftOf(speech))).toBe(true)
  expect(isSame(draft, say('a', 'c'))).toBe(false)
})
