import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cutTranscript,
  fillersOf,
  heardOf,
  hesitationsOf,
  historyOf,
  joinWords,
  keptSeconds,
  mergeRanges,
  moveRange,
  redo,
  segmentOf,
  silencesOf,
  step,
  type TimeRange,
  type Transcript,
  toCutTime,
  toOriginalTime,
  undo,
  type Word,
  wholeOrder,
  wordsOf,
} from './index.ts'

const duration = 64
const moment = fc.nat(duration * 64).map((value) => value / 64)
const range = fc.tuple(moment, moment).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
const moves = fc.array(fc.record({ range, before: moment }), { maxLength: 12 })
const orderOf = (steps: readonly { range: TimeRange; before: number }[]): TimeRange[] =>
  steps.reduce<TimeRange[]>((order, one) => moveRange(order, one.range, one.before, duration), [])

describe('moving passages', () => {
  test('however much is moved, the whole recording is heard once: the order tiles it', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const order = wholeOrder(orderOf(steps), duration)
        expect(mergeRanges(order)).toEqual([{ start: 0, end: duration }])
        expect(keptSeconds(order)).toBe(duration)
      }),
    )
  })

  test('order and cuts: what is heard and what is cut tile the recording', () => {
    fc.assert(
      fc.property(moves, fc.array(range, { maxLength: 8 }), (steps, cuts) => {
        const heard = heardOf(orderOf(steps), cuts, duration)
        expect(keptSeconds(heard) + keptSeconds(mergeRanges(cuts))).toBeCloseTo(duration, 9)
        const all = mergeRanges([...heard, ...cuts])
        expect(all).toEqual([{ start: 0, end: duration }])
      }),
    )
  })

  test('a moment that is heard goes to the result and back', () => {
    fc.assert(
      fc.property(moves, fc.array(range, { maxLength: 8 }), moment, (steps, cuts, time) => {
        const heard = heardOf(orderOf(steps), cuts, duration)
        fc.pre(heard.some(({ start, end }) => start <= time && time < end))
        expect(toOriginalTime(toCutTime(time, heard), heard)).toBeCloseTo(time, 9)
      }),
    )
  })

  test('undo is exact without limit, and so is redo', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ range, before: moment }), { minLength: 1, maxLength: 600 }), (steps) => {
        let history = historyOf<readonly TimeRange[]>([])
        const states = [history.present]
        for (const one of steps) {
          history = step(history, moveRange(history.present, one.range, one.before, duration))
          states.push(history.present)
        }
        for (const state of [...states].reverse().slice(1)) {
          history = undo(history)
          expect(history.present).toBe(state)
        }
        for (const state of states.slice(1)) {
          history = redo(history)
          expect(history.present).toBe(state)
        }
      }),
      { numRuns: 10 },
    )
  })

  test('words go with their passage, in the order they are heard in', () => {
    const words = ['one', 'two', 'three.', 'four', 'five', 'six.'].map((text, i) => ({ start: i, end: i + 0.8, text }))
    const transcript: Transcript = {
      language: 'en',
      duration: 6,
      segments: [segmentOf(words.slice(0, 3)), segmentOf(words.slice(3))],
    }
    const order = moveRange([], { start: 3, end: 6 }, 0, 6)
    const result = cutTranscript(transcript, [{ start: 1, end: 2 }], order)
    expect(joinWords(wordsOf(result))).toBe('four five six. one three.')
    expect(result.duration).toBe(5)
    expect(wordsOf(result).map(({ start }) => start)).toEqual([0, 1, 2, 3, 4])
    expect(result.segments.map(({ text }) => text)).toEqual(['four five six.', 'one three.'])
  })
})

const said = (texts: readonly string[], gap = 0.05): Word[] =>
  texts.map((text, index) => ({ start: index * (0.4 + gap), end: index * (0.4 + gap) + 0.4, text }))

describe('fillers', () => {
  test.each([
    [
      'en',
      ['So,', 'um,', 'uh', 'we', 'like', 'the', 'umbrella.', 'Hmm.'],
      [
        [1, 3],
        [7, 8],
      ],
    ],
    [
      'zh',
      ['嗯，', '我', '们', '呃', '明', '天', '金', '额', '好'],
      [
        [0, 1],
        [3, 4],
      ],
    ],
    [
      'fr',
      ['Alors', 'euh', 'un', 'homme', 'heuuu'],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      'es',
      ['Pues', 'eh,', 'este', 'hombre', 'mmm'],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      'de',
      ['Also,', 'ähm,', 'der', 'Ehemann', 'öh'],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    ['ja', ['um'], []],
  ] as const)('%s', (language, texts, found) => {
    expect(fillersOf(said(texts), language)).toEqual(found.map(([from, to]) => ({ from, to })))
  })

  test('a syllable that can be a word counts only where it stands alone', () => {
    expect(fillersOf(said(['金', '额', '很', '大']), 'zh')).toEqual([])
    expect(fillersOf(said(['我', '额', '很', '忙'], 0.3), 'zh')).toEqual([{ from: 1, to: 2 }])
  })
})

describe('silences', () => {
  const speech = [
    { start: 1, end: 3 },
    { start: 3.5, end: 5 },
    { start: 8, end: 9 },
  ]

  test('long pauses are shortened, and what stays is the quiet of the recording itself', () => {
    expect(silencesOf(speech, [], 12, { longer: 0.8, keep: 0.4 })).toEqual([
      { start: 0, end: 0.8 },
      { start: 5.2, end: 7.8 },
      { start: 9.2, end: 12 },
    ])
  })

  test('never through a word that was heard, however quiet', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), fc.array(range, { maxLength: 10 }), (loud, heard) => {
        const words = mergeRanges(heard).map((one) => ({ ...one, text: 'word' }))
        const cuts = silencesOf(mergeRanges(loud), words, duration)
        for (const cut of cuts)
          for (const word of words) expect(cut.end <= word.start || cut.start >= word.end).toBe(true)
      }),
    )
  })

  test('sounds between words are hesitations; words, long sounds and what lies outside are not', () => {
    const words = [
      { start: 1, end: 1.5, text: 'I' },
      { start: 3, end: 3.5, text: 'think' },
      { start: 9, end: 9.4, text: 'so' },
    ]
    const sounds = [
      { start: 0.2, end: 0.6 },
      { start: 0.95, end: 1.55 },
      { start: 2, end: 2.4 },
      { start: 2.95, end: 3.5 },
      { start: 5, end: 8 },
      { start: 9, end: 9.9 },
    ]
    expect(hesitationsOf(sounds, words)).toEqual([{ start: 2, end: 2.4 }])
  })
})
