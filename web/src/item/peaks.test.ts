import { expect, test } from 'vitest'
import { levelFor, PeaksError, readWaveform } from './peaks.ts'

/** A file as the server writes it: levels coarsest first, each pair lowest then highest. */
function file(duration: number, levels: { perSecond: number; pairs: [number, number][] }[]): Uint8Array<ArrayBuffer> {
  const table = 16 + 16 * levels.length
  const bytes = new Uint8Array(table + levels.reduce((sum, level) => sum + level.pairs.length * 4, 0))
  const view = new DataView(bytes.buffer)
  bytes.set([...'SPK1'].map((letter) => letter.charCodeAt(0)))
  view.setUint32(4, levels.length, true)
  view.setFloat64(8, duration, true)
  let at = table
  levels.forEach((level, index) => {
    view.setFloat64(16 + index * 16, level.perSecond, true)
    view.setUint32(16 + index * 16 + 8, level.pairs.length, true)
    view.setUint32(16 + index * 16 + 12, at, true)
    for (const [low, high] of level.pairs) {
      view.setInt16(at, low, true)
      view.setInt16(at + 2, high, true)
      at += 4
    }
  })
  return bytes
}
const pairs = (count: number): [number, number][] => Array.from({ length: count }, (_, i) => [-16384 - i, 8192 + i])
const coarse = { perSecond: 25, pairs: pairs(2) }
const fine = { perSecond: 100, pairs: pairs(8) }
/** A stream that gives `step` bytes at a time and tells how many were taken. */
function streamOf(bytes: Uint8Array, step: number): { stream: ReadableStream<Uint8Array>; taken: () => number } {
  let at = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, at + step))
        at = Math.min(bytes.length, at + step)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, taken: () => at }
}

test('the finest level that is not too fine is read, however the bytes come', async () => {
  const bytes = file(0.08, [coarse, fine])
  for (const step of [1, 3, 7, 1000]) {
    const waveform = await readWaveform(streamOf(bytes, step).stream, 100)
    expect(waveform.perSecond).toBe(100)
    expect(waveform.duration).toBe(0.08)
    expect([...waveform.low]).toEqual(fine.pairs.map(([low]) => Math.fround(low / 32768)))
    expect([...waveform.high]).toEqual(fine.pairs.map(([, high]) => Math.fround(high / 32768)))
  }
})

test('of a long recording the finer levels are not fetched', async () => {
  const bytes = file(0.08, [coarse, { perSecond: 100, pairs: pairs(5000) }])
  const { stream, taken } = streamOf(bytes, 8)
  const waveform = await readWaveform(stream, 100)
  expect(waveform.perSecond).toBe(25)
  expect(taken()).toBeLessThan(100)
})

test('bytes that are something else, or end too early, are refused', async () => {
  const bytes = file(0.08, [coarse, fine])
  await expect(readWaveform(streamOf(new TextEncoder().encode('<!doctype html>...'), 4).stream, 9)).rejects.toThrow(
    PeaksError,
  )
  for (const cut of [0, 10, 20, bytes.length - 1])
    await expect(readWaveform(streamOf(bytes.slice(0, cut), 5).stream, 100)).rejects.toThrow(PeaksError)
})

test('where every level is too fine the coarsest is taken', () => {
  const levels = [
    { perSecond: 1, pairs: 50, offset: 0 },
    { perSecond: 4, pairs: 200, offset: 0 },
  ]
  expect(levelFor(levels, 10)?.perSecond).toBe(1)
  expect(levelFor(levels, 60)?.perSecond).toBe(1)
  expect(levelFor(levels, 200)?.perSecond).toBe(4)
  expect(levelFor([], 10)).toBeUndefined()
})
