import { RealFft } from '../spectrum/fft.ts'

/**
 * Scale-invariant signal-to-distortion ratio in dB (Le Roux et al., "SDR - half-baked or well done?", ICASSP 2019) of
 * an estimate against the clean signal, both of one rate and aligned.
 */
export function siSdr(clean: Float32Array, estimate: Float32Array): number {
  const length = Math.min(clean.length, estimate.length)
  let meanClean = 0
  let meanEstimate = 0
  for (let at = 0; at < length; at += 1) {
    meanClean += (clean[at] as number) / length
    meanEstimate += (estimate[at] as number) / length
  }
  let dot = 0
  let energy = 0
  for (let at = 0; at < length; at += 1) {
    const value = (clean[at] as number) - meanClean
    dot += value * ((estimate[at] as number) - meanEstimate)
    energy += value * value
  }
  const scale = dot / energy
  let distortion = 0
  for (let at = 0; at < length; at += 1)
    distortion += ((estimate[at] as number) - meanEstimate - scale * ((clean[at] as number) - meanClean)) ** 2
  return 10 * Math.log10((scale * scale * energy) / distortion)
}

const STOI_RATE = 10_000
const FRAME = 256
const FFT = 512
const BANDS = 15
const SEGMENT = 30
const CLIP = 10 ** (15 / 20)

/**
 * Short-time objective intelligibility, 0..1 (Taal et al., IEEE TASLP 19(7), 2011): clean and estimate at 10 kHz,
 * aligned. Frames 40 dB under the loudest are left out; 15 third-octave bands from 150 Hz; segments of 384 ms.
 */
export function stoi(clean: Float32Array, estimate: Float32Array): number {
  const [a, b] = withoutSilence(clean, estimate)
  const x = bandEnvelopes(a)
  const y = bandEnvelopes(b)
  const frames = x[0]?.length ?? 0
  let sum = 0
  let count = 0
  for (let last = SEGMENT; last <= frames; last += 1) {
    for (let band = 0; band < BANDS; band += 1) {
      sum += correlation(x[band]?.slice(last - SEGMENT, last) ?? [], y[band]?.slice(last - SEGMENT, last) ?? [])
      count += 1
    }
  }
  return count === 0 ? Number.NaN : sum / count
}

/** Samples per second {@link stoi} expects. */
export const stoiRate = STOI_RATE

const hann = Float64Array.from({ length: FRAME }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 1)) / (FRAME + 1)))

function withoutSilence(clean: Float32Array, estimate: Float32Array): [Float64Array, Float64Array] {
  const hop = FRAME / 2
  const starts: number[] = []
  const levels: number[] = []
  for (let start = 0; start + FRAME <= Math.min(clean.length, estimate.length); start += hop) {
    let power = 0
    for (let n = 0; n < FRAME; n += 1) power += ((clean[start + n] as number) * (hann[n] as number)) ** 2
    starts.push(start)
    levels.push(10 * Math.log10(power + 1e-30))
  }
  const limit = Math.max(...levels) - 40
  const kept = starts.filter((_, index) => (levels[index] as number) > limit)
  const length = (kept.length - 1) * hop + FRAME
  const a = new Float64Array(Math.max(0, length))
  const b = new Float64Array(Math.max(0, length))
  kept.forEach((start, index) => {
    for (let n = 0; n < FRAME; n += 1) {
      const at = index * hop + n
      a[at] = (a[at] as number) + (clean[start + n] as number) * (hann[n] as number)
      b[at] = (b[at] as number) + (estimate[start + n] as number) * (hann[n] as number)
    }
  })
  return [a, b]
}

function bandEnvelopes(samples: Float64Array): number[][] {
  const fft = new RealFft(FFT)
  const re = new Float64Array(fft.bins)
  const im = new Float64Array(fft.bins)
  const frame = new Float64Array(FFT)
  const nearest = (hertz: number) => Math.round((hertz * FFT) / STOI_RATE)
  const edges = Array.from({ length: BANDS }, (_, band) => {
    const centre = 150 * 2 ** (band / 3)
    return [nearest(centre * 2 ** (-1 / 6)), nearest(centre * 2 ** (1 / 6))] as const
  })
  const envelopes: number[][] = edges.map(() => [])
  for (let start = 0; start + FRAME <= samples.length; start += FRAME / 2) {
    frame.fill(0)
    for (let n = 0; n < FRAME; n += 1) frame[n] = (samples[start + n] as number) * (hann[n] as number)
    fft.forward(frame, re, im)
    edges.forEach(([low, high], band) => {
      let power = 0
      for (let k = low; k < high; k += 1) power += (re[k] as number) ** 2 + (im[k] as number) ** 2
      envelopes[band]?.push(Math.sqrt(power))
    })
  }
  return envelopes
}

/** Correlation of the clean segment with the estimate, scaled to its energy and clipped at -15 dB distortion. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  const scale = norm(x) / (norm(y) + 1e-30)
  const clipped = y.map((value, index) => Math.min(value * scale, (x[index] as number) * (1 + CLIP)))
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }
  const a = centred(x)
  const b = centred(clipped)
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] as number), 0)
  return dot / (norm(a) * norm(b) + 1e-30)
}

const FINE = 960

/** Energy between two frequencies, Hz, of sound at 48 kHz: to be compared, not a unit. Windowed, so that no edge smears. */
export function bandEnergy(samples: Float32Array, low: number, high: number): number {
  const fft = new RealFft(FINE)
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)]
  let energy = 0
  for (let from = 0; from + FINE <= samples.length; from += FINE) {
    const frame = samples.subarray(from, from + FINE)
    fft.forward(
      Float64Array.from(frame, (value, n) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FINE))),
      re,
      im,
    )
    for (let k = Math.ceil(low / 50); k < high / 50; k += 1) energy += (re[k] as number) ** 2 + (im[k] as number) ** 2
  }
  return energy
}
