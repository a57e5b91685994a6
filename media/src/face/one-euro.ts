/** How a One-Euro filter weighs stillness against lag. */
export interface OneEuroOptions {
  /** Cut-off at rest, Hz: lower is stiller. */
  readonly least?: number
  /** How much the cut-off grows with speed, per unit a second. */
  readonly speed?: number
  /** Cut-off of the speed itself, Hz. */
  readonly derivative?: number
}

/**
 * Smooths many values over time: still where they rest, quick where they move (Casiez, Roussel and Vogel 2012). Speed is
 * measured in `unit`s, so that one setting serves near and far faces.
 */
export class OneEuro {
  readonly #least: number
  readonly #speed: number
  readonly #derivative: number
  #value: Float32Array | undefined
  #change: Float32Array | undefined
  #at = 0

  constructor({ least = 1.5, speed = 6, derivative = 1 }: OneEuroOptions = {}) {
    this.#least = least
    this.#speed = speed
    this.#derivative = derivative
  }

  /**
   * The smoothed values.
   * @param at seconds; must grow
   * @param unit what counts as 1 in `values`, e.g. the width of the face
   */
  next(values: Float32Array, at: number, unit: number): Float32Array {
    const [before, changes] = [this.#value, this.#change]
    const step = at - this.#at
    this.#at = at
    if (before === undefined || changes === undefined || step <= 0) {
      this.#value = values.slice()
      this.#change = new Float32Array(values.length)
      return this.#value.slice()
    }
    const slow = weight(this.#derivative, step)
    for (let i = 0; i < values.length; i++) {
      const old = before[i] as number
      const speed = ((values[i] as number) - old) / step / unit
      const change = (changes[i] as number) + slow * (speed - (changes[i] as number))
      changes[i] = change
      const quick = weight(this.#least + this.#speed * Math.abs(change), step)
      before[i] = old + quick * ((values[i] as number) - old)
    }
    return before.slice()
  }

  /** Forgets what came before: after a cut, or when the face was lost. */
  reset(): void {
    this.#value = undefined
    this.#change = undefined
  }
}

function weight(cutOff: number, step: number): number {
  const r = 2 * Math.PI * cutOff * step
  return r / (r + 1)
}
