import { expect, test } from 'vitest'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { codedFilm, codedRate, readCodes } from '../testing/coded-film.ts'
import { expectInStep, manyKeeps } from '../testing/in-step.ts'
import { cut } from './cut.ts'

test('the film itself says where it is', () => {
  const codes = readCodes(codedFilm(3))
  expect(codes).toHaveLength(3 * codedRate)
  expect(codes.every(({ at, code }) => Math.abs(at - code / codedRate) < 1e-3)).toBe(true)
})

test('picture and sound stay in step over 200 cuts (the 30 minutes are in the soak)', async () => {
  await expectInStep(240, manyKeeps(240, 200))
})

test('moved passages: sound and picture go together', async () => {
  const keep = [
    { start: 6.03, end: 9.51 },
    { start: 0, end: 2.24 },
    { start: 10.5, end: 12 },
    { start: 2.9, end: 5.07 },
  ]
  await expectInStep(12, keep)
})

test('what was cut is not in the file: neither a picture of it, nor a second more than was kept', async () => {
  const sink = new MemorySink()
  await cut(memorySource(codedFilm(6)), sink, {
    keep: [
      { start: 1.2, end: 2.1 },
      { start: 4, end: 5 },
    ],
    format: 'mp4',
  })
  const codes = readCodes(sink.bytes).map(({ code }) => code)
  expect(codes).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49])
})
