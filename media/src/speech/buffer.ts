/** Samples of a long sound from some place on: appended at the end, dropped at the beginning. */
export class SampleBuffer {
  #blocks: Float32Array[] = []
  #from = 0
  #length = 0

  /** Position after the last sample. */
  get end(): number {
    return this.#from + this.#length
  }

  append(samples: Float32Array): void {
    this.#blocks.push(samples)
    this.#length += samples.length
  }

  /** Forgets whole blocks before the position. */
  dropBefore(position: number): void {
    for (;;) {
      const first = this.#blocks[0]
      if (!first || this.#from + first.length > position) return
      this.#blocks.shift()
      this.#from += first.length
      this.#length -= first.length
    }
  }

  /** A copy of `[start, end)`; where nothing is kept, or not yet, silence. */
  slice(start: number, end: number): Float32Array {
    const copy = new Float32Array(end - start)
    let at = this.#from
    for (const block of this.#blocks) {
      const low = Math.max(start, at)
      const high = Math.min(end, at + block.length)
      if (high > low) copy.set(block.subarray(low - at, high - at), low - start)
      at += block.length
    }
    return copy
  }
}
