import { expect, test } from 'vitest'
import { joinWebm } from './webm-join.ts'

/** Elements written by hand, the way a live recorder does: segment and clusters of unknown size. */
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
const element = (id: number[], body: number[]) => [...id, 0x40 | (body.length >> 8), body.length & 255, ...body]
const cluster = (ticks: number, ...blocks: string[]) => [
  ...[0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN],
  ...element([0xe7], [ticks >> 8, ticks & 255]),
  ...blocks.flatMap((block) =>
    element(
      [0xa3],
      [...block].map((letter) => letter.charCodeAt(0)),
    ),
  ),
]
const header = (name: string) => [
  ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d]),
  ...[0x18, 0x53, 0x80, 0x67, ...UNKNOWN],
  ...element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40])),
  ...element(
    [0x16, 0x54, 0xae, 0x6b],
    [...name].map((letter) => letter.charCodeAt(0)),
  ),
]
const webm = (...pieces: number[][]) => new Uint8Array(pieces.flat())
const joined = (...parts: [Uint8Array<ArrayBuffer>, number][]) =>
  joinWebm(parts.map(([bytes, startsAt]) => ({ bytes, startsAt }))).flatMap((piece) => [...piece])
const text = (bytes: number[]) => String.fromCharCode(...bytes)
/** The cluster times of a joined file, in ticks: our writer always uses eight bytes. */
function times(bytes: number[]): number[] {
  const found: number[] = []
  for (let at = 0; at < bytes.length - 10; at += 1)
    if (bytes[at] === 0xe7 && bytes[at + 1] === 0x88)
      found.push(bytes.slice(at + 2, at + 10).reduce((sum, byte) => sum * 256 + byte, 0))
  return found
}

test('a second part goes on where the first ended, under one header', () => {
  const one = webm(header('TRACKS-1'), cluster(0, 'aa'), cluster(1000, 'bb'))
  const two = webm(header('TRACKS-2'), cluster(0, 'cc'), cluster(700, 'dd'))
  const bytes = joined([one, 0], [two, 2.5])
  expect(times(bytes)).toEqual([0, 1000, 2500, 3200])
  expect(text(bytes)).toContain('TRACKS-1')
  expect(text(bytes)).not.toContain('TRACKS-2')
  for (const block of ['aa', 'bb', 'cc', 'dd']) expect(text(bytes)).toContain(block)
})

test('a block torn by a crash is left out, the ones before it stay', () => {
  const whole = webm(header('T'), cluster(0, 'aaaa', 'bbbb'))
  const bytes = joined([whole.slice(0, whole.length - 2), 0], [webm(header('T'), cluster(0, 'cccc')), 1])
  expect(text(bytes)).toContain('aaaa')
  expect(text(bytes)).not.toContain('bbbb')
  expect(text(bytes)).toContain('cccc')
})

test('one part comes out with the same times', () => {
  expect(times(joined([webm(header('T'), cluster(0, 'a'), cluster(960, 'b')), 0]))).toEqual([0, 960])
})

test('bytes without a header are refused, not passed on', () => {
  expect(() => joinWebm([{ bytes: new Uint8Array([1, 2, 3]), startsAt: 0 }])).toThrow(RangeError)
})
