import { RealFft } from '../spectrum/fft.ts'

/** The sampling rate Whisper and Silero were trained at. */
export const SPEECH_RATE = 16_000
/** Whisper sees a window of this many seconds, always. */
export const WINDOW_SECONDS = 30
const FFT_LENGTH = 400
const HOP = 160
const MELS = 80
const FRAMES = (WINDOW_SECONDS * SPEECH_RATE) / HOP

/** Hertz to mel, Slaney's Auditory Toolbox (1998): linear below 1 kHz, logarithmic above. */
function melOf(hertz: number): number {
  return hertz < 1000 ? (3 * hertz) / 200 : 15 + (Math.log(hertz / 1000) * 27) / Math.log(6.4)
}

function hertzOf(mel: number): number {
  return mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp((Math.log(6.4) * (mel - 15)) / 27)
}

interface Filter {
  readonly first: number
  readonly weights: Float64Array
}

/** Triangular filters of unit area, as `librosa.filters.mel(sr=16000, n_fft=400, n_mels=80)`, which Whisper ships. */
function melFilters(): Filter[] {
  const top = melOf(SPEECH_RATE / 2)
  const edges = Array.from({ length: MELS + 2 }, (_, m) => hertzOf((top * m) / (MELS + 1)))
  return Array.from({ length: MELS }, (_, m) => {
    const [low, centre, high] = edges.slice(m, m + 3) as [number, number, number]
    const first = Math.floor((low * FFT_LENGTH) / SPEECH_RATE) + 1
    const last = Math.ceil((high * FFT_LENGTH) / SPEECH_RATE) - 1
    const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => {
      const hertz = ((first + k) * SPEECH_RATE) / FFT_LENGTH
      return (
        (Math.max(0, Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre))) * 2) / (high - low)
      )
    })
    return { first, weights }
  })
}

const filters = melFilters()
const window = Float64Array.from({ length: FFT_LENGTH }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FFT_LENGTH))

/**
 * The log-mel spectrogram Whisper hears (Radford et al. 2022, section 2.2): 80 x 3000, row by row, of at most 30 s of
 * mono samples at 16 kHz, padded with silence.
 */
export function logMel(samples: Float32Array): Float32Array {
  const fft = new RealFft(FFT_LENGTH)
  const frame = new Float64Array(FFT_LENGTH)
  const re = new Float64Array(fft.bins)
  const im = new Float64Array(fft.bins)
  const mel = new Float32Array(MELS * FRAMES).fill(-10)
  const frames = Math.min(FRAMES, Math.ceil((samples.length + FFT_LENGTH / 2) / HOP))
  let loudest = -10
  for (let t = 0; t < frames; t += 1) {
    for (let n = 0; n < FFT_LENGTH; n += 1) {
      const at = Math.abs(t * HOP + n - FFT_LENGTH / 2) // reflected at the start; the end is silence
      frame[n] = (samples[at] ?? 0) * (window[n] as number)
    }
    fft.forward(frame, re, im)
    for (let k = 0; k < fft.bins; k += 1) re[k] = (re[k] as number) ** 2 + (im[k] as number) ** 2
    for (let m = 0; m < MELS; m += 1) {
      const { first, weights } = filters[m] as Filter
      let power = 0
      for (let k = 0; k < weights.length; k += 1) power += (weights[k] as number) * (re[first + k] as number)
      const value = Math.log10(Math.max(power, 1e-10))
      if (value > loudest) loudest = value
      mel[m * FRAMES + t] = value
    }
  }
  const floor = loudest - 8
  for (let at = 0; at < mel.length; at += 1) mel[at] = (Math.max(mel[at] as number, floor) + 4) / 4
  return mel
}
