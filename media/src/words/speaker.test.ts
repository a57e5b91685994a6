import { expect, test } from 'vitest'
import { shareSpan } from './correct.ts'
import { segmentOf } from './join.ts'
import { assignSpeaker, changeSpeaker, joinSpeakers, mergeSpeakers, newSpeaker, turnsOf } from './speaker.ts'
import { parseSrt } from './srt.ts'
import type { Transcript } from './transcript.ts'
import { parseVtt } from './vtt.ts'
import { writeWords } from './write.ts'

const said = (...lines: readonly (readonly [number, number, string])[]): Transcript => ({
  language: 'en',
  duration: 20,
  segments: lines.map(([start, end, text]) => segmentOf(shareSpan(text, start, end))),
})
const talk = joinSpeakers(
  [said([0, 2, 'Hello there.'], [6, 8, 'I am well.']), said([2, 4, 'Hi.'], [4, 5.5, 'How are you?'], [7, 9, 'Good.'])],
  ['Anna', 'Ben & <Co>'],
)

test('channels become speakers, in order of time, each with a colour', () => {
  expect(talk.segments.map(({ start, speaker }) => [start, speaker])).toEqual([
    [0, '1'],
    [2, '2'],
    [4, '2'],
    [6, '1'],
    [7, '2'],
  ])
  expect(new Set(talk.speakers?.map(({ colour }) => colour)).size).toBe(2)
  expect(turnsOf(talk).map(({ speaker, segments }) => [speaker?.name, segments.length])).toEqual([
    ['Anna', 1],
    ['Ben & <Co>', 2],
    ['Anna', 1],
    ['Ben & <Co>', 1],
  ])
})

test('rename, colour, merge and assign change what they say and nothing else', () => {
  const renamed = changeSpeaker(talk, '1', { name: 'Anne', colour: '#123456' })
  expect(renamed.speakers?.[0]).toEqual({ id: '1', name: 'Anne', colour: '#123456' })
  expect(renamed.segments).toEqual(talk.segments)
  const merged = mergeSpeakers(talk, '2', '1')
  expect(merged.speakers).toHaveLength(1)
  expect(merged.segments.every(({ speaker }) => speaker === '1')).toBe(true)
  expect(merged.segments.map(({ text }) => text)).toEqual(talk.segments.map(({ text }) => text))
  const plain = said([0, 1, 'One.'], [1, 2, 'Two.'], [2, 3, 'Three.'])
  const assigned = assignSpeaker({ ...plain, speakers: [newSpeaker([], 'Zoe')] }, { from: 1, to: 3 }, '1')
  expect(assigned.segments.map(({ speaker }) => speaker)).toEqual([undefined, '1', '1'])
  for (const wrong of [
    () => changeSpeaker(talk, '9', { name: 'x' }),
    () => mergeSpeakers(talk, '1', '9'),
    () => assignSpeaker(talk, { from: 3, to: 9 }, '1'),
    () => assignSpeaker(talk, { from: 2, to: 2 }, '1'),
  ])
    expect(wrong).toThrow(RangeError)
})

test('every export says who speaks', () => {
  expect(writeWords(talk, 'txt')).toBe(
    'Anna: Hello there.\n\nBen & <Co>: Hi. How are you?\n\nAnna: I am well.\n\nBen & <Co>: Good.\n',
  )
  expect(parseSrt(writeWords(talk, 'srt')).map(({ lines }) => lines[0])).toEqual([
    'Anna: Hello there.',
    'Ben & <Co>: Hi.',
    'How are you?',
    'Anna: I am well.',
    'Ben & <Co>: Good.',
  ])
  const vtt = writeWords(talk, 'vtt')
  expect(vtt).toContain('<v Anna>Hello there.')
  expect(vtt).toMatch(/<v Ben +Co >Hi\./)
  expect(parseVtt(vtt)?.map(({ lines }) => lines.join(' '))).toEqual([
    'Hello there.',
    'Hi.',
    'How are you?',
    'I am well.',
    'Good.',
  ])
  expect(JSON.parse(writeWords(talk, 'json'))).toMatchObject({
    speakers: [{ name: 'Anna' }, { name: 'Ben & <Co>' }],
    segments: [{ speaker: '1' }, { speaker: '2' }, {}, {}, {}],
  })
})

test('without speakers nothing changes', () => {
  const plain = said([0, 2, 'Hello there.'], [2.5, 4, 'Hi.'])
  expect(writeWords(plain, 'txt')).toBe('Hello there. Hi.\n')
  expect(JSON.parse(writeWords(plain, 'json'))).not.toHaveProperty('speakers')
})
