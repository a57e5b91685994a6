import { openWasm, type WasmModule } from './wasm.ts'

/** Sampling rate of the model. */
export const GTCRN_RATE = 16_000
/** Samples of one step. */
export const GTCRN_FRAME = 256
/** Samples the output lags behind the input: the overlap of its windows. */
export const GTCRN_DELAY = 256

/**
 * GTCRN, a grouped temporal convolutional recurrent network for speech enhancement (Rong et al., ICASSP 2024), as wasm
 * with its weights inside (MIT). One instance is one channel's memory.
 */
export class Gtcrn implements Disposable {
  readonly #module: WasmModule
  #state: number
  readonly #input: number
  readonly #output: number

  private constructor(module: WasmModule) {
    this.#module = module
    this.#state = module.call('e')
    this.#input = module.call('k', GTCRN_FRAME * 4)
    this.#output = module.call('k', GTCRN_FRAME * 4)
  }

  static async open(): Promise<Gtcrn> {
    // Names as version 0.4.1 minified them; the package is pinned to it.
    return new Gtcrn(await openWasm('gtcrn.wasm', { memory: 'c', start: 'd', module: 'a', fail: 'a', grow: 'b' }))
  }

  /** {@link GTCRN_FRAME} samples at 16 kHz in, as many out, {@link GTCRN_DELAY} late. */
  process(input: Float32Array, output: Float32Array): void {
    const view = () => new Float32Array(this.#module.memory.buffer)
    view().set(input, this.#input / 4)
    this.#module.call('i', this.#state, this.#input, this.#output)
    output.set(view().subarray(this.#output / 4, this.#output / 4 + GTCRN_FRAME))
  }

  /** Forgets what it heard. */
  restart(): void {
    this.#module.call('g', this.#state)
    this.#state = this.#module.call('e')
  }

  [Symbol.dispose](): void {
    this.#module.call('f', this.#input)
    this.#module.call('f', this.#output)
    this.#module.call('g', this.#state)
  }
}
