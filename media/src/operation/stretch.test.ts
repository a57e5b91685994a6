import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { type Arrangement, arrangementLength } from '../mix/arrangement.ts'
import { splitClip } from '../mix/arrangement-edit.ts'
import type { MixSource } from '../mix/clip-sound.ts'
import { openSources, render } from '../mix/render.ts'
import { speechOf } from '../mix/speech-look.ts'
import { concatPcm, type Pcm } from '../pcm/pcm.ts'
import { testSound, written } from '../testing/sound.ts'
import { arrange } from './arrange.ts'
import { stretch } from './stretch.ts'

/** Talks for a second and a half of every three. */
function talking(rate: number, seconds: number, seed: number): Pcm {
  const sound = testSound(rate, seconds, 1, seed)
  for (const channel of sound.channels)
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] ?? 0) * ((i / rate) % 3 < 1.5 ? 0.5 : 0.0005)
  return sound
}

// Three rates, so that resampling is in it: the result is at 48 kHz.
const files = [talking(16_000, 24, 1), testSound(44_100, 5, 2, 2), testSound(48_000, 3, 1, 3)].map((sound) =>
  memorySource(written(sound, { format: 'wav', sample: 'f32' })),
)
const arrangement: Arrangement = {
  tracks: [
    {
      role: 'voice',
      clips: [
        { source: 0, from: 1.2345, to: 13, at: 0.5, fadeIn: 0.4, fadeOut: 0.3 },
        { source: 0, from: 14, to: 23.7, at: 13.77, gain: -3 },
      ],
    },
    {
      role: 'background',
      gain: -4,
      duck: { depth: 14, attack: 0.4, release: 0.9 },
      clips: [
        { source: 1, from: 0.3, to: 4.4, at: 0, length: 15.5, fadeIn: 2, fadeOut: 3 },
        { source: 'room', from: 0, to: 6, at: 16, length: 6.5, fadeIn: 1 },
      ],
    },
    { role: 'effects', pan: -0.4, clips: [{ source: 2, from: 0, to: 2.9, at: 4.1, fadeOut: 1.5 }] },
  ],
}

let sources: MixSource[]
let whole: Pcm
async function played(of: Arrangement, window?: { start: number; end: number }): Promise<Pcm> {
  const blocks: Pcm[] = []
  const speech = await speechOf(of, sources, {}, window)
  for await (const block of render(of, sources, speech, {}, window)) blocks.push(block)
  return concatPcm(blocks)
}
/** The largest difference of `part` from `all`, from sample `at` on. */
function worst(part: Pcm, all: Pcm, at: number): number {
  let most = 0
  for (const [side, channel] of part.channels.entries())
    for (let i = 0; i < channel.length; i++)
      most = Math.max(most, Math.abs((channel[i] ?? 0) - (all.channels[side]?.[at + i] ?? 9)))
  return most
}
beforeAll(async () => {
  sources = await openSources(files, {})
  whole = await played(arrangement)
})

describe('a stretch of an arrangement', () => {
  test('is the whole between its ends, sample by sample: fades, loops, ducking, resampling (property)', async () => {
    expect(whole.rate).toBe(48_000)
    const moment = fc.integer({ min: 0, max: 23_000 }).map((ms) => ms / 1000)
    await fc.assert(
      fc.asyncProperty(moment, fc.integer({ min: 10, max: 1500 }), async (start, ms) => {
        const end = Math.min(start + ms / 1000, arrangementLength(arrangement))
        fc.pre(end > start)
        const part = await played(arrangement, { start, end })
        const at = Math.round(start * 48_000)
        expect(part.channels[0]).toHaveLength(Math.round(end * 48_000) - at)
        expect(worst(part, whole, at)).toBeLessThan(1e-6)
      }),
      { numRuns: 12, examples: [[9.93, 800], [14.6, 1000]] }, // biome-ignore format: two places that matter
    )
  })

  test('split and nothing else sounds the same, sample by sample, looped or not (property)', async () => {
    const cut = fc.tuple(
      fc.constantFrom({ track: 0, clip: 0 }, { track: 1, clip: 0 }, { track: 1, clip: 1 }, { track: 2, clip: 0 }),
      fc.integer({ min: 0, max: 23_471 }).map((n) => n / 1000.37),
    )
    await fc.assert(
      fc.asyncProperty(cut, async ([place, time]) => {
        const done = splitClip(arrangement, place, time)
        fc.pre(done !== undefined)
        const window = { start: Math.max(0, time - 0.2), end: Math.min(time + 0.4, arrangementLength(arrangement)) }
        const part = await played(done?.arrangement ?? arrangement, window)
        expect(worst(part, whole, Math.round(window.start * 48_000))).toBeLessThan(1e-6)
      }),
      { numRuns: 12 },
    )
  })

  test('as a file, with the ceiling of the whole: stretches one after another are what is saved', async () => {
    const loud: Arrangement = { tracks: arrangement.tracks.map((track) => ({ ...track, gain: (track.gain ?? 0) + 9 })) }
    const saved = new MemorySink()
    await arrange(files, saved, { ...loud, format: 'flac' })
    const all = await decodeAll(memorySource(saved.bytes))
    for (const [from, to] of [
      [0, 4],
      [4, 8.5],
      [20, 60],
    ] as const) {
      // biome-ignore format: one line
      const sink = new MemorySink()
      const made = await stretch(files, sink, { ...loud, from, to, format: 'flac' })
      const part = await decodeAll(memorySource(sink.bytes))
      const end = Math.min(to, arrangementLength(loud))
      expect(part.channels[0]).toHaveLength(Math.round(end * 48_000) - Math.round(from * 48_000))
      expect(made.duration).toBeCloseTo(end - from, 4)
      // 16 bits against 24.
      expect(worst(part, all, Math.round(from * 48_000))).toBeLessThan(2 / 32_768)
    }
  })

  test('of a long voice only what matters is read', async () => {
    const bytes = written(talking(8000, 2400, 5), { format: 'wav', sample: 's16' })
    let read = 0
    const inner = memorySource(bytes)
    const counting = {
      ...inner,
      size: inner.size,
      read: (...args: Parameters<typeof inner.read>) => {
        const got = inner.read(...args)
        read += got
        return got
      },
    }
    const long: Arrangement = {
      tracks: [
        { role: 'voice', clips: [{ source: 0, from: 0, to: 2400, at: 0 }] },
        {
          role: 'background',
          clips: [{ source: 'room', from: 0, to: 2400, at: 0 }],
          duck: { depth: 10, attack: 0.3, release: 0.8 },
        },
      ],
    }
    await stretch([counting], new MemorySink(), { ...long, from: 900, to: 905, format: 'flac' })
    expect(read).toBeLessThan(bytes.length / 3)
    // And what is found there is what looking at all of it finds.
    const opened = await openSources([memorySource(bytes)], {})
    const all = (await speechOf(long, opened, {})).get(0) ?? []
    const window = { start: 900, end: 905 }
    const found = (await speechOf(long, opened, {}, window)).get(0) ?? []
    const inside = (range: { start: number; end: number }) => range.end > 899 && range.start < 906
    expect(found.filter(inside).length).toBeGreaterThan(1)
    expect(found.filter(inside)).toEqual(all.filter(inside))
  })

  test.each([
    [{ from: 30, to: 31 }],
    [{ from: 2, to: 2 }],
    [{ from: -1, to: 2 }],
    [{ from: 0, to: 61 }],
    [{ from: 3, to: 2 }],
  ])('what is no stretch of it is refused: %j', async (wrong) => {
    const asked = stretch(files, new MemorySink(), { ...arrangement, ...wrong, format: 'flac' })
    await expect(asked).rejects.toThrow(BadRequestError)
  })
})
