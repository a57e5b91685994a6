/**
 * A step of processing one channel: samples in, samples out. Output sample `i` belongs to input sample `i` (times the
 * ratio of the rates): what a stage has to hear ahead makes it answer later, not shifted. After the last sample,
 * silence is pushed until everything has come out.
 */
export interface Stage {
  push(samples: Float32Array): Float32Array
}

/** Samples that wait, in order. */
export class Queue {
  #held = new Float32Array(0)

  get length(): number {
    return this.#held.length
  }

  put(samples: Float32Array): void {
    if (samples.length === 0) return
    const held = new Float32Array(this.#held.length + samples.length)
    held.set(this.#held)
    held.set(samples, this.#held.length)
    this.#held = held
  }

  /** The first samples, left where they are. */
  first(count: number): Float32Array {
    return this.#held.slice(0, count)
  }

  take(count: number): Float32Array {
    const taken = this.#held.slice(0, count)
    this.#held = this.#held.slice(count)
    return taken
  }
}

/** An engine that works in frames and answers late, as a stage. */
export class Framed implements Stage {
  readonly #frame: number
  readonly #process: (input: Float32Array, output: Float32Array) => void
  readonly #waiting = new Queue()
  #toDrop: number

  constructor(frame: number, delay: number, process: (input: Float32Array, output: Float32Array) => void) {
    this.#frame = frame
    this.#toDrop = delay
    this.#process = process
  }

  push(samples: Float32Array): Float32Array {
    this.#waiting.put(samples)
    const frames = Math.floor(this.#waiting.length / this.#frame)
    const input = this.#waiting.take(frames * this.#frame)
    const output = new Float32Array(input.length)
    for (let at = 0; at < input.length; at += this.#frame)
      this.#process(input.subarray(at, at + this.#frame), output.subarray(at, at + this.#frame))
    const drop = Math.min(this.#toDrop, output.length)
    this.#toDrop -= drop
    return output.subarray(drop)
  }
}
