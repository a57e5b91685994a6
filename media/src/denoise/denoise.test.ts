import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { fileSource } from '../container/source.ts'
import { Backward } from './backward.ts'
import { Denoiser } from './denoiser.ts'
import { Gtcrn } from './gtcrn.ts'
import { bandEnergy, siSdr, stoi } from './measure.ts'
import { FromThird, ToThird } from './third.ts'

const RATE = 48_000

/** A steady generator of noise in -1..1. */
function noise(length: number, seed = 7): Float32Array {
  let state = seed
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2_147_483_648 - 1
  })
}

/** Something like a voice: harmonics of a gliding 120 Hz under vowels, in syllables, with breath above 8 kHz. */
function voice(seconds: number): Float32Array {
  const breath = noise(seconds * RATE, 3)
  let phase = 0
  return Float32Array.from({ length: seconds * RATE }, (_, n) => {
    const t = n / RATE
    phase += (2 * Math.PI * (120 + 25 * Math.sin(2 * Math.PI * 0.7 * t))) / RATE
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.5 * t)) ** 0.5 * (t % 2 < 1.6 ? 1 : 0)
    const formant = 500 + 250 * Math.sin(2 * Math.PI * 1.3 * t)
    let sum = 0
    for (let k = 1; k <= 30; k += 1)
      sum +=
        Math.sin(k * phase) * (1 / (1 + ((k * 120 - formant) / 250) ** 2) + 0.3 / (1 + ((k * 120 - 1800) / 400) ** 2))
    return 0.1 * syllable * (sum + 0.05 * (breath[n] as number))
  })
}

async function run(samples: Float32Array, mode: 'speech' | 'full', strength: number, block: number) {
  using denoiser = await Denoiser.open(mode, strength)
  const output = new Float32Array(samples.length)
  let at = 0
  for (let from = 0; from < samples.length; from += block) {
    const part = denoiser.push(samples.slice(from, from + block))
    output.set(part, at)
    at += part.length
  }
  const rest = denoiser.end()
  output.set(rest, at)
  return { output, length: at + rest.length }
}

test('going to 16 kHz and back moves nothing and keeps the band', () => {
  const tone = Float32Array.from({ length: 9600 }, (_, n) => Math.sin((2 * Math.PI * 3000 * n) / RATE))
  const up = new FromThird().push(new ToThird().push(tone))
  expect(siSdr(tone.slice(600, 9000), up.slice(600, 9000))).toBeGreaterThan(60)
})

test('as many samples come out as went in, at strength 0 the very same, whatever the blocks', async () => {
  const sound = noise(30_011).map((value) => value * 0.1)
  for (const mode of ['speech', 'full'] as const) {
    const untouched = await run(sound, mode, 0, 4801)
    expect(untouched.length).toBe(sound.length)
    expect(untouched.output).toEqual(sound)
    const one = await run(sound, mode, 1, 30_011)
    expect(one.length).toBe(sound.length)
    expect((await run(sound, mode, 1, 977)).output).toEqual(one.output)
  }
})

test('noise goes, the voice stays, in its place', async () => {
  const clean = voice(4)
  const hiss = noise(clean.length)
  const noisy = clean.map((value, n) => value + 0.02 * (hiss[n] as number))
  const { output } = await run(noisy, 'speech', 1, RATE)
  expect(siSdr(clean, output) - siSdr(clean, noisy)).toBeGreaterThan(3)
  const pause = (samples: Float32Array) => bandEnergy(samples.slice(1.7 * RATE, 2 * RATE), 0, 7000)
  expect(10 * Math.log10(pause(output) / pause(noisy))).toBeLessThan(-20)
})

test('STOI is 1 for the sound itself and falls with noise', () => {
  const clean = Float32Array.from(voice(4).filter((_, n) => n % 5 === 0))
  const hiss = noise(clean.length)
  expect(stoi(clean, clean)).toBeCloseTo(1, 6)
  const little = stoi(
    clean,
    clean.map((value, n) => value + 0.02 * (hiss[n] as number)),
  )
  const much = stoi(
    clean,
    clean.map((value, n) => value + 0.3 * (hiss[n] as number)),
  )
  expect(little).toBeLessThan(1)
  expect(much).toBeLessThan(little - 0.1)
})

test('SI-SDR does not care for level and knows a tenth of the noise as 20 dB', () => {
  const clean = voice(1)
  const hiss = noise(clean.length, 11)
  const at = (share: number) =>
    siSdr(
      clean,
      clean.map((value, n) => 3 * (value + share * (hiss[n] as number))),
    )
  expect(at(0.001) - at(0.01)).toBeCloseTo(20, 0)
})

const air = (samples: Float32Array) => 10 * Math.log10(bandEnergy(samples, 8000, 16_000))

test('full mode takes the hiss above 8 kHz as well, speech mode everything there', async () => {
  const hiss = noise(4 * RATE).map((value) => value * 0.02)
  expect(air((await run(hiss, 'full', 1, RATE)).output)).toBeLessThan(air(hiss) - 20)
  const clean = voice(2)
  expect(air((await run(clean, 'speech', 1, RATE)).output)).toBeLessThan(air(clean) - 20)
})

const samples = process.env.SOTTO_SAMPLES ?? join(import.meta.dirname, '../../../../shared/samples')

test
  .skipIf(!existsSync(samples))
  .each(['de-dinosaurier.opus.ogg', 'fr-circulation.opus.ogg', 'en-cabbage-quiet.opus.ogg'])(
  'full mode keeps the air of a clean recording within 1 dB: %s',
  async (file) => {
    using source = fileSource(join(samples, 'speech', file))
    const sound = (await decodeAll(source, { rate: RATE, channels: 1 })).channels[0] as Float32Array
    const kept = (await run(sound, 'full', 1, RATE)).output
    expect(Math.abs(air(kept) - air(sound))).toBeLessThan(1)
  },
)

test('reading backward in blocks moves nothing and leaves no seams', async () => {
  using whole = await Gtcrn.open()
  const sound = new ToThird().push(voice(21))
  const backward = new Backward(whole)
  const parts = [sound.subarray(0, 70_001), sound.subarray(70_001)].map((part) => backward.push(part))
  parts.push(backward.end())
  const joined = Float32Array.from(parts.flatMap((part) => [...part]))
  expect(joined.length).toBe(sound.length)
  const likeness = (lag: number) => sound.reduce((sum, value, n) => sum + value * (joined[n + lag] ?? 0), 0)
  const lags = Array.from({ length: 9 }, (_, n) => n - 4)
  expect(lags.toSorted((a, b) => likeness(b) - likeness(a))[0]).toBe(0)
  const edge = (at: number) =>
    Math.max(...joined.slice(at - 2, at + 3).map((v, n, all) => Math.abs(v - (all[n - 1] ?? v))))
  const typical = Math.max(...joined.slice(1000, 60_000).map((v, n, all) => Math.abs(v - (all[n - 1] ?? v))))
  for (const seam of [128_000, 256_000]) expect(edge(seam)).toBeLessThanOrEqual(typical)
})
