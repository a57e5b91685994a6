import type { Pcm } from '../pcm/pcm.ts'

/** Samples per channel of a full block: a third of a second, so that a block costs more than its hand-over. */
const blockLength = 16_384

/** Cuts a run of samples to `[from, to)` and gathers it into blocks of equal length. */
export class BlockBuilder {
  readonly #rate: number
  readonly #passing: boolean
  readonly #from: number
  readonly #to: number
  #block: Float32Array[]
  #filled = 0
  /** Place of the next sample that comes in. */
  #position = 0
  /** Samples that went out in blocks. */
  given = 0

  /** `from` and `to` in seconds; they are rounded to samples. `passing`: one block's memory is the next one's, too. */
  constructor(
    rate: number,
    channels: number,
    { from = 0, to, passing = false }: { readonly from?: number; readonly to?: number; readonly passing?: boolean },
  ) {
    this.#rate = rate
    this.#passing = passing
    this.#from = Math.round(from * rate)
    this.#to = to === undefined ? Number.POSITIVE_INFINITY : Math.round(to * rate)
    this.#block = Array.from({ length: channels }, () => new Float32Array(blockLength))
  }

  /** Says that the next sample to come is number `position` (after a seek). */
  start(position: number): void {
    this.#position = position
  }

  /** Has everything up to `to` come in? */
  get done(): boolean {
    return this.#position >= this.#to && this.#filled === 0
  }

  /** Takes samples in; full blocks come out, and the last one once `to` is reached. */
  *add(planes: readonly Float32Array[]): Generator<Pcm> {
    const length = planes[0]?.length ?? 0
    yield* this.#take(length, (into, plane, start, end, at) => {
      const source = planes[plane]
      if (source !== undefined) into.set(source.subarray(start, end), at)
    })
  }

  /** Takes `length` samples of silence in. */
  *silence(length: number): Generator<Pcm> {
    yield* this.#take(length, (into, _plane, start, end, at) => into.fill(0, at, at + end - start))
  }

  /** What is left, if anything. */
  rest(): Pcm | undefined {
    if (this.#filled === 0) return undefined
    const rest = { rate: this.#rate, channels: this.#block.map((plane) => plane.slice(0, this.#filled)) }
    this.given += this.#filled
    this.#filled = 0
    return rest
  }

  *#take(
    length: number,
    copy: (into: Float32Array, plane: number, start: number, end: number, at: number) => void,
  ): Generator<Pcm> {
    let start = Math.min(length, Math.max(0, this.#from - this.#position))
    const end = Math.min(length, Math.max(0, this.#to - this.#position))
    this.#position += length
    while (start < end) {
      const part = Math.min(end - start, blockLength - this.#filled)
      for (const [plane, into] of this.#block.entries()) copy(into, plane, start, start + part, this.#filled)
      start += part
      this.#filled += part
      if (this.#filled === blockLength) {
        const full = { rate: this.#rate, channels: this.#block }
        // Fresh memory for each costs a tenth of the time, and garbage that is collected late.
        if (!this.#passing) this.#block = this.#block.map(() => new Float32Array(blockLength))
        this.#filled = 0
        this.given += blockLength
        yield full
      }
    }
    if (this.#position >= this.#to) {
      const rest = this.rest()
      if (rest !== undefined) yield rest
    }
  }
}
