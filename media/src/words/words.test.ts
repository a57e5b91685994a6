import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  correct,
  correctTranscript,
  cuesOf,
  cutTranscript,
  deleteWords,
  historyOf,
  isDeleted,
  joinWords,
  keepsOf,
  keptSeconds,
  mergeRanges,
  parseSrt,
  parseVtt,
  redo,
  restoreWords,
  type Segment,
  segmentOf,
  sentencesOf,
  splitWords,
  step,
  type Transcript,
  toCutTime,
  toOriginalTime,
  transcriptOfCues,
  undo,
  type Word,
  wordsOf,
  writeJson,
  writeSrt,
  writeText,
  writeVtt,
} from './index.ts'

const texts = fc.constantFrom('so,', 'my', 'fellow', 'Americans.', 'Mr.', '中', '国。', '“Why?”', 'naïve', '3,000')
/** Words in order without overlap, and a duration at or after the last. Steps of 1/64 s keep sums exact enough to compare. */
const spoken = fc
  .array(fc.record({ gap: fc.nat(300), length: fc.integer({ min: 1, max: 90 }), text: texts }), { maxLength: 30 })
  .chain((parts) => fc.nat(200).map((tail) => ({ parts, tail })))
  .map(({ parts, tail }) => {
    let clock = 0
    const words: Word[] = parts.map(({ gap, length, text }) => {
      const start = clock + gap / 64
      clock = start + length / 64
      return { start, end: clock, text }
    })
    return { words, duration: clock + tail / 64 }
  })
const range = (count: number) =>
  fc.tuple(fc.nat(count), fc.nat(count)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))

function transcriptOf(words: Word[], duration: number): Transcript {
  const segments: Segment[] = []
  for (let at = 0; at < words.length; at += 4) segments.push(segmentOf(words.slice(at, at + 4)))
  return { language: 'en', duration, segments }
}

function expectMonotone(words: readonly Word[]) {
  let clock = 0
  for (const word of words) {
    expect(word.start).toBeGreaterThanOrEqual(clock)
    expect(word.end).toBeGreaterThanOrEqual(word.start)
    clock = word.end
  }
}

test('cuts and keeps tile the recording, whatever is deleted and restored', () => {
  const edits = spoken.chain(({ words, duration }) =>
    fc
      .array(fc.tuple(fc.boolean(), range(words.length)), { maxLength: 12 })
      .map((steps) => ({ words, duration, steps })),
  )
  fc.assert(
    fc.property(edits, ({ words, duration, steps }) => {
      let cuts: { start: number; end: number }[] = []
      const deleted = words.map(() => false)
      for (const [restore, at] of steps) {
        cuts = (restore ? restoreWords : deleteWords)(cuts, words, at, duration)
        deleted.fill(!restore, at.from, at.to)
      }
      const tiles = [...cuts, ...keepsOf(cuts, duration)].sort((a, b) => a.start - b.start)
      let clock = 0
      for (const tile of tiles) {
        expect(tile.start).toBe(clock)
        expect(tile.end).toBeGreaterThan(tile.start)
        clock = tile.end
      }
      if (tiles.length > 0) expect(clock).toBe(duration)
      expect(words.map((word) => isDeleted(word, cuts))).toEqual(deleted)
      expect(restoreWords(cuts, words, { from: 0, to: words.length }, duration)).toEqual(words.length > 0 ? [] : cuts)
    }),
  )
})

test('restoring word by word leaves no sliver of a cut', () => {
  fc.assert(
    fc.property(spoken, ({ words, duration }) => {
      let cuts = deleteWords([], words, { from: 0, to: words.length }, duration)
      for (let at = 0; at < words.length; at += 1) cuts = restoreWords(cuts, words, { from: at, to: at + 1 }, duration)
      expect(cuts).toEqual([])
    }),
  )
})

test('a cut lies in the middle of the pause and takes at most a second of it', () => {
  const words = [
    { start: 5, end: 6, text: 'One' },
    { start: 6.4, end: 7, text: 'two' },
    { start: 12, end: 13, text: 'three.' },
  ]
  expect(deleteWords([], words, { from: 1, to: 2 }, 20)).toEqual([{ start: 6.2, end: 8 }])
  expect(deleteWords([], words, { from: 0, to: 1 }, 20)).toEqual([{ start: 4, end: 6.2 }])
  expect(deleteWords([], words, { from: 1, to: 3 }, 20)).toEqual([{ start: 6.2, end: 14 }])
})

test('corrections keep times in order and leave the other words alone', () => {
  const corrections = spoken.chain(({ words, duration }) =>
    fc.record({
      words: fc.constant(words),
      duration: fc.constant(duration),
      at: range(words.length),
      text: fc.array(texts, { maxLength: 5 }).map((list) => list.join(' ')),
    }),
  )
  fc.assert(
    fc.property(corrections, ({ words, duration, at, text }) => {
      const corrected = correct(words, at, text)
      expectMonotone(corrected)
      expect(corrected.slice(0, at.from)).toEqual(words.slice(0, at.from))
      expect(corrected.slice(corrected.length - (words.length - at.to))).toEqual(words.slice(at.to))
      const inside = corrected.slice(at.from, corrected.length - (words.length - at.to))
      expect(joinWords(inside)).toBe(joinWords(splitWords(text)))
      if (inside.length > 0 && at.to > at.from) {
        expect(inside[0]?.start).toBe(words[at.from]?.start)
        expect(inside.at(-1)?.end).toBe(words[at.to - 1]?.end)
      }
      const whole = correctTranscript(transcriptOf(words, duration), at, text)
      expect(wordsOf(whole)).toEqual(corrected)
      for (const segment of whole.segments) expect(segment).toEqual(segmentOf(segment.words))
    }),
  )
})

test('new words share the old time in proportion to their length', () => {
  const words = [{ start: 1, end: 3, text: 'whatever' }]
  expect(correct(words, { from: 0, to: 1 }, 'abc d')).toEqual([
    { start: 1, end: 2.5, text: 'abc' },
    { start: 2.5, end: 3, text: 'd' },
  ])
  expect(() => correct(words, { from: 0, to: 2 }, 'x')).toThrow(RangeError)
})

test('time maps to the cut result and back', () => {
  const cases = spoken.chain(({ words, duration }) =>
    fc.record({ words: fc.constant(words), duration: fc.constant(duration), at: range(words.length) }),
  )
  fc.assert(
    fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ words, duration, at }, share) => {
      const keeps = keepsOf(deleteWords([], words, at, duration), duration)
      const cutTime = share * keptSeconds(keeps)
      expect(toCutTime(toOriginalTime(cutTime, keeps), keeps)).toBeCloseTo(cutTime, 9)
      const cut = cutTranscript(transcriptOf(words, duration), deleteWords([], words, at, duration))
      expectMonotone(wordsOf(cut))
      expect(wordsOf(cut).map((word) => word.text)).toEqual(
        words.filter((_, index) => index < at.from || index >= at.to).map((word) => word.text),
      )
      expect(cut.duration).toBeCloseTo(keptSeconds(keeps), 9)
    }),
  )
})

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/\s+/gu, ' ').trim())
  .filter((text) => text !== '' && !/[\p{Cc}\p{Zl}\p{Zp}\ufeff]/u.test(text))
const cues = fc.array(
  fc
    .record({
      start: fc.nat(400_000_000),
      length: fc.integer({ min: 1, max: 7000 }),
      lines: fc.array(line, { minLength: 1, maxLength: 2 }),
    })
    .map(({ start, length, lines }) => ({ start: start / 1000, end: (start + length) / 1000, lines })),
  { maxLength: 8 },
)

test('SRT comes back as it was written', () => {
  fc.assert(
    fc.property(cues, (list) => {
      expect(parseSrt(writeSrt(list))).toEqual(list)
    }),
  )
})

test('WebVTT comes back as it was written, markup characters included', () => {
  fc.assert(
    fc.property(cues, (list) => {
      expect(parseVtt(writeVtt(list))).toEqual(list)
    }),
  )
  const hostile = [{ start: 1, end: 2, lines: ['a --> b <c> & &lt;', 'NOTE x'] }]
  expect(parseVtt(writeVtt(hostile))).toEqual(hostile)
  expect(parseVtt('1\n00:00:01.000 --> 00:00:02.000\nno signature\n')).toBeUndefined()
})

test('foreign subtitle files are read: BOM, CRLF, identifiers, settings, short times, tags', () => {
  expect(parseSrt('\ufeff1\r\n00:00:01,500 --> 00:00:02,000\r\nHello\r\nthere\r\n\r\n')).toEqual([
    { start: 1.5, end: 2, lines: ['Hello', 'there'] },
  ])
  const vtt = 'WEBVTT - title\n\nNOTE\nnothing\n\nintro\n00:01.000 --> 00:02.500 align:start\n<v Ann>Hi &amp; bye</v>\n'
  expect(parseVtt(vtt)).toEqual([{ start: 1, end: 2.5, lines: ['Hi & bye'] }])
})

test('subtitles hold every word once, in order, within two lines and seven seconds', () => {
  fc.assert(
    fc.property(spoken, ({ words, duration }) => {
      const list = cuesOf(transcriptOf(words, duration))
      expect(list.flatMap((cue) => splitWords(cue.lines.join(' ')))).toEqual(
        words.flatMap((word) => splitWords(word.text)),
      )
      let clock = 0
      for (const cue of list) {
        expect(cue.start).toBeGreaterThanOrEqual(clock)
        expect(cue.end - cue.start).toBeLessThanOrEqual(7)
        expect(cue.lines.length).toBeLessThanOrEqual(2)
        clock = cue.end
      }
      const back = transcriptOfCues(list, 'en', duration)
      expectMonotone(wordsOf(back))
    }),
  )
})

test('Chinese is joined without spaces and split by character, Latin inside it kept whole', () => {
  expect(joinWords(['沃森', '是', '认知', '计算。'])).toBe('沃森是认知计算。')
  expect(splitWords('我用Python写，“好”吗？')).toEqual(['我', '用', 'Python', '写，', '“好”', '吗？'])
  expect(joinWords(splitWords('我用Python写，“好”吗？'))).toBe('我用Python写，“好”吗？')
  expect(joinWords(['안녕', '하세요'])).toBe('안녕 하세요')
})

test('sentences end at marks and long pauses, not at titles and initials', () => {
  const words = ['Mr.', 'J.', 'Quilter', 'spoke.', 'We', 'listened'].map((text, index) => ({
    start: index,
    end: index + 0.9,
    text,
  }))
  words.push({ start: 9, end: 9.5, text: 'gladly' })
  expect(sentencesOf(words)).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 6 },
    { from: 6, to: 7 },
  ])
})

test('plain text has a paragraph per long pause; JSON has milliseconds', () => {
  const transcript: Transcript = {
    language: 'en',
    duration: 9,
    segments: [
      segmentOf([
        { start: 0.1234567, end: 1, text: 'One' },
        { start: 1, end: 2, text: 'two.' },
      ]),
      segmentOf([{ start: 5, end: 6, text: 'Three.' }]),
    ],
  }
  expect(writeText(transcript)).toBe('One two.\n\nThree.\n')
  expect(writeText({ ...transcript, segments: [] })).toBe('')
  expect(JSON.parse(writeJson(transcript)).segments[0].words[0]).toEqual({ start: 0.123, end: 1, text: 'One' })
})

test('undo and redo walk the same steps', () => {
  const three = step(step(historyOf(1), 2), 3)
  expect(undo(undo(three)).present).toBe(1)
  expect(redo(undo(three))).toEqual(three)
  expect(undo(undo(undo(three))).present).toBe(1)
  expect(step(undo(three), 9).future).toEqual([])
})

test('merging keeps what is covered', () => {
  expect(
    mergeRanges([
      { start: 3, end: 4 },
      { start: 1, end: 2 },
      { start: 2, end: 3 },
      { start: 8, end: 8 },
    ]),
  ).toEqual([{ start: 1, end: 4 }])
})
