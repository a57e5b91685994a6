import { expect } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { cut } from '../operation/cut.ts'
import { toOriginalTime } from '../words/timeline.ts'
import type { TimeRange } from '../words/transcript.ts'
import { codedFilm, codedRate, readCodes } from './coded-film.ts'
import { lateness, mono } from './sound.ts'

/**
 * Cuts a film of `seconds` at `cuts` places and holds picture and sound of the result against where they should be: no
 * picture is off by more than one frame, no sound by more than 2 ms, at the end as at the beginning.
 */
export async function expectInStep(seconds: number, keep: readonly TimeRange[], work = {}): Promise<void> {
  const film = codedFilm(seconds)
  const sink = new MemorySink()
  const { duration } = await cut(memorySource(film), sink, { keep, format: 'mp4' }, work)
  const bytes = sink.bytes
  const pictures = readCodes(bytes)
  expect(pictures.length).toBeGreaterThan(keep.length)
  const frame = 1 / codedRate
  for (const { at, code } of pictures) {
    const meant = toOriginalTime(at + 1e-4, keep)
    expect(Math.abs(code * frame - meant)).toBeLessThanOrEqual(frame + 1e-3)
  }
  const was = mono(await decodeAll(memorySource(film)))
  const is = mono(await decodeAll(memorySource(bytes)))
  expect(Math.abs(is.length / 16_000 - duration)).toBeLessThan(0.07)
  const reach = 32
  const starts = keep.filter(({ start, end }) => end - start > 0.3)
  let sum = 0
  const at = new Map(
    keep.map((range) => {
      const place = sum
      sum += range.end - range.start
      return [range, place] as const
    }),
  )
  for (const range of starts.filter((_, index) => index % Math.ceil(starts.length / 25) === 0)) {
    const here = Math.round(((at.get(range) ?? 0) + 0.05) * 16_000)
    const there = Math.round((range.start + 0.05) * 16_000)
    const length = 3200
    const late = lateness(was.subarray(there, there + length), is.subarray(here, here + length), reach)
    expect(Math.abs(late)).toBeLessThan(reach)
  }
}

/** So many cuts over so many seconds, of every length, the same each time. */
export function manyKeeps(seconds: number, cuts: number): TimeRange[] {
  const step = seconds / cuts
  return Array.from({ length: cuts }, (_, index) => ({
    start: index * step + step * 0.13 * ((index * 7) % 5) * 0.7,
    end: (index + 1) * step - step * (0.05 + 0.09 * ((index * 3) % 4)),
  }))
}
