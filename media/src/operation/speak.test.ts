import { afterAll, beforeAll, expect, test } from 'vitest'
import { decode, decodeAll } from '../container/decode.ts'
import { MemorySink } from '../container/sink.ts'
import { soundFormats } from '../container/sound-encoder.ts'
import { memorySource } from '../container/source.ts'
import { pcmDuration } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { errorRate } from '../speech/error-rate.ts'
import { SPEECH_RATE } from '../speech/mel.ts'
import { openRecogniser } from '../speech/models.ts'
import { recognise } from '../speech/recognise.ts'
import { VOICE_RATE } from '../synthesis/synthesiser.ts'
import { type SpeakOptions, type SpeakResult, type SpeakSegment, speak } from './speak.ts'

async function spoken(
  options: Omit<SpeakOptions, 'format'> & { format?: SpeakOptions['format'] },
  before?: Uint8Array,
) {
  const sink = new MemorySink()
  const result = await speak(before ? [memorySource(before)] : [], sink, { format: 'flac', ...options })
  return { result, bytes: Uint8Array.from(sink.bytes) }
}

const plain = (text: string, more: Partial<SpeakSegment> = {}): SpeakSegment => ({
  text,
  voice: 'espeak-en',
  speed: 1,
  ...more,
})
const samplesOf = async (bytes: Uint8Array) => (await decodeAll(memorySource(bytes))).channels[0] as Float32Array
const place = ({ segments }: SpeakResult, index: number) => {
  const { start, end } = segments[index] as SpeakResult['segments'][number]
  return [Math.round(start * VOICE_RATE), Math.round(end * VOICE_RATE)] as const
}

test('one segment done anew changes no other: the same samples, and the same bytes for the same segments', async () => {
  const texts = ['First sentence here.', 'The second one.', 'And a third.']
  const first = await spoken({ segments: texts.map((text) => plain(text)) })
  expect((await spoken({ segments: texts.map((text) => plain(text)) })).bytes).toEqual(first.bytes)
  const kept = first.result.segments.map(({ start, end, words, tempo }) => ({
    start,
    end,
    tempo,
    words: words.map((word) => ({ ...word, start: word.start - start, end: word.end - start })),
  }))
  const again = await spoken(
    {
      segments: [
        plain(texts[0] as string, { spoken: kept[0] as (typeof kept)[0] }),
        plain('The second one is now another and longer.'),
        plain(texts[2] as string, { spoken: kept[2] as (typeof kept)[0] }),
      ],
    },
    first.bytes,
  )
  const before = await samplesOf(first.bytes)
  const after = await samplesOf(again.bytes)
  for (const index of [0, 2])
    expect(after.slice(...place(again.result, index))).toEqual(before.slice(...place(first.result, index)))
  expect(after.slice(...place(again.result, 1))).not.toEqual(before.slice(...place(first.result, 1)))
})

test('ten minutes of timed sentences: each begins where it should, none drifts; what cannot fit is told', async () => {
  const segments = Array.from({ length: 60 }, (_, index) =>
    plain(
      index % 10 === 9
        ? 'This sentence has far more words than the place that is left for it, by any means.'
        : 'A short one.',
      {
        at: 0.7 + index * 10,
        until: index % 10 === 9 ? 0.7 + index * 10 + 2 : 0.7 + index * 10 + 10,
      },
    ),
  )
  const { result, bytes } = await spoken({ segments, duration: 600 })
  expect(result.duration).toBeCloseTo(600, 3)
  const samples = await samplesOf(bytes)
  result.segments.forEach((segment, index) => {
    const begin = Math.round((0.7 + index * 10) * VOICE_RATE)
    expect(Math.abs(segment.start * VOICE_RATE - begin)).toBeLessThan(1)
    // Silence up to it, sound from it on: measured in the file itself.
    expect(samples.slice(begin - VOICE_RATE / 10, begin).every((value) => Math.abs(value) < 0.001)).toBe(true)
    expect(samples.slice(begin, begin + VOICE_RATE / 5).some((value) => Math.abs(value) > 0.01)).toBe(true)
    if (index % 10 === 9) expect(segment).toMatchObject({ tempo: 1.35, over: expect.any(Number) })
    expect(segment.over > 0).toBe(index % 10 === 9)
  })
})

test('words have times inside their segment, in order', async () => {
  const { result } = await spoken({
    segments: [plain('One, two and three.', { voice: 'espeak-en' }), plain('Ende gut.', { voice: 'espeak-de' })],
  })
  expect(result.segments.map(({ words }) => words.length)).toEqual([4, 2])
  for (const { start, end, words } of result.segments) {
    let clock = start
    for (const word of words) {
      expect(word.start).toBeGreaterThanOrEqual(clock - 1e-9)
      clock = word.end
    }
    expect(clock).toBeLessThanOrEqual(end + 1e-9)
  }
})

test.each(soundFormats)('%s carries the label of synthetic speech (GB 45438)', async (format) => {
  const { bytes } = await spoken({ segments: [plain('Hello.')], format })
  const text = Buffer.from(bytes).toString('latin1').replaceAll('\0', '')
  expect(text).toContain('"Label":"1"')
  expect(text).toContain('Synthetic speech')
})

test('a spoken notice comes first; nothing to say, an unknown voice and a cancelled signal are named errors', async () => {
  const without = await spoken({ segments: [plain('Hello.')] })
  const noticed = await spoken({ segments: [plain('Hello.')], notice: 'spoken' })
  expect(noticed.result.segments[0]?.start).toBeGreaterThan(1)
  expect(noticed.result.duration).toBeGreaterThan(without.result.duration + 1)
  await expect(spoken({ segments: [plain(' ')] })).rejects.toMatchObject({ code: 'bad-request' })
  await expect(spoken({ segments: [plain('a', { voice: 'nobody' })] })).rejects.toMatchObject({ code: 'bad-request' })
  await expect(spoken({ segments: [plain('a', { speed: 9 })] })).rejects.toMatchObject({ code: 'bad-request' })
  await expect(
    speak([], new MemorySink(), { segments: [plain('a')], format: 'wav' }, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'cancelled' })
})

let engine: Awaited<ReturnType<typeof openRecogniser>>
beforeAll(async () => {
  engine = await openRecogniser('base')
})
afterAll(async () => await engine[Symbol.asyncDispose]())

/** Natural voices, and what of their words our own recogniser may mishear. Without numbers: a recogniser writes them as figures. */
test.each([
  ['af_heart', 'en', 'The library opens in the morning and closes before noon.', 0],
  ['zf_xiaoxiao', 'zh', '她说今天的天气很好。', 1],
])('%s is understood by our own recogniser (C51)', async (voice, language, said, most) => {
  const { bytes, result } = await spoken({ segments: [{ text: said, voice, speed: 1 }] })
  async function* sound() {
    for await (const block of resample(decode(memorySource(bytes)), SPEECH_RATE))
      yield block.channels[0] as Float32Array
  }
  expect(pcmDuration(await decodeAll(memorySource(bytes)))).toBeCloseTo(result.duration, 2)
  const heard = await recognise(engine.whisper, engine.detector, sound(), { language }, () => {})
  const { errors, units } = errorRate(said, heard.segments.map(({ text }) => text).join(' '), language)
  console.log(`${voice}: ${errors}/${units}`)
  expect(errors).toBeLessThanOrEqual(most)
})
