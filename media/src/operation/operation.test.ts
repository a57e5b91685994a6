import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { fileSource, memorySource } from '../container/source.ts'
import { BadRequestError, NoAudioError } from '../error.ts'
import { concatPcm, type Pcm, pcmLength, slicePcm } from '../pcm/pcm.ts'
import {
  haveSamples,
  lateness,
  mono,
  samples,
  signalToNoise,
  testSound,
  written,
  writtenSource,
} from '../testing/sound.ts'
import { heardOf, moveRange } from '../words/order.ts'
import { clip } from './clip.ts'
import { convert } from './convert.ts'
import { cut, keptBlocks } from './cut.ts'
import { extract } from './extract.ts'
import { loudness } from './loudness.ts'
import { peaks, readPeaks, writePeaks } from './peaks.ts'

async function into<T>(work: (sink: MemorySink) => Promise<T>): Promise<{ result: T; bytes: Uint8Array }> {
  const sink = new MemorySink()
  const result = await work(sink)
  return { result, bytes: Uint8Array.from(sink.bytes) }
}

describe('clip (C50)', () => {
  const sound = testSound(44_100, 12, 1)
  const meant = slicePcm(sound, Math.round(5.25 * 44_100), Math.round(9.75 * 44_100))

  test.each([
    ['wav', 'encoded'],
    ['flac', 'encoded'],
    ['mp3', 'encoded'],
    ['m4a', 'copied'],
  ] as const)('of %s is exact to the sample (%s)', async (format, how) => {
    const source = writtenSource(sound, { format })
    const { result, bytes } = await into((sink) => clip(source, sink, { from: 5.25, to: 9.75 }))
    expect(result).toMatchObject({ format, how })
    expect(result.duration).toBeCloseTo(4.5, 4)
    const back = await decodeAll(memorySource(bytes))
    expect(pcmLength(back)).toBe(pcmLength(meant))
    expect(lateness(mono(meant), mono(back), 60)).toBe(0)
    expect(signalToNoise(mono(meant), mono(back))).toBeGreaterThan(9)
  })

  test('a copied clip says what it still hides, a re-encoded one hides nothing', async () => {
    const source = writtenSource(sound, { format: 'm4a' })
    const copied = await into((sink) => clip(source, sink, { from: 5.25, to: 9.75 }))
    expect(copied.result.hiddenBefore).toBeGreaterThan(0)
    expect(copied.result.hiddenBefore).toBeLessThan(0.1)
    const anew = await into((sink) => clip(source, sink, { from: 5.25, to: 9.75, reencode: true }))
    expect(anew.result).toMatchObject({ how: 'encoded', hiddenBefore: 0, hiddenAfter: 0 })
    expect(pcmLength(await decodeAll(memorySource(anew.bytes)))).toBe(pcmLength(meant))
  })

  test('outside of the file is refused', async () => {
    const source = writtenSource(sound, { format: 'wav' })
    for (const [from, to] of [
      [12, 13],
      [3, 3],
      [4, 2],
      [-1, 2],
    ] as const)
      await expect(clip(source, new MemorySink(), { from, to })).rejects.toThrow(BadRequestError)
  })

  test('tags of the source are not taken over', async () => {
    const tags = { title: 'secret title', location: '+48.85+002.35/', comment: 'secret comment' }
    for (const format of ['m4a', 'mp3', 'flac', 'wav', 'opus'] as const) {
      const source = writtenSource(sound, { format, tags })
      for (const reencode of [false, true]) {
        const { bytes } = await into((sink) => clip(source, sink, { from: 1, to: 2, reencode }))
        expect(Buffer.from(bytes).includes('secret')).toBe(false)
        expect(Buffer.from(bytes).includes('48.85')).toBe(false)
      }
      const { bytes } = await into((sink) => extract(source, sink))
      expect(Buffer.from(bytes).includes('secret')).toBe(false)
    }
  })

  describe.skipIf(!haveSamples)('of a real video (SOTTO_SAMPLES)', () => {
    test.each([
      'video/friday-h264-aac.mp4',
      'video/flower-silent-track.mov',
      'video/bunny-vp9-opus.webm',
      'odd/friday.3gp',
    ])('%s keeps picture and sound, copied and encoded', async (name) => {
      using source = fileSource(`${samples}/${name}`)
      const whole = await decodeAll(source, { from: 1.5, to: 4.25 })
      for (const reencode of [false, true]) {
        const { result, bytes } = await into((sink) => clip(source, sink, { from: 1.5, to: 4.25, reencode }))
        const info = await probe(memorySource(bytes))
        expect(info.streams.map(({ type }) => type).sort()).toEqual(['audio', 'video'])
        expect(Math.abs(info.duration - 2.75)).toBeLessThan(0.1)
        const back = await decodeAll(memorySource(bytes), { rate: whole.rate, channels: whole.channels.length })
        expect(Math.abs(pcmLength(back) - pcmLength(whole)) / whole.rate).toBeLessThan(0.05)
        if (mono(whole).some((sample) => sample > 0.01)) expect(lateness(mono(whole), mono(back), 400)).toBe(0)
        if (reencode) expect(result.hiddenBefore).toBe(0)
      }
    })
  })
})

describe('cut', () => {
  const rate = 48_000
  const keep = [
    { start: 0.5, end: 2 },
    { start: 2.001, end: 3.25 },
    { start: 5, end: 5.75 },
    { start: 5.75, end: 6.5 },
  ]
  const total = keep.reduce((sum, { start, end }) => sum + Math.round(end * rate) - Math.round(start * rate), 0)

  test('is exactly as long as what is kept, in every format', async () => {
    const source = writtenSource(testSound(rate, 8, 2), { format: 'flac' })
    for (const format of ['wav', 'flac', 'mp3', 'opus', 'm4a'] as const) {
      const { result, bytes } = await into((sink) => cut(source, sink, { keep, format }))
      expect(result.duration).toBeCloseTo(total / rate, 6)
      expect(pcmLength(await decodeAll(memorySource(bytes)))).toBe(total)
    }
  })

  test('away from the joins every kept sample is untouched', async () => {
    const sound = testSound(rate, 8)
    const source = writtenSource(sound, { format: 'wav', sample: 'f32' })
    const parts: Pcm[] = []
    for await (const block of keptBlocks(source, keep, {})) parts.push(block)
    const joined = mono(concatPcm(parts))
    let at = 0
    for (const { start, end } of keep) {
      const from = Math.round(start * rate)
      const length = Math.round(end * rate) - from
      const edge = 0.006 * rate
      expect(joined.subarray(at + edge, at + length - edge)).toEqual(
        mono(sound).subarray(from + edge, from + length - edge),
      )
      at += length
    }
    // Neighbours without a gap are not faded at all.
    const join = Math.round(1.5 * rate) + Math.round(3.25 * rate) - Math.round(2.001 * rate) + Math.round(0.75 * rate)
    expect(joined[join]).toBe(mono(sound)[Math.round(5.75 * rate)])
  })

  test('joins do not click: a steady tone has no jump larger than its own', async () => {
    // Half periods apart, so a hard join would jump by the full height.
    const tone = {
      rate,
      channels: [Float32Array.from({ length: rate * 4 }, (_, i) => 0.5 * Math.cos((2 * Math.PI * 200 * i) / rate))],
    }
    const source = writtenSource(tone, { format: 'wav', sample: 'f32' })
    const parts: Pcm[] = []
    for await (const block of keptBlocks(
      source,
      [
        { start: 1, end: 2 },
        { start: 2.0025, end: 3 },
        { start: 3.4975, end: 3.9 },
      ],
      {},
    ))
      parts.push(block)
    const joined = mono(concatPcm(parts))
    const steepest = 0.5 * 2 * Math.PI * (200 / rate)
    let jump = 0
    for (let i = 1; i < joined.length; i++) jump = Math.max(jump, Math.abs((joined[i] ?? 0) - (joined[i - 1] ?? 0)))
    expect(jump).toBeLessThan(steepest * 2)
    expect(Math.abs(joined[0] ?? 1)).toBeLessThan(0.01)
    expect(Math.abs(joined.at(-1) ?? 1)).toBeLessThan(0.01)
  })

  test('a passage that was moved is where it was moved to, and joins do not click (property)', async () => {
    const rate = 8000
    const tone = { rate, channels: [Float32Array.from({ length: rate * 4 }, (_, i) => 0.5 * Math.sin(i / 9))] }
    const source = writtenSource(tone, { format: 'wav', sample: 'f32' })
    const place = fc.integer({ min: 0, max: 400 }).map((at) => at / 100)
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(place, place, place),
        fc.array(place, { maxLength: 4 }),
        async ([a, b, before], marks) => {
          const cuts = marks.map((start) => ({ start, end: Math.min(4, start + 0.21) }))
          const order = moveRange([], { start: Math.min(a, b), end: Math.max(a, b) }, before, 4)
          const keep = heardOf(order, cuts, 4)
          fc.pre(keep.length > 0)
          const blocks: Pcm[] = []
          for await (const block of keptBlocks(source, keep, {})) blocks.push(block)
          const joined = mono(concatPcm(blocks))
          const spans = keep.map(({ start, end }) => [Math.round(start * rate), Math.round(end * rate)] as const)
          expect(joined).toHaveLength(spans.reduce((sum, [start, end]) => sum + end - start, 0))
          // The steepest the tone is, twice (two tones over each other), and what 10 ms of fading adds.
          let step = 0
          for (let i = 1; i < joined.length; i++)
            step = Math.max(step, Math.abs((joined[i] ?? 0) - (joined[i - 1] ?? 0)))
          const long = keep.every(({ start, end }) => end - start >= 0.02)
          if (long) expect(step).toBeLessThan((0.5 / 9) * Math.SQRT2 + 0.05)
          let at = 0
          for (const [start, end] of spans) {
            for (let i = start + 60; i < end - 60; i += 37)
              expect(joined[at + i - start]).toBeCloseTo(0.5 * Math.sin(i / 9), 5)
            at += end - start
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('ranges that overlap or are empty are refused', async () => {
    const source = writtenSource(testSound(8000, 3), { format: 'wav' })
    for (const wrong of [
      [],
      [{ start: 1, end: 1 }],
      [
        { start: 0, end: 2 },
        { start: 1, end: 3 },
      ],
    ])
      await expect(cut(source, new MemorySink(), { keep: wrong, format: 'wav' })).rejects.toThrow(BadRequestError)
  })
})

describe('extract and convert', () => {
  test.each([
    ['m4a', 'm4a', 'copied'],
    ['mp3', 'mp3', 'copied'],
    ['opus', 'opus', 'copied'],
    ['flac', 'flac', 'copied'],
    ['wav', 'wav', 'copied'],
  ] as const)('%s goes to %s %s, sample for sample', async (from, to, how) => {
    const source = writtenSource(testSound(48_000, 3.3), { format: from })
    const { result, bytes } = await into((sink) => extract(source, sink))
    expect(result).toMatchObject({ format: to, how })
    expect(mono(await decodeAll(memorySource(bytes)))).toEqual(mono(await decodeAll(source)))
  })

  test('another format is encoded', async () => {
    const source = writtenSource(testSound(48_000, 3.3), { format: 'm4a' })
    const { result, bytes } = await into((sink) => extract(source, sink, { format: 'flac' }))
    expect(result).toMatchObject({ format: 'flac', how: 'encoded' })
    expect((await probe(memorySource(bytes))).container).toBe('flac')
  })

  test('wav to flac and back loses nothing, also at 24 bits', async () => {
    for (const sample of ['s16', 's24'] as const) {
      const wav = written(testSound(96_000, 1, 2), { format: 'wav', sample })
      const flac = await into((sink) => convert(memorySource(wav), sink, { format: 'flac' }))
      const back = await into((sink) => convert(memorySource(flac.bytes), sink, { format: 'wav' }))
      expect(Buffer.from(back.bytes).equals(wav)).toBe(true)
    }
  })

  test.skipIf(!haveSamples)('the sound of videos and Vorbis is taken over (SOTTO_SAMPLES)', async () => {
    for (const [name, format] of [
      ['video/friday-h264-aac.mp4', 'm4a'],
      ['video/bunny-vp9-opus.webm', 'opus'],
      ['music/vibe-ace.ogg', 'ogg'],
    ] as const) {
      using source = fileSource(`${samples}/${name}`)
      const { result, bytes } = await into((sink) => extract(source, sink))
      expect(result).toMatchObject({ format, how: 'copied' })
      const before = await decodeAll(source)
      const after = await decodeAll(memorySource(bytes))
      expect(Math.abs(pcmLength(after) - pcmLength(before))).toBeLessThan(0.025 * before.rate)
      expect(lateness(mono(before), mono(after), 100)).toBe(0)
    }
  })
})

describe('peaks', () => {
  test('hold the lowest and highest sample of each hundredth of a second, over all channels', async () => {
    const sound = testSound(44_100, 6.789, 2)
    const drawn = await peaks(writtenSource(sound, { format: 'wav', sample: 'f32' }))
    const finest = drawn.levels[0]
    expect(finest?.perSecond).toBe(100)
    expect((finest?.pairs.length ?? 0) / 2).toBe(679)
    for (const at of [0, 1, 333, 678]) {
      const part = slicePcm(sound, at * 441, (at + 1) * 441)
      const all = part.channels.flatMap((channel) => [...channel])
      expect(finest?.pairs[2 * at]).toBe(Math.round(Math.min(...all) * 32_768))
      expect(finest?.pairs[2 * at + 1]).toBe(Math.round(Math.max(...all) * 32_768))
    }
  })

  test('levels get coarser by four and never lose an extreme; the bytes read back', async () => {
    const drawn = await peaks(writtenSource(testSound(8000, 90), { format: 'wav' }))
    expect(drawn.levels.map(({ pairs }) => pairs.length / 2)).toEqual([9000, 2250, 563, 141])
    const extremes = drawn.levels.map(({ pairs }) => [Math.min(...pairs), Math.max(...pairs)])
    for (const one of extremes) expect(one).toEqual(extremes[0])
    expect(readPeaks(writePeaks(drawn))).toEqual(drawn)
  })
})

describe('loudness', () => {
  test('a -23 LUFS tone measures -23 LUFS (EBU Tech 3341, case 1)', async () => {
    const rate = 48_000
    const amplitude = 10 ** (-23 / 20)
    const tone = Float32Array.from(
      { length: rate * 20 },
      (_, i) => amplitude * Math.sin((2 * Math.PI * 1000 * i) / rate),
    )
    const measured = await loudness(writtenSource({ rate, channels: [tone, tone] }, { format: 'wav', sample: 's24' }))
    expect(Math.abs((measured.integrated ?? 0) + 23)).toBeLessThanOrEqual(0.1)
    expect(Math.abs((measured.truePeak ?? 0) + 23)).toBeLessThanOrEqual(0.3)
  })

  test('silence has no loudness', async () => {
    const silence = { rate: 48_000, channels: [new Float32Array(48_000 * 5)] }
    expect(await loudness(writtenSource(silence, { format: 'wav' }))).toEqual({
      integrated: null,
      range: null,
      truePeak: null,
    })
  })
})

test('without sound there is nothing to convert', async () => {
  const empty = writtenSource({ rate: 48_000, channels: [new Float32Array(0)] }, { format: 'wav' })
  await expect(convert(empty, new MemorySink(), { format: 'mp3' })).rejects.toThrow(NoAudioError)
})
