/**
 * Noise reduction side by side: this studio's blend, GTCRN alone, RNNoise alone, FFmpeg's afftdn. Real speech, made and
 * recorded noises at 0, 5 and 10 dB. SI-SDR and STOI say how much nearer to the clean speech; what people hear they do not.
 */
import { spawnSync } from 'node:child_process'
import { resample } from '@sotto/media'
import { DENOISE_RATE, Denoiser } from '@sotto/media/denoise/denoiser'
import { GTCRN_DELAY, GTCRN_FRAME, Gtcrn } from '@sotto/media/denoise/gtcrn'
import { siSdr, stoi, stoiRate } from '@sotto/media/denoise/measure'
import { RNNOISE_DELAY, RNNOISE_FRAME, Rnnoise } from '@sotto/media/denoise/rnnoise'
import { Framed } from '@sotto/media/denoise/stage'
import { FromThird, ToThird } from '@sotto/media/denoise/third'
import { haveSamples } from '@sotto/media/testing/sound'
import type { Row, Section } from './measure.ts'
import { mixed, noises, recording } from './mixtures.ts'

const RATE = DENOISE_RATE
const SECONDS = 8
const SPEECH = ['speech/en-cotton.wav', 'speech/en-quilter.wav', 'speech/fr-consulat.wav', 'speech/en-antecedents.flac']
const SNRS = [0, 5, 10]

type Clean = (noisy: Float32Array) => Promise<Float32Array>

/** Pushes everything through a stage and then silence, and cuts to the same length. */
function through(input: Float32Array, push: (samples: Float32Array) => Float32Array): Float32Array {
  const output = new Float32Array(input.length)
  let at = 0
  for (const part of [input, new Float32Array(16_384)]) {
    const answer = push(part)
    output.set(answer.subarray(0, Math.max(0, input.length - at)), at)
    at += Math.min(answer.length, input.length - at)
  }
  return output
}

/** Samples by which `late` is behind: a filter that does not say its delay must not be judged by it. */
function lag(early: Float32Array, late: Float32Array): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (let shift = 0; shift < 6000; shift++) {
    let sum = 0
    for (let n = RATE; n < 1.5 * RATE; n++) sum += (early[n] as number) * (late[n + shift] ?? 0)
    if (sum > most) [best, most] = [shift, sum]
  }
  return best
}

const rivals: Record<string, Clean> = {
  'this studio': async (noisy) => {
    using denoiser = await Denoiser.open('full', 1)
    const first = denoiser.push(noisy)
    const rest = denoiser.end()
    const output = new Float32Array(noisy.length)
    output.set(first)
    output.set(rest, first.length)
    return output
  },
  'GTCRN alone': async (noisy) => {
    using network = await Gtcrn.open()
    const down = new ToThird()
    const up = new FromThird()
    const framed = new Framed(GTCRN_FRAME, GTCRN_DELAY, (input, output) => network.process(input, output))
    return through(noisy, (part) => up.push(framed.push(down.push(part))))
  },
  'RNNoise alone': async (noisy) => {
    using network = await Rnnoise.open()
    const framed = new Framed(RNNOISE_FRAME, RNNOISE_DELAY, (input, output) => void network.process(input, output))
    return through(noisy, (part) => framed.push(part))
  },
  'afftdn (tn=1)': async (noisy) => {
    const format = ['-f', 'f32le', '-ar', String(RATE), '-ac', '1']
    const { stdout } = spawnSync(
      'ffmpeg',
      ['-nostdin', '-v', 'error', ...format, '-i', '-', '-af', 'afftdn=nr=12:tn=1', ...format, '-'],
      {
        input: Buffer.from(noisy.buffer, noisy.byteOffset, noisy.byteLength),
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    const late = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength))
    const output = new Float32Array(noisy.length)
    output.set(late.subarray(lag(noisy, late)).subarray(0, noisy.length))
    return output
  },
}

async function at(samples: Float32Array, rate: number): Promise<Float32Array> {
  async function* once() {
    yield { rate: RATE, channels: [samples] }
  }
  const parts: Float32Array[] = []
  for await (const { channels } of resample(once(), rate)) parts.push(channels[0] as Float32Array)
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

export async function denoise(): Promise<Section> {
  const title = 'Noise reduction: gain over the noisy recording (full band)'
  if (!haveSamples)
    return { title, rows: [{ what: 'real recordings are not here (SOTTO_SAMPLES)', value: 'not measured' }] }
  const beside = await noises(SECONDS)
  const gains = new Map(Object.keys(rivals).map((name) => [name, { sdr: 0, stoi: 0, seconds: 0 }]))
  let conditions = 0
  let seconds = 0
  for (const file of SPEECH) {
    const clean = await recording(file, SECONDS)
    const clean10 = await at(clean, stoiRate)
    for (const noise of Object.values(beside))
      for (const snr of SNRS) {
        conditions++
        seconds += clean.length / RATE
        const noisy = mixed(clean, noise, snr)
        const [sdr0, stoi0] = [siSdr(clean, noisy), stoi(clean10, await at(noisy, stoiRate))]
        for (const [name, run] of Object.entries(rivals)) {
          const began = process.cpuUsage()
          const output = await run(noisy)
          const { user, system } = process.cpuUsage(began)
          const gain = gains.get(name) as { sdr: number; stoi: number; seconds: number }
          gain.sdr += siSdr(clean, output) - sdr0
          gain.stoi += stoi(clean10, await at(output, stoiRate)) - stoi0
          gain.seconds += (user + system) / 1e6
        }
      }
  }
  const mean = (name: string) => (gains.get(name)?.sdr ?? 0) / conditions
  const rows: Row[] = [...gains].map(([name, { sdr, stoi, seconds: cpu }]) => ({
    what: name,
    value: `SI-SDR ${(sdr / conditions).toFixed(2)} dB, STOI ${((100 * stoi) / conditions).toFixed(2)} points${name.startsWith('afftdn') ? '' : `, ${(seconds / cpu).toFixed(0)}x real time on one core`}`,
  }))
  const above = mean('this studio') - Math.max(mean('GTCRN alone'), mean('RNNoise alone'))
  rows.push({
    what: 'above the better of GTCRN and RNNoise',
    value: `${above.toFixed(2)} dB`,
    aim: '>= 1 dB',
    met: above >= 1,
  })
  return { title: `${title}, ${conditions} conditions`, rows }
}
