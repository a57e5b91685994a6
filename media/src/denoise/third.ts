import type { Stage } from './stage.ts'

/** Half length of the filter, in samples at 48 kHz. */
const HALF = 96
/** Where it lets half of the level through: under the 8 kHz that 16 kHz sampling can hold, 90 dB down above. */
const CUTOFF = 7500
const RATE = 48_000

/** A windowed sinc (Blackman), symmetric, so it moves nothing in time. */
const taps = (() => {
  const values = Float64Array.from({ length: 2 * HALF + 1 }, (_, index) => {
    const n = index - HALF
    const window = 0.42 + 0.5 * Math.cos((Math.PI * n) / (HALF + 1)) + 0.08 * Math.cos((2 * Math.PI * n) / (HALF + 1))
    const sinc = n === 0 ? (2 * CUTOFF) / RATE : Math.sin((2 * Math.PI * CUTOFF * n) / RATE) / (Math.PI * n)
    return window * sinc
  })
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
})()

/** 48 kHz to 16 kHz. */
export class ToThird implements Stage {
  /** Input from sample `3 * #next - HALF` on; silence before the beginning. */
  #held = new Float32Array(HALF)

  push(samples: Float32Array): Float32Array {
    const held = new Float32Array(this.#held.length + samples.length)
    held.set(this.#held)
    held.set(samples, this.#held.length)
    const count = Math.max(0, Math.floor((held.length - 2 * HALF - 1) / 3) + 1)
    const output = new Float32Array(count)
    for (let n = 0; n < count; n += 1) {
      let sum = 0
      for (let k = 0; k <= 2 * HALF; k += 1) sum += (held[3 * n + k] as number) * (taps[k] as number)
      output[n] = sum
    }
    this.#held = held.slice(3 * count)
    return output
  }
}

/** 16 kHz to 48 kHz. */
export class FromThird implements Stage {
  readonly #reach = HALF / 3
  /** Input from `#reach` samples before the next output on; silence before the beginning. */
  #held = new Float32Array(HALF / 3)

  push(samples: Float32Array): Float32Array {
    const held = new Float32Array(this.#held.length + samples.length)
    held.set(this.#held)
    held.set(samples, this.#held.length)
    const count = Math.max(0, held.length - 2 * this.#reach)
    const output = new Float32Array(3 * count)
    for (let n = 0; n < count; n += 1) {
      for (let phase = 0; phase < 3; phase += 1) {
        let sum = 0
        for (let k = phase, at = n + 2 * this.#reach; k <= 2 * HALF; k += 3, at -= 1)
          sum += (held[at] as number) * (taps[k] as number)
        output[3 * n + phase] = 3 * sum
      }
    }
    this.#held = held.slice(count)
    return output
  }
}
