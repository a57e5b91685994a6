import { describe, expect, test } from 'vitest'
import { CancelledError, NoAudioError, TooLongError, UnreadableMediaError } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import { concatPcm, type Pcm, pcmDuration, pcmLength, slicePcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
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
import { decode, decodeAll } from './decode.ts'
import { probe } from './probe.ts'
import { type SoundFormat, soundFormats } from './sound-encoder.ts'
import { fileSource, memorySource } from './source.ts'

const lossless = new Set<SoundFormat>(['wav', 'flac'])
const rates = { wav: 44_100, flac: 44_100, mp3: 44_100, opus: 48_000, m4a: 44_100 } as const

describe.each(soundFormats)('%s', (format) => {
  const rate = rates[format]
  const sound = testSound(rate, 25.013, 2)
  const file = written(sound, { format })

  test('comes back with every sample in its place: encoder delay and padding are gone', async () => {
    const back = await decodeAll(memorySource(file))
    expect(pcmLength(back)).toBe(pcmLength(sound))
    expect(back.rate).toBe(rate)
    expect(back.channels.length).toBe(2)
    expect(lateness(mono(sound), mono(back), 60)).toBe(0)
    expect(signalToNoise(mono(sound), mono(back))).toBeGreaterThan(lossless.has(format) ? 70 : 9)
  })

  test('a range is exact to the sample, near the start and after a seek', async () => {
    const whole = await decodeAll(memorySource(file))
    for (const [from, to] of [
      [0, 1],
      [5.25, 9.75],
      [17.3001, 19.5],
      [24.9, 30],
    ] as const) {
      const part = await decodeAll(memorySource(file), { from, to })
      const meant = slicePcm(whole, Math.round(from * rate), Math.round(to * rate))
      expect(pcmLength(part)).toBe(pcmLength(meant))
      // Opus' decoder never forgets its past entirely; the others do.
      expect(signalToNoise(mono(meant), mono(part))).toBeGreaterThan(format === 'opus' ? 40 : 90)
    }
  })

  test('the duration is that of the samples', async () => {
    expect((await probe(memorySource(file))).duration).toBeCloseTo(25.013, 3)
  })
})

test('resampling keeps length and time: n samples become round(n * to / from)', async () => {
  // Tones up to 12 kHz: what lies at the edge of the band is rightly taken away.
  const tones = [110, 997, 4000, 12_000]
  const sound = {
    rate: 44_100,
    channels: [
      Float32Array.from({ length: 54_441 }, (_, i) =>
        tones.reduce((sum, tone) => sum + 0.2 * Math.sin((2 * Math.PI * tone * i) / 44_100), 0),
      ),
    ],
  }
  for (const rate of [8000, 16_000, 22_050, 48_000, 96_000]) {
    async function* blocks(): AsyncGenerator<Pcm> {
      for (let at = 0; at < pcmLength(sound); at += 5000) yield slicePcm(sound, at, at + 5000)
    }
    const parts: Pcm[] = []
    for await (const block of resample(blocks(), rate)) parts.push(block)
    const there = concatPcm(parts)
    expect(pcmLength(there)).toBe(Math.round((pcmLength(sound) * rate) / 44_100))
    if (rate < 44_100) continue
    const back: Pcm[] = []
    async function* thereBlocks(): AsyncGenerator<Pcm> {
      yield there
    }
    for await (const block of resample(thereBlocks(), 44_100)) back.push(block)
    const inside = (pcm: Pcm): Float32Array => mono(pcm).subarray(2000, -2000)
    expect(signalToNoise(inside(sound), inside(concatPcm(back)))).toBeGreaterThan(50)
  }
})

test('a downmix cannot clip', async () => {
  const loud = { rate: 8000, channels: [0, 1].map(() => new Float32Array(8000).fill(0.9)) }
  const down = await decodeAll(writtenSource(loud, { format: 'wav' }), { channels: 1 })
  expect(Math.max(...mono(down))).toBeLessThanOrEqual(0.9001)
})

test('24-bit and float wav keep their resolution', async () => {
  const quiet = { rate: 48_000, channels: [Float32Array.from({ length: 4800 }, (_, i) => 2e-6 * Math.sin(i / 7))] }
  expect(
    signalToNoise(mono(quiet), mono(await decodeAll(writtenSource(quiet, { format: 'wav', sample: 's24' })))),
  ).toBeGreaterThan(20)
  const exact = await decodeAll(writtenSource(quiet, { format: 'wav', sample: 'f32' }))
  expect(mono(exact)).toEqual(mono(quiet))
})

test('limits and cancelling end the work with their own errors', async () => {
  const silence = written(
    { rate: 48_000, channels: [new Float32Array(48_000 * 120)] },
    { format: 'opus', bitrate: 6000 },
  )
  const limits = { ...defaultLimits, decodedSeconds: 100 }
  await expect(decodeAll(memorySource(silence), { limits })).rejects.toThrow(TooLongError)
  await expect(decodeAll(memorySource(silence), { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError)
  await expect(decodeAll(memorySource(new Uint8Array()))).rejects.toThrow(UnreadableMediaError)
  await expect(decodeAll(memorySource(Buffer.from('hello, I am no media')))).rejects.toThrow(UnreadableMediaError)
})

test('stopping early closes the file: the next one opens', async () => {
  const file = written(testSound(16_000, 20), { format: 'flac' })
  for (let i = 0; i < 50; i++)
    for await (const block of decode(memorySource(file))) {
      expect(pcmLength(block)).toBeGreaterThan(0)
      break
    }
})

test('playlists and concat scripts are no media, whatever they point to', async () => {
  const scripts = [
    'ffconcat version 1.0\nfile /etc/hostname\n',
    '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n',
    '#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:1/x.mp3\n',
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file:///etc/</BaseURL></MPD>',
    '[playlist]\nFile1=/etc/hostname\n',
  ]
  for (const script of scripts)
    await expect(probe(memorySource(Buffer.from(script)))).rejects.toThrow(UnreadableMediaError)
})

describe.skipIf(!haveSamples)('real recordings (SOTTO_SAMPLES)', () => {
  test.each([
    ['odd/music-vbr.mp3', 'mp3', 20],
    ['odd/music-id3-cover.mp3', 'mp3', 15],
    ['odd/mp3-named.wav', 'mp3', 11],
    ['odd/music-24bit-96k.wav', 'wav', 6],
    ['odd/no-duration-silent.webm', 'webm', 4.94],
    ['odd/phone-8k-mono.wav', 'wav', 10.399],
    ['odd/speech-alaw-8k.wav', 'wav', 11],
    ['odd/truncated.wav', 'wav', 5.499],
    ['odd/speech.amr', 'amr', 11],
    ['odd/speech.flac', 'flac', 11],
    ['odd/speech.m4a', 'm4a', 11],
    ['odd/speech.opus', 'ogg', 11],
    ['odd/friday.3gp', '3gp', 6.267],
    ['video/bunny-vp9-opus.webm', 'webm', 10.008],
    ['video/flower-silent-track.mov', 'mov', 5.055],
    ['video/friday-h264-aac.mp4', 'mp4', 6.166],
    ['noise/rain.ogg', 'ogg', 30],
    ['music/vibe-ace.ogg', 'ogg', 60],
  ])('%s is %s of %f s, and its sound is as long to a quarter of a second', async (name, container, duration) => {
    using source = fileSource(`${samples}/${name}`)
    const info = await probe(source)
    expect(info.container).toBe(container)
    expect(Math.abs(info.duration - duration)).toBeLessThan(0.02)
    expect(Math.abs(pcmDuration(await decodeAll(source)) - duration)).toBeLessThan(0.25)
  })

  test.each(['odd/empty.wav', 'odd/text-named.mp3', 'odd/truncated-no-moov.m4a'])('%s is unreadable', async (name) => {
    using source = fileSource(`${samples}/${name}`)
    await expect(probe(source)).rejects.toThrow(UnreadableMediaError)
    await expect(decodeAll(source)).rejects.toThrow(UnreadableMediaError)
  })
})

test('a picture alone has no sound', async () => {
  // The smallest PNG as cover art is not even a container we open.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
    'base64',
  )
  await expect(decodeAll(memorySource(png))).rejects.toThrow(UnreadableMediaError)
  expect(new NoAudioError('x').code).toBe('no-audio')
})
