/**
 * What cleaning does to hearing: word errors of noisy speech before and after it (aim: never worse), and how much of the
 * air of clean speech full-band cleaning keeps (aim: within 1 dB).
 */
import { readFileSync } from 'node:fs'
import { memorySource } from '@sotto/media'
import { DENOISE_RATE, type DenoiseMode, Denoiser } from '@sotto/media/denoise/denoiser'
import { bandEnergy } from '@sotto/media/denoise/measure'
import { transcribe } from '@sotto/media/operation/transcribe'
import { errorRate } from '@sotto/media/speech/error-rate'
import { haveSamples, samples, written } from '@sotto/media/testing/sound'
import type { Row, Section } from './measure.ts'
import { mixed, noises, recording } from './mixtures.ts'

const SPEECH = ['speech/en-cotton.wav', 'speech/en-quilter.wav', 'speech/en-jfk.wav', 'speech/en-antecedents.flac']
const AIRY = ['speech/de-dinosaurier.opus.ogg', 'speech/fr-circulation.opus.ogg', 'speech/en-cabbage-quiet.opus.ogg']
const SNRS = [0, 5]
const SECONDS = 30

async function cleaned(noisy: Float32Array, mode: DenoiseMode, strength: number): Promise<Float32Array> {
  using denoiser = await Denoiser.open(mode, strength)
  const first = denoiser.push(noisy)
  const rest = denoiser.end()
  const output = new Float32Array(noisy.length)
  output.set(first)
  output.set(rest, first.length)
  return output
}

async function heard(sound: Float32Array): Promise<string> {
  using source = memorySource(written({ rate: DENOISE_RATE, channels: [sound] }, { format: 'wav' }))
  const { segments } = await transcribe(source, { model: 'base', language: 'en' })
  return segments.map(({ text }) => text).join(' ')
}

const air = (sound: Float32Array): number => 10 * Math.log10(bandEnergy(sound, 8000, 16_000))

export async function cleaning(): Promise<Section> {
  const title = 'Words heard after cleaning, and the air kept'
  if (!haveSamples)
    return { title, rows: [{ what: 'real recordings are not here (SOTTO_SAMPLES)', value: 'not measured' }] }
  const list = (JSON.parse(readFileSync(`${samples}/MANIFEST.json`, 'utf8')) as { files: Said[] }).files
  const wrong = { noisy: 0, default: 0, full: 0 }
  let words = 0
  const beside = Object.values(await noises(8))
  for (const file of SPEECH) {
    const clean = await recording(file, SECONDS)
    const said = list.find((one) => one.file === file)?.reference ?? ''
    for (const noise of beside)
      for (const snr of SNRS) {
        const noisy = mixed(clean, noise, snr)
        const { errors, units } = errorRate(said, await heard(noisy), 'en')
        words += units
        wrong.noisy += errors
        wrong.default += errorRate(said, await heard(await cleaned(noisy, 'speech', 0.85)), 'en').errors
        wrong.full += errorRate(said, await heard(await cleaned(noisy, 'speech', 1)), 'en').errors
      }
  }
  const rows: Row[] = [
    { what: 'noisy, as it is', value: `${wrong.noisy} of ${words} words wrong` },
    ...(['default', 'full'] as const).map((name) => ({
      what: name === 'default' ? 'cleaned at 0.85, as set at first' : 'cleaned at 1',
      value: `${wrong[name]} of ${words} words wrong`,
      aim: 'never worse',
      met: wrong[name] <= wrong.noisy,
    })),
  ]
  for (const file of AIRY) {
    const clean = await recording(file, SECONDS)
    const lost = air(clean) - air(await cleaned(clean, 'full', 1))
    rows.push({
      what: `8 to 16 kHz lost in ${file.slice('speech/'.length)}, full band at 1`,
      value: `${lost.toFixed(2)} dB`,
      aim: 'within 1 dB',
      met: Math.abs(lost) <= 1,
    })
  }
  return { title, rows }
}

interface Said {
  readonly file: string
  readonly reference?: string
}
