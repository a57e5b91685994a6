import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import type { Arrangement, Clip } from '../mix/arrangement.ts'
import { openSources, render } from '../mix/render.ts'
import { concatPcm, type Pcm } from '../pcm/pcm.ts'
import { mono, testSound, written } from '../testing/sound.ts'
import { arrange } from './arrange.ts'

const rate = 8000
const sounds = [testSound(rate, 4, 1, 1), testSound(rate, 3, 1, 2)]
const files = sounds.map((sound) => memorySource(written(sound, { format: 'wav', sample: 'f32' })))
const clip = (source: number, from: number, to: number, at: number): Clip => ({ source, from, to, at })

async function played(arrangement: Arrangement): Promise<Pcm> {
  const blocks: Pcm[] = []
  for await (const block of render(arrangement, await openSources(files, {}), new Map())) blocks.push(block)
  return concatPcm(blocks)
}

describe('several tracks', () => {
  test('a clip split anywhere, its parts left where they are, sounds as before: sample by sample (property)', async () => {
    const whole = mono(await played({ tracks: [{ role: 'voice', clips: [clip(0, 0, 4, 0)] }] }))
    const mark = fc.integer({ min: 1, max: 399 }).map((at) => at / 100)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(mark, { maxLength: 5 }), async (marks) => {
        const edges = [0, ...[...marks].sort((a, b) => a - b), 4]
        const clips = edges.slice(1).map((to, i) => clip(0, edges[i] ?? 0, to, edges[i] ?? 0))
        const split = mono(await played({ tracks: [{ role: 'voice', clips }] }))
        expect(split).toHaveLength(whole.length)
        let worst = 0
        for (let i = 0; i < whole.length; i++) worst = Math.max(worst, Math.abs((split[i] ?? 0) - (whole[i] ?? 0)))
        expect(worst).toBeLessThan(1e-6)
      }),
      { numRuns: 25 },
    )
  })

  test('tracks are added up, each with its gain; muted ones are not heard', async () => {
    const at = 12_000
    const one = mono(await played({ tracks: [{ role: 'voice', clips: [clip(0, 0, 4, 0)], gain: -6 }] }))
    const both = mono(
      await played({
        tracks: [
          { role: 'voice', clips: [clip(0, 0, 4, 0)], gain: -6 },
          { role: 'effects', clips: [{ ...clip(1, 0, 3, 1), gain: -20 }] },
          { role: 'effects', clips: [clip(1, 0, 3, 0)], muted: true },
        ],
      }),
    )
    expect(one[at]).toBeCloseTo((mono(sounds[0] as Pcm)[at] ?? 0) * 10 ** (-6 / 20), 5)
    expect(both[at]).toBeCloseTo((one[at] ?? 0) + (mono(sounds[1] as Pcm)[at - rate] ?? 0) * 0.1, 5)
  })

  test('pan turns the far side down and leaves the near one', async () => {
    const right = await played({ tracks: [{ role: 'voice', clips: [clip(0, 0, 4, 0)], pan: 1 }] })
    const at = 9000
    expect(right.channels).toHaveLength(2)
    expect(right.channels[0]?.[at]).toBeCloseTo(0, 6)
    expect(right.channels[1]?.[at]).toBeCloseTo(mono(sounds[0] as Pcm)[at] ?? 9, 5)
  })

  test('a clip that begins and ends within its sound does not click; fades last as long as they are asked to', async () => {
    const part = mono(await played({ tracks: [{ role: 'voice', clips: [clip(0, 1, 2, 0.5)] }] }))
    expect(part.subarray(0, rate / 2).every((sample) => sample === 0)).toBe(true)
    expect(Math.abs(part[rate / 2] ?? 1)).toBeLessThan(0.05)
    expect(Math.abs(part.at(-1) ?? 1)).toBeLessThan(0.05)
    const faded = mono(await played({ tracks: [{ role: 'voice', clips: [{ ...clip(0, 0, 4, 0), fadeIn: 2 }] }] }))
    const was = mono(sounds[0] as Pcm)
    expect(faded[rate]).toBeCloseTo((was[rate] ?? 0) * Math.sin(Math.PI / 4), 3)
    expect(faded[3 * rate]).toBeCloseTo(was[3 * rate] ?? 9, 5)
  })

  test('joined: as long as both, and each where it should be', async () => {
    const sink = new MemorySink()
    const tracks = [{ role: 'voice' as const, clips: [clip(0, 0, 4, 0), clip(1, 0, 3, 4)] }]
    const result = await arrange(files, sink, { tracks, format: 'wav' })
    expect(result.duration).toBeCloseTo(7, 5)
    const out = mono(await decodeAll(memorySource(sink.bytes)))
    expect(out[2 * rate]).toBeCloseTo(mono(sounds[0] as Pcm)[2 * rate] ?? 9, 3)
    expect(out[5 * rate]).toBeCloseTo(mono(sounds[1] as Pcm)[rate] ?? 9, 3)
  })

  test.each([
    [[]],
    [[{ role: 'voice' as const, clips: [] }]],
    [[{ role: 'voice' as const, clips: [clip(2, 0, 1, 0)] }]],
    [[{ role: 'voice' as const, clips: [clip(0, 2, 1, 0)] }]],
    [[{ role: 'voice' as const, clips: [clip(0, 0, 1, -1)] }]],
    [[{ role: 'voice' as const, clips: [clip(0, 0, 1, 0)], pan: 2 }]],
  ])('what makes no sense is refused: %j', async (tracks) => {
    await expect(arrange(files, new MemorySink(), { tracks, format: 'wav' })).rejects.toThrow(BadRequestError)
  })
})
