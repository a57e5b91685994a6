import { describe, expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { soundFormats } from '../container/sound-encoder.ts'
import { memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { bedNames } from '../mix/bed-names.ts'
import { mixDefaults } from '../mix/mix-defaults.ts'
import { type Pcm, pcmLength, silentPcm } from '../pcm/pcm.ts'
import { goodFile } from '../testing/files.ts'
import { mono, testSound, written, writtenSource } from '../testing/sound.ts'
import { loudness } from './loudness.ts'
import { type Mixed, type MixOptions, mix } from './mix.ts'

const rate = 48_000

/** Speech of 2 s, then 2 s of nothing, and so on: noise under 3 kHz. */
function speechAndPauses(seconds: number): Pcm {
  const sound = testSound(rate, seconds)
  for (const channel of sound.channels)
    for (let i = 0; i < channel.length; i++) if (Math.floor(i / rate / 2) % 2 === 1) channel[i] = 0
  return sound
}

/** A tone where the voice has next to nothing, so that its level can be measured under it. */
function tone(seconds: number, hertz = 15_000, size = 0.25): Pcm {
  const sound = silentPcm(rate, 1, seconds * rate)
  const [channel = new Float32Array()] = sound.channels
  for (let i = 0; i < channel.length; i++) channel[i] = size * Math.sin((2 * Math.PI * hertz * i) / rate)
  return sound
}

/** Level of one frequency in `[from, to)` seconds, dB (Goertzel as a plain correlation). */
function levelOf(samples: Float32Array, from: number, to: number, hertz = 15_000): number {
  let re = 0
  let im = 0
  for (let i = Math.round(from * rate); i < Math.round(to * rate); i++) {
    const angle = (2 * Math.PI * hertz * i) / rate
    re += (samples[i] ?? 0) * Math.cos(angle)
    im += (samples[i] ?? 0) * Math.sin(angle)
  }
  return 20 * Math.log10((2 * Math.hypot(re, im)) / ((to - from) * rate))
}

async function mixed(
  sources: readonly Uint8Array[],
  options: Partial<MixOptions>,
): Promise<{ result: Mixed; bytes: Uint8Array }> {
  const sink = new MemorySink()
  const result = await mix(sources.map(memorySource), sink, { ...mixDefaults, format: 'wav', ...options })
  return { result, bytes: Uint8Array.from(sink.bytes) }
}

const voice = written(speechAndPauses(16), { format: 'wav', sample: 'f32' })

describe('mix', () => {
  test.each([6, 12, 20])('goes down by %d dB under speech, as asked, and is down before it begins', async (depth) => {
    const music = written(tone(16), { format: 'wav', sample: 'f32' })
    const duck = { depth, attack: 0.2, release: 0.4 }
    const { bytes } = await mixed([voice, music], { duck, level: -6, fadeIn: 0, fadeOut: 0 })
    const out = mono(await decodeAll(memorySource(bytes)))
    const pause = levelOf(out, 2.8, 3.6)
    for (const from of [4.02, 5, 8.02, 9]) expect(pause - levelOf(out, from, from + 0.8)).toBeCloseTo(depth, 0)
    // Measured over many windows together: within a fifth of a decibel.
    const speech = [4.1, 5, 8.1, 9, 12.1, 13].map((from) => levelOf(out, from, from + 0.8))
    const mean = speech.reduce((sum, level) => sum + level, 0) / speech.length
    expect(Math.abs(pause - mean - depth)).toBeLessThan(0.2)
    // Attack ends where speech begins, release begins where it ends.
    expect(Math.abs(levelOf(out, 3.7, 3.78) - pause)).toBeLessThan(0.3)
    expect(Math.abs(levelOf(out, 6.5, 6.9) - pause)).toBeLessThan(0.3)
  })

  test.each(soundFormats)('%s: reaches its loudness within 0.3 LU, and no true peak over -1 dBTP', async (format) => {
    for (const target of format === 'wav' ? [-16, -23] : [-14]) {
      const { result, bytes } = await mixed([voice], { bed: 'room', loudness: target, format, to: 8 })
      const heard = await loudness(memorySource(bytes))
      expect(Math.abs((heard.integrated ?? 0) - target)).toBeLessThan(0.3)
      expect(heard.truePeak).toBeLessThanOrEqual(-1)
      expect(result.after.integrated).toBeCloseTo(heard.integrated ?? 0, 0)
      expect(result.before.integrated).not.toBeNull()
      expect(result.duration).toBeCloseTo(8, 1)
    }
  })

  test('never clips, however loud both are', async () => {
    const loud = {
      rate,
      channels: [Float32Array.from(mono(testSound(rate, 6)), (v) => Math.max(-1, Math.min(1, v * 8)))],
    }
    const file = written(loud, { format: 'wav' })
    const { bytes } = await mixed([file, file], { level: 10 })
    const out = await decodeAll(memorySource(bytes))
    expect(mono(out).every((sample) => Math.abs(sample) < 10 ** (-1 / 20))).toBe(true)
    expect((await loudness(memorySource(bytes))).truePeak).toBeLessThanOrEqual(-1)
  })

  test.each(bedNames)('%s lies under the voice at its level, in stereo', async (bed) => {
    const quietVoice = written(speechAndPauses(16), { format: 'flac' })
    const { bytes } = await mixed([quietVoice], {
      bed,
      level: -20,
      fadeIn: 0,
      fadeOut: 0,
      ...{ duck: undefined },
    } as never)
    const out = await decodeAll(memorySource(bytes))
    expect(out.channels).toHaveLength(2)
    const pause = (channel: Float32Array): number => {
      let sum = 0
      for (let i = 2.2 * rate; i < 3.8 * rate; i++) sum += (channel[i] ?? 0) ** 2
      return Math.sqrt(sum / (1.6 * rate))
    }
    const [left, right] = out.channels.map(pause)
    expect(left).toBeGreaterThan(0.0005)
    expect(right).toBeGreaterThan(0.0005)
    // Both sides are of their own, not one twice.
    expect(out.channels[0]?.subarray(100_000, 101_000)).not.toEqual(out.channels[1]?.subarray(100_000, 101_000))
  })

  test('a short background is looped without a step, faded in and out; unlooped it ends when it ends', async () => {
    const music = written(tone(5, 2000, 0.1), { format: 'wav', sample: 'f32' })
    const silence = written(silentPcm(rate, 1, 20 * rate), { format: 'wav', sample: 'f32' })
    const options = { level: 0, fadeIn: 1, fadeOut: 2 }
    const looped = mono(await decodeAll(memorySource((await mixed([silence, music], options)).bytes)))
    expect(looped).toHaveLength(20 * rate)
    // A tone of 0.1 at 2 kHz moves by 0.1 * 2 pi * 2000 / 48000 a sample; a crossfade of two adds at most the square root of two.
    let step = 0
    for (let i = 1; i < looped.length; i++) step = Math.max(step, Math.abs((looped[i] ?? 0) - (looped[i - 1] ?? 0)))
    expect(step).toBeLessThan(0.1 * ((2 * Math.PI * 2000) / rate) * Math.SQRT2 * 1.02)
    expect(levelOf(looped, 17, 17.5, 2000)).toBeGreaterThan(-23)
    expect(levelOf(looped, 19.9, 20, 2000)).toBeLessThan(-40)
    expect(levelOf(looped, 0, 0.05, 2000)).toBeLessThan(-40)
    const once = mono(await decodeAll(memorySource((await mixed([silence, music], { ...options, loop: false })).bytes)))
    expect(levelOf(once, 6, 8, 2000)).toBeLessThan(-100)
  })

  test('the voice stays sample by sample as it is where nothing is limited', async () => {
    const silence = written(silentPcm(rate, 1, rate), { format: 'wav', sample: 'f32' })
    const { bytes } = await mixed([voice, silence], {})
    const out = mono(await decodeAll(memorySource(bytes)))
    const meant = mono(speechAndPauses(16))
    let worst = 0
    for (let i = 300; i < meant.length - 300; i++) worst = Math.max(worst, Math.abs((out[i] ?? 0) - (meant[i] ?? 0)))
    expect(worst).toBeLessThan(1e-6)
    expect(pcmLength(await decodeAll(memorySource(bytes)))).toBe(meant.length)
  })

  test('a stretch of it, to listen before', async () => {
    const { result } = await mixed([voice], { bed: 'pad', from: 3, to: 7.5, format: 'mp3' })
    expect(result.duration).toBeCloseTo(4.5, 2)
  })

  test('asks for a background and a sensible level', async () => {
    await expect(mixed([voice], {})).rejects.toThrow(BadRequestError)
    await expect(mixed([voice], { bed: 'rain', level: 90 })).rejects.toThrow(BadRequestError)
    await expect(mixed([voice], { bed: 'rain', duck: { depth: 99, attack: 1, release: 1 } })).rejects.toThrow(
      BadRequestError,
    )
    await expect(mixed([voice], { bed: 'rain', from: 99, to: 100 })).rejects.toThrow(BadRequestError)
  })

  test('the same twice gives the same bytes', async () => {
    const source = written(testSound(rate, 3), { format: 'flac' })
    const [a, b] = [await mixed([source], { bed: 'cafe' }), await mixed([source], { bed: 'cafe' })]
    expect(Buffer.from(a.bytes).equals(b.bytes)).toBe(true)
  })
})

test('silence under a voice of 8 kHz telephone sound', async () => {
  const phone = writtenSource(testSound(8000, 3), { format: 'wav' })
  const sink = new MemorySink()
  const result = await mix([phone], sink, { ...mixDefaults, bed: 'room', format: 'opus' })
  expect(result.duration).toBeCloseTo(3, 2)
})

test('under a film the picture stays as it is', async () => {
  for (const kind of ['mp4', 'webm', 'mkv'] as const) {
    const film = goodFile(kind)
    const { result, bytes } = await mixed([film], { bed: 'rain', format: kind })
    const [was, is] = [await probe(memorySource(film)), await probe(memorySource(bytes))]
    expect(result.format).toBe(kind)
    expect(is.streams.find(({ type }) => type === 'video')).toMatchObject({
      codec: was.streams.find(({ type }) => type === 'video')?.codec,
      width: 64,
      height: 48,
    })
    expect(is.streams.some(({ type }) => type === 'audio')).toBe(true)
    expect(Math.abs(is.duration - was.duration)).toBeLessThan(0.15)
  }
})
