/** Real speech under noises, made and recorded, at known distances. Needs the recordings of SOTTO_SAMPLES. */
import { decodeAll, fileSource, mixToMono } from '@sotto/media'
import { DENOISE_RATE } from '@sotto/media/denoise/denoiser'
import { samples } from '@sotto/media/testing/sound'

const RATE = DENOISE_RATE
const BABBLE = [
  'speech/es-arenas.wav',
  'speech/zh-watson.wav',
  'speech/en-conversation-2spk.wav',
  'speech/de-dinosaurier.opus.ogg',
]
const RECORDED = [
  'noise/rain.ogg',
  'noise/cafe-restaurant.ogg',
  'noise/city-street.ogg',
  'music/brahms-hungarian-dance-5.ogg',
]

/** A stretch of a recording, mono at `DENOISE_RATE`. */
export async function recording(file: string, seconds: number, from = 0): Promise<Float32Array> {
  using source = fileSource(`${samples}/${file}`)
  return mixToMono(await decodeAll(source, { rate: RATE, from, to: from + seconds }))
}

/** White noise, hum, babble of four voices, rain, a cafe, a street, music: so many seconds of each. */
export async function noises(seconds: number): Promise<Record<string, Float32Array>> {
  const length = seconds * RATE
  let state = 1
  const white = Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
  const hum = Float32Array.from({ length }, (_, n) => {
    let sum = 0
    for (let k = 1; k <= 8; k++) sum += Math.sin((2 * Math.PI * 50 * k * n) / RATE + k) / k
    return sum
  })
  const babble = new Float32Array(length)
  for (const file of BABBLE)
    for (const [i, sample] of (await recording(file, seconds)).entries()) babble[i] = (babble[i] ?? 0) + sample
  const all: Record<string, Float32Array> = { white, hum, babble }
  for (const file of RECORDED) all[file] = await recording(file, seconds, 2)
  return all
}

function power(sound: Float32Array): number {
  let sum = 0
  for (const sample of sound) sum += sample * sample
  return sum / sound.length
}

/** Speech with a noise `snr` dB under it; a short noise goes round. */
export function mixed(clean: Float32Array, noise: Float32Array, snr: number): Float32Array {
  const gain = Math.sqrt(power(clean) / power(noise) / 10 ** (snr / 10))
  return clean.map((sample, i) => sample + gain * (noise[i % noise.length] as number))
}
