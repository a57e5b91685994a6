/** Numbers that look random and are the same for the same seed (Marsaglia, xorshift32). */
export class Noise {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e37_79b1) ^ 0x5bd1_e995) | 1
    for (let i = 0; i < 8; i++) this.next()
  }

  /** The next number in [-1, 1), white. */
  next(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return x / 0x8000_0000
  }

  /** The next number in [low, high). */
  between(low: number, high: number): number {
    return low + ((this.next() + 1) / 2) * (high - low)
  }
}

/** A first-order low pass; what it takes away is the high pass. */
export class OnePole {
  readonly #share: number
  #low = 0

  /** @param corner hertz */
  constructor(rate: number, corner: number) {
    this.#share = 1 - Math.exp((-2 * Math.PI * corner) / rate)
  }

  low(value: number): number {
    this.#low += this.#share * (value - this.#low)
    return this.#low
  }

  high(value: number): number {
    return value - this.low(value)
  }
}

/** A second-order band pass (state-variable filter, Chamberlin), for corners well under the rate. */
export class BandPass {
  readonly #f: number
  readonly #damping: number
  #low = 0
  #band = 0

  /** @param centre hertz @param quality centre over bandwidth */
  constructor(rate: number, centre: number, quality: number) {
    this.#f = 2 * Math.sin((Math.PI * centre) / rate)
    this.#damping = 1 / quality
  }

  pass(value: number): number {
    this.#low += this.#f * this.#band
    this.#band += this.#f * (value - this.#low - this.#damping * this.#band)
    return this.#band
  }
}
