import { GTCRN_DELAY, GTCRN_FRAME, GTCRN_RATE, type Gtcrn } from './gtcrn.ts'
import { Queue, type Stage } from './stage.ts'

/** Sound read backward at once, and how much of what follows is heard first. At 16 kHz, whole frames. */
const BLOCK = 8 * GTCRN_RATE
const AHEAD = 100 * GTCRN_FRAME
/** Over so many samples one block goes over into the next. */
const SEAM = 4 * GTCRN_FRAME

/**
 * GTCRN from the end to the beginning. The network knows only what came before: read backward it knows what comes
 * after, errs elsewhere, and the mean of both directions errs less. Reads blocks of 8 s, having listened to 1.6 s of
 * what follows each, and answers that much later. Output is where its input was.
 */
export class Backward implements Stage {
  readonly #network: Gtcrn
  /** Input from {@link SEAM} before the next block on; silence before the beginning. */
  readonly #held = new Queue()
  #seam = new Float32Array(SEAM)
  #begun = false

  constructor(network: Gtcrn) {
    this.#network = network
    this.#held.put(new Float32Array(SEAM))
  }

  push(samples: Float32Array): Float32Array {
    this.#held.put(samples)
    const parts = new Queue()
    while (this.#held.length >= SEAM + BLOCK + AHEAD)
      parts.put(this.#joined(this.#read(this.#held.first(SEAM + BLOCK + AHEAD)), BLOCK))
    return parts.take(parts.length)
  }

  /** What is left after the last samples. */
  end(): Float32Array {
    return this.#joined(this.#read(this.#held.first(this.#held.length)), this.#held.length)
  }

  #read(samples: Float32Array): Float32Array {
    this.#network.restart()
    const length = Math.ceil((samples.length + GTCRN_DELAY) / GTCRN_FRAME) * GTCRN_FRAME
    const output = new Float32Array(length)
    output.set(samples.toReversed())
    for (let at = 0; at < length; at += GTCRN_FRAME) {
      const frame = output.subarray(at, at + GTCRN_FRAME)
      this.#network.process(frame, frame)
    }
    return output.subarray(GTCRN_DELAY, GTCRN_DELAY + samples.length).reverse()
  }

  /** The next `count` samples: what was just read begins a seam early and is faded in over what the block before said. */
  #joined(read: Float32Array, count: number): Float32Array {
    for (let n = 0; n < SEAM; n += 1)
      read[n] = (this.#seam[n] as number) + ((n + 1) / SEAM) * ((read[n] as number) - (this.#seam[n] as number))
    this.#seam = read.slice(count, count + SEAM)
    this.#held.take(count)
    const first = this.#begun ? 0 : SEAM
    this.#begun = true
    return read.subarray(first, count)
  }
}
