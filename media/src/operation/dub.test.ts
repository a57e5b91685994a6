import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { goodFile } from '../testing/files.ts'
import { testSound, writtenSource } from '../testing/sound.ts'
import { type DubOptions, dub, dubSegments } from './dub.ts'
import { type SpokenSegment, speak } from './speak.ts'

async function dubbed(source: ReturnType<typeof memorySource>, options: Partial<DubOptions>) {
  const sink = new MemorySink()
  const result = await dub(source, sink, { sentences: [], voice: 'espeak-en', speed: 1, format: 'flac', ...options })
  return { result, bytes: Uint8Array.from(sink.bytes) }
}
const samplesOf = async (bytes: Uint8Array) => (await decodeAll(memorySource(bytes))).channels[0] as Float32Array
const sentences = [
  { start: 0.5, end: 2, text: 'The first sentence.' },
  { start: 3, end: 4, text: 'Here is one that has many more words than the second it replaces, far too many.' },
  { start: 5, end: 7, text: 'The last one.' },
]

test('sentences are spoken where the original has them, whatever comes before; none drifts over any length', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { minLength: 1, maxLength: 200 }), (starts) => {
      const segments = dubSegments(
        starts.map((start) => ({ start, end: start + 1, text: 'word' })),
        'espeak-en',
        1,
        600,
      )
      expect(segments.map(({ at }) => at)).toEqual(starts.toSorted((a, b) => a - b))
      for (const [index, { until }] of segments.entries()) expect(until).toBe(segments[index + 1]?.at ?? 600)
    }),
  )
})

test('one sentence said otherwise changes nothing before it and nothing after it (C52, C83)', async () => {
  const source = () => writtenSource(testSound(48_000, 8), { format: 'flac' })
  const first = await dubbed(source(), { sentences, original: -18 })
  expect(first.result.duration).toBeCloseTo(8, 2)
  expect(first.result.sentences.map(({ start }) => start)).toEqual([0.5, 3, 5])
  expect(first.result.sentences[1]).toMatchObject({ tempo: 1.35 })
  expect(first.result.sentences[1]?.over).toBeGreaterThan(0)
  expect((await dubbed(source(), { sentences, original: -18 })).bytes).toEqual(first.bytes)

  const removed = await dubbed(source(), { sentences: sentences.with(1, { start: 3, end: 4, text: 'Short.' }) })
  const others = await dubbed(source(), { sentences: sentences.with(1, { start: 3, end: 4, text: 'Now another.' }) })
  const [a, b] = [await samplesOf(removed.bytes), await samplesOf(others.bytes)]
  const rate = a.length / 8
  expect(a.slice(0, 2.9 * rate)).toEqual(b.slice(0, 2.9 * rate))
  expect(a.slice(4.9 * rate)).toEqual(b.slice(4.9 * rate))
  expect(a.slice(3 * rate, 4.5 * rate)).not.toEqual(b.slice(3 * rate, 4.5 * rate))
})

test('sentences that were spoken before are put in as they are, from wherever they were spoken into', async () => {
  const source = () => writtenSource(testSound(48_000, 8), { format: 'flac' })
  const spoken = async (index: number, room: number) => {
    const sink = new MemorySink()
    const segment = { text: sentences[index]?.text ?? '', voice: 'espeak-en', speed: 1, room }
    const { segments } = await speak([], sink, { segments: [segment], format: 'flac' })
    const [{ start, end, words, tempo }] = segments as [SpokenSegment]
    return { input: memorySource(Uint8Array.from(sink.bytes)), start, end, words, tempo }
  }
  const takes = [await spoken(0, 2.5), await spoken(1, 2), await spoken(2, 3)]
  const sink = new MemorySink()
  const options = {
    sentences: sentences.map((one, index) => {
      const { start, end, words, tempo } = takes[index] as (typeof takes)[0]
      return { ...one, spoken: { source: index, start, end, words, tempo } }
    }),
    voice: 'espeak-en',
    speed: 1,
    format: 'flac',
    original: -18,
  } as const
  await dub(
    source(),
    sink,
    options,
    {},
    takes.map(({ input }) => input),
  )
  const { bytes, result } = await dubbed(source(), { sentences, original: -18 })
  expect(result.sentences[1]?.tempo).toBe(1.35)
  // But for the last bit: what was spoken before was written in 16 bits once already.
  const [a, b] = [await samplesOf(Uint8Array.from(sink.bytes)), await samplesOf(bytes)]
  expect(a.length).toBe(b.length)
  expect(a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0)).toBeLessThan(4 / 32_768)
})

test('the original stays underneath by as much as asked, or goes', async () => {
  const source = () => writtenSource(testSound(48_000, 8), { format: 'flac' })
  const level = async (original?: number) => {
    const { bytes } = await dubbed(source(), { sentences, ...(original === undefined ? {} : { original }) })
    const all = await samplesOf(bytes)
    const gap = all.slice((all.length / 8) * 7, (all.length / 8) * 7.8) // nobody speaks here any more
    return Math.sqrt(gap.reduce((sum, value) => sum + value * value, 0) / gap.length)
  }
  const [full, low, gone] = [await level(0), await level(-18), await level()]
  expect(20 * Math.log10(low / full)).toBeCloseTo(-18, 0)
  expect(gone).toBeLessThan(1e-4)
})

test('a film keeps its pictures, and says that its sound is synthetic', async () => {
  const film = goodFile('mp4')
  const { result, bytes } = await dubbed(memorySource(film), {
    sentences: [{ start: 0.2, end: 1, text: 'Hello.' }],
    original: -20,
    format: 'mp4',
  })
  const before = await probe(memorySource(film))
  const after = await probe(memorySource(bytes))
  expect(after.streams.find(({ type }) => type === 'video')).toEqual(
    before.streams.find(({ type }) => type === 'video'),
  )
  expect(result.duration).toBeCloseTo(before.duration, 1)
  expect(Buffer.from(bytes).toString('latin1')).toContain('Synthetic speech')
})

test('a level out of range, no words and an unknown voice are named errors', async () => {
  const source = () => writtenSource(testSound(16_000, 1), { format: 'wav' })
  for (const options of [{ sentences, original: 6 }, { sentences: [] }, { sentences, voice: 'nobody' }])
    await expect(dubbed(source(), options)).rejects.toMatchObject({ code: 'bad-request' })
})
