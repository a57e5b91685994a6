/** Sounds and files made by code, for the tests of this workspace. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type EncodeOptions, Encoder } from '../container/encode.ts'
import { MemorySink } from '../container/sink.ts'
import { type ByteSource, memorySource } from '../container/source.ts'
import { type Pcm, pcmLength } from '../pcm/pcm.ts'

/** Real recordings, where they are present: `SOTTO_SAMPLES`, or beside the repository. */
export const samples =
  process.env.SOTTO_SAMPLES ?? fileURLToPath(new URL('../../../../shared/samples', import.meta.url))
export const haveSamples = existsSync(`${samples}/MANIFEST.json`)

/** Speech-like test sound: low-passed noise in bursts, the same for the same seed; no two stretches are alike. */
export function testSound(rate: number, seconds: number, channels = 1, seed = 1): Pcm {
  const length = Math.round(rate * seconds)
  const planes = Array.from({ length: channels }, (_, channel) => {
    let state = seed * 7919 + channel * 104_729 + 1
    let low = 0
    const smooth = Math.min(1, 6000 / rate)
    return Float32Array.from({ length }, (_, i) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      low += smooth * ((state / 2 ** 32) * 2 - 1 - low)
      return low * (0.35 + 0.3 * Math.sin((2 * Math.PI * i) / (rate * 0.37)))
    })
  })
  return { rate, channels: planes }
}

/** `pcm` as a file in memory. */
export function written(pcm: Pcm, options: Omit<EncodeOptions, 'rate' | 'channels'>): Uint8Array {
  const sink = new MemorySink()
  using encoder = new Encoder(sink, { ...options, rate: pcm.rate, channels: pcm.channels.length })
  encoder.write(pcm)
  encoder.end()
  return Uint8Array.from(sink.bytes)
}

export function writtenSource(pcm: Pcm, options: Omit<EncodeOptions, 'rate' | 'channels'>): ByteSource {
  return memorySource(written(pcm, options))
}

/** Signal to noise in dB of `heard` against `meant`, over their common length. */
export function signalToNoise(meant: Float32Array, heard: Float32Array): number {
  let signal = 0
  let noise = 0
  for (let i = 0; i < Math.min(meant.length, heard.length); i++) {
    signal += (meant[i] ?? 0) ** 2
    noise += ((meant[i] ?? 0) - (heard[i] ?? 0)) ** 2
  }
  return 10 * Math.log10(signal / noise)
}

/** By how many samples `heard` is late against `meant`, by cross-correlation over up to `reach` samples. */
export function lateness(meant: Float32Array, heard: Float32Array, reach: number): number {
  let best = { lag: 0, sum: Number.NEGATIVE_INFINITY }
  const length = Math.min(meant.length, heard.length, 20_000) - reach
  for (let lag = -reach; lag <= reach; lag++) {
    let sum = 0
    for (let i = reach; i < length; i++) sum += (meant[i] ?? 0) * (heard[i + lag] ?? 0)
    if (sum > best.sum) best = { lag, sum }
  }
  return best.lag
}

/** First channel. */
export function mono(pcm: Pcm): Float32Array {
  return pcm.channels[0] ?? new Float32Array(pcmLength(pcm))
}
