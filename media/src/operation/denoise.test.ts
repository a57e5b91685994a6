import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { Encoder } from '../container/encode.ts'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { fileSource, memorySource } from '../container/source.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { denoise } from './denoise.ts'

const jfk = join(import.meta.dirname, '../../fixtures/jfk.opus')

/** Two seconds of two channels at a rate, with hiss in one and a tone in the other. */
function stereo(rate: number): Uint8Array {
  const sink = new MemorySink()
  let state = 1
  const channels = [0, 1].map((channel) =>
    Float32Array.from({ length: 2 * rate + 13 }, (_, n) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return channel === 0 ? (state / 2_147_483_648 - 1) * 0.05 : 0.1 * Math.sin(n / 20)
    }),
  )
  using encoder = new Encoder(sink, { format: 'wav', rate, channels: 2 })
  encoder.write({ rate, channels })
  encoder.end()
  return sink.bytes
}

test.each([8000, 44_100, 48_000, 96_000])('channels, rate and length stay at %i Hz', async (rate) => {
  const sink = new MemorySink()
  using source = memorySource(stereo(rate))
  const events: number[] = []
  const options = { mode: 'full', strength: 1, format: 'wav' } as const
  const result = await denoise(source, sink, options, (event) => void events.push(event.done))
  expect(result).toEqual({ rate, channels: 2, duration: (2 * rate + 13) / rate })
  using written = memorySource(sink.bytes)
  const sound = await decodeAll(written)
  expect(sound.rate).toBe(rate)
  expect(sound.channels.map((channel) => channel.length)).toEqual([2 * rate + 13, 2 * rate + 13])
  const power = (values: Float32Array | undefined) =>
    (values ?? new Float32Array(0)).reduce((sum, value) => sum + value * value, 0)
  expect(power(sound.channels[0]?.slice(rate)), 'hiss').toBeLessThan(0.05 ** 2 * rate * 0.02)
  expect(events.length).toBeGreaterThan(0)
})

test('C48: the noise goes, what is read stays as it was', async () => {
  using source = fileSource(jfk)
  const before = await decodeAll(source)
  const sink = new MemorySink()
  await denoise(source, sink, { mode: 'speech', strength: 0.9, format: 'flac' })
  using written = memorySource(sink.bytes)
  expect((await probe(written)).duration).toBeCloseTo(11, 1)
  expect(quiet(await decodeAll(written))).toBeLessThan(quiet(before) / 4)
  expect(await decodeAll(source)).toEqual(before)
})

/** Power of the quietest tenth of a recording, in stretches of 20 ms: where nobody speaks there is only noise. */
function quiet({ rate, channels }: Pcm): number {
  const [samples = new Float32Array()] = channels
  const step = Math.round(rate / 50)
  const powers = Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    samples.subarray(at * step, (at + 1) * step).reduce((sum, value) => sum + value * value, 0),
  )
  return powers.sort((a, b) => a - b)[Math.floor(powers.length / 10)] ?? 0
}

test('what cannot be done is a named error', async () => {
  using source = fileSource(jfk)
  const ask = async (strength: number, signal?: AbortSignal) =>
    await denoise(source, new MemorySink(), { mode: 'speech', strength, format: 'wav', ...(signal ? { signal } : {}) })
  await expect(ask(1.5)).rejects.toMatchObject({ code: 'bad-request' })
  await expect(ask(Number.NaN)).rejects.toMatchObject({ code: 'bad-request' })
  await expect(ask(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  using text = memorySource(new TextEncoder().encode('not sound'))
  await expect(denoise(text, new MemorySink(), { mode: 'full', strength: 1, format: 'wav' })).rejects.toMatchObject({
    code: 'unreadable-media',
  })
})
