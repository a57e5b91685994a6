/** Chance that can be had again: a small generator from a seed (mulberry32). Its seed is printed by whoever uses it. */
export class Chance {
  #state: number
  readonly seed: number

  constructor(seed: number = Math.floor(Math.random() * 2 ** 31)) {
    this.seed = seed
    this.#state = seed
  }

  /** `[0, 1)` */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number of `[from, to)`. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from))
  }

  /** One of these; undefined of none. */
  of<T>(all: Iterable<T>): T | undefined {
    const list = [...all]
    return list[this.whole(0, list.length)]
  }
}
