import { expect, test } from 'vitest'
import { withSegment } from './live-segments.ts'

const segment = (start: number, end: number, text: string) => ({ start, end, text, words: [{ start, end, text }] })
const one = segment(0, 2, 'one')
const two = segment(2, 4, 'two')
const three = segment(5, 6, 'three')

test('whatever order they come in, segments stand in order of time', () => {
  for (const order of [
    [one, two, three],
    [three, one, two],
    [two, three, one],
  ])
    expect(order.reduce(withSegment, [] as readonly (typeof one)[]).map((each) => each.text)).toEqual([
      'one',
      'two',
      'three',
    ])
})

test('a segment that comes again, or was heard anew, replaces what it covers', () => {
  const list = [one, two, three].reduce(withSegment, [] as readonly (typeof one)[])
  expect(withSegment(list, { ...two, text: 'again' }).map((each) => each.text)).toEqual(['one', 'again', 'three'])
  expect(withSegment(list, segment(0, 4, 'both')).map((each) => each.text)).toEqual(['both', 'three'])
})

test('segments that only touch both stay', () => {
  expect(withSegment([one], two)).toEqual([one, two])
})
