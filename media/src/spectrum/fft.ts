/** Factors of a transform length, fours first: fewer passes. */
function factorsOf(length: number): number[] {
  const factors: number[] = []
  let rest = length
  for (const factor of [4, 2, 3, 5]) {
    while (rest % factor === 0) {
      factors.push(factor)
      rest /= factor
    }
  }
  if (rest !== 1) throw new RangeError(`no transform of length ${length}: only factors 2, 3 and 5`)
  return factors
}

/**
 * A discrete Fourier transform of complex numbers, in place, unscaled: `X[k] = sum x[n] exp(-2 pi i k n / N)`.
 * Mixed-radix Stockham autosort (Van Loan, Computational Frameworks for the FFT, 1992, section 1.7).
 *
 * @throws RangeError when the length has a prime factor above 5.
 */
export class Fft {
  readonly length: number
  readonly #factors: number[]
  readonly #cos: Float64Array
  readonly #sin: Float64Array
  readonly #re: Float64Array
  readonly #im: Float64Array

  constructor(length: number) {
    this.length = length
    this.#factors = factorsOf(length)
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length))
    this.#sin = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length))
    this.#re = new Float64Array(length)
    this.#im = new Float64Array(length)
  }

  forward(re: Float64Array, im: Float64Array): void {
    let fromRe = re
    let fromIm = im
    let toRe = this.#re
    let toIm = this.#im
    let size = this.length
    let stride = 1
    for (const radix of this.#factors) {
      this.#pass(radix, size, stride, fromRe, fromIm, toRe, toIm)
      ;[fromRe, toRe] = [toRe, fromRe]
      ;[fromIm, toIm] = [toIm, fromIm]
      size /= radix
      stride *= radix
    }
    if (fromRe !== re) {
      re.set(fromRe)
      im.set(fromIm)
    }
  }

  /** The inverse, unscaled: a forward transform with real and imaginary parts exchanged. */
  inverse(re: Float64Array, im: Float64Array): void {
    this.forward(im, re)
  }

  #pass(
    radix: number,
    size: number,
    stride: number,
    xr: Float64Array,
    xi: Float64Array,
    yr: Float64Array,
    yi: Float64Array,
  ): void {
    const cos = this.#cos
    const sin = this.#sin
    const part = size / radix
    const turn = this.length / size
    const root = this.length / radix
    for (let p = 0; p < part; p += 1) {
      for (let k = 0; k < radix; k += 1) {
        const tr = cos[p * k * turn] as number
        const ti = sin[p * k * turn] as number
        const target = stride * (radix * p + k)
        for (let q = 0; q < stride; q += 1) {
          let sumRe = 0
          let sumIm = 0
          for (let i = 0; i < radix; i += 1) {
            const at = q + stride * (p + part * i)
            const w = ((i * k) % radix) * root
            const wr = cos[w] as number
            const wi = sin[w] as number
            const ar = xr[at] as number
            const ai = xi[at] as number
            sumRe += ar * wr - ai * wi
            sumIm += ar * wi + ai * wr
          }
          yr[target + q] = sumRe * tr - sumIm * ti
          yi[target + q] = sumRe * ti + sumIm * tr
        }
      }
    }
  }
}

/**
 * The transform of real samples of an even length `N`: bins `0..N/2` (so `N/2 + 1` of them), unscaled, by one complex
 * transform of half the length. `inverse` undoes `forward` exactly, scale included.
 */
export class RealFft {
  readonly length: number
  readonly bins: number
  readonly #half: Fft
  readonly #re: Float64Array
  readonly #im: Float64Array
  readonly #cos: Float64Array
  readonly #sin: Float64Array

  constructor(length: number) {
    if (length % 2 !== 0) throw new RangeError(`a real transform has an even length, not ${length}`)
    const half = length / 2
    this.length = length
    this.bins = half + 1
    this.#half = new Fft(half)
    this.#re = new Float64Array(half)
    this.#im = new Float64Array(half)
    this.#cos = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / length))
    this.#sin = Float64Array.from({ length: half + 1 }, (_, k) => -Math.sin((2 * Math.PI * k) / length))
  }

  /** `samples` (N) to `re` and `im` (N/2 + 1 each). */
  forward(samples: Float64Array, re: Float64Array, im: Float64Array): void {
    const half = this.length / 2
    const zr = this.#re
    const zi = this.#im
    for (let n = 0; n < half; n += 1) {
      zr[n] = samples[2 * n] as number
      zi[n] = samples[2 * n + 1] as number
    }
    this.#half.forward(zr, zi)
    for (let k = 0; k <= half; k += 1) {
      const a = k % half
      const b = (half - k) % half
      const evenRe = ((zr[a] as number) + (zr[b] as number)) / 2
      const evenIm = ((zi[a] as number) - (zi[b] as number)) / 2
      const oddRe = ((zi[a] as number) + (zi[b] as number)) / 2
      const oddIm = ((zr[b] as number) - (zr[a] as number)) / 2
      const c = this.#cos[k] as number
      const s = this.#sin[k] as number
      re[k] = evenRe + oddRe * c - oddIm * s
      im[k] = evenIm + oddRe * s + oddIm * c
    }
  }

  /** `re` and `im` (N/2 + 1 each) to `samples` (N), scaled by 1/N. */
  inverse(re: Float64Array, im: Float64Array, samples: Float64Array): void {
    const half = this.length / 2
    const zr = this.#re
    const zi = this.#im
    for (let k = 0; k < half; k += 1) {
      const b = half - k
      const evenRe = ((re[k] as number) + (re[b] as number)) / 2
      const evenIm = ((im[k] as number) - (im[b] as number)) / 2
      const rotatedRe = ((re[k] as number) - (re[b] as number)) / 2
      const rotatedIm = ((im[k] as number) + (im[b] as number)) / 2
      const c = this.#cos[k] as number
      const s = this.#sin[k] as number
      const oddRe = rotatedRe * c + rotatedIm * s
      const oddIm = rotatedIm * c - rotatedRe * s
      zr[k] = evenRe - oddIm
      zi[k] = evenIm + oddRe
    }
    this.#half.inverse(zr, zi)
    for (let n = 0; n < half; n += 1) {
      samples[2 * n] = (zr[n] as number) / half
      samples[2 * n + 1] = (zi[n] as number) / half
    }
  }
}
