import { expect, test } from 'vitest'
import { joinWebm } from './webm-join.ts'
import { elementAt, scanWebm, WEBM } from './webm-read.ts'

/** Elements written by hand, the way a live recorder does: segment and clusters of unknown size. */
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
const element = (id: number[], body: number[]) => [...id, 0x40 | (body.length >> 8), body.length & 255, ...body]
/** Each block: ticks after its cluster, then its bytes; of track 1. */
const cluster = (ticks: number, ...blocks: [number, string][]) => [
  ...[0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN],
  ...element([0xe7], [ticks >> 8, ticks & 255]),
  ...blocks.flatMap(([at, text]) => element([0xa3], [0x81, at >> 8, at & 255, 0x80, ...letters(text)])),
]
const header = (name: string) => [
  ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d]),
  ...[0x18, 0x53, 0x80, 0x67, ...UNKNOWN],
  ...element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40])),
  ...element([0x16, 0x54, 0xae, 0x6b], letters(name)),
]
const webm = (...pieces: number[][]) => new Uint8Array(pieces.flat())
const joined = (...parts: [Uint8Array<ArrayBuffer>, number][]) =>
  new Uint8Array(joinWebm(parts.map(([bytes, startsAt]) => ({ bytes, startsAt }))).flatMap((piece) => [...piece]))
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const times = (bytes: Uint8Array<ArrayBuffer>) => scanWebm(bytes).clusters.map((one) => one.ticks)

test('a second part goes on where the first ended, under one header', () => {
  const one = webm(header('TRACKS-1'), cluster(0, [0, 'aa']), cluster(1000, [0, 'bb']))
  const two = webm(header('TRACKS-2'), cluster(0, [0, 'cc']), cluster(700, [0, 'dd']))
  const bytes = joined([one, 0], [two, 2.5])
  expect(times(bytes)).toEqual([0, 1000, 2500, 3200])
  expect(text(bytes)).toContain('TRACKS-1')
  expect(text(bytes)).not.toContain('TRACKS-2')
  for (const block of ['aa', 'bb', 'cc', 'dd']) expect(text(bytes)).toContain(block)
})

test('a block torn by a crash is left out, the ones before it stay', () => {
  const whole = webm(header('T'), cluster(0, [0, 'aaaa'], [60, 'bbbb']))
  const bytes = joined([whole.slice(0, whole.length - 2), 0], [webm(header('T'), cluster(0, [0, 'cccc'])), 1])
  expect(text(bytes)).toContain('aaaa')
  expect(text(bytes)).not.toContain('bbbb')
  expect(text(bytes)).toContain('cccc')
})

test('every size is known, and the elements fill the file to its last byte', () => {
  const bytes = joined([webm(header('T'), cluster(0, [0, 'a'], [60, 'b']), cluster(960, [0, 'c'])), 0])
  const ebml = elementAt(bytes, 0)
  const segment = elementAt(bytes, ebml?.end ?? 0)
  expect(segment?.id).toBe(WEBM.SEGMENT)
  expect(segment?.end).toBe(bytes.length)
  const ids: number[] = []
  for (let at = segment?.body ?? 0; at < bytes.length; ) {
    const child = elementAt(bytes, at)
    if (!child?.end) throw new Error('an element of unknown size')
    ids.push(child.id)
    at = child.end
  }
  expect(ids).toEqual([WEBM.SEEK_HEAD, WEBM.INFO, WEBM.TRACKS, WEBM.CLUSTER, WEBM.CLUSTER, WEBM.CUES])
})

test('each cue points at a cluster, and the seek head at the cues', () => {
  const bytes = joined([webm(header('T'), cluster(0, [0, 'a']), cluster(960, [0, 'b'])), 0])
  const segment = elementAt(bytes, elementAt(bytes, 0)?.end ?? 0)
  const base = segment?.body ?? 0
  const places = (id: number[]) => {
    const found: number[] = []
    for (let at = 0; at < bytes.length - 8; at += 1)
      if (id.every((byte, index) => bytes[at + index] === byte) && bytes[at + id.length] === 0x88)
        found.push(Number(new DataView(bytes.buffer).getBigUint64(at + id.length + 1)))
    return found
  }
  expect(places([0xf1]).map((place) => elementAt(bytes, base + place)?.id)).toEqual([WEBM.CLUSTER, WEBM.CLUSTER])
  expect(places([0x53, 0xac]).map((place) => elementAt(bytes, base + place)?.id)).toEqual([WEBM.CUES])
})

test('the length reaches to the end of the last block', () => {
  const bytes = joined([webm(header('T'), cluster(0, [0, 'a'], [60, 'b'], [120, 'c'])), 0])
  const at = bytes.findIndex(
    (_, index) => bytes[index] === 0x44 && bytes[index + 1] === 0x89 && bytes[index + 2] === 0x88,
  )
  expect(new DataView(bytes.buffer).getFloat64(at + 3)).toBe(180)
})

test('bytes without a header are refused, not passed on', () => {
  expect(() => joinWebm([{ bytes: new Uint8Array([1, 2, 3]), startsAt: 0 }])).toThrow(RangeError)
})
