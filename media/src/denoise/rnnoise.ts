import { openWasm, type WasmModule } from './wasm.ts'

/** Sampling rate of the model. */
export const RNNOISE_RATE = 48_000
/** Samples of one step: 10 ms. */
export const RNNOISE_FRAME = 480
/** Samples the output lags behind the input: the overlap of its windows. */
export const RNNOISE_DELAY = 480

/** RNNoise (Valin, MMSP 2018), as wasm with its weights inside (BSD). One instance is one channel's memory. */
export class Rnnoise implements Disposable {
  readonly #module: WasmModule
  readonly #state: number
  readonly #input: number
  readonly #output: number

  private constructor(module: WasmModule) {
    this.#module = module
    this.#state = module.call('rnnoise_create', 0)
    this.#input = module.call('malloc', RNNOISE_FRAME * 4)
    this.#output = module.call('malloc', RNNOISE_FRAME * 4)
  }

  static async open(): Promise<Rnnoise> {
    return new Rnnoise(
      await openWasm('rnnoise_simd.wasm', {
        memory: 'memory',
        start: '__wasm_call_ctors',
        module: 'env',
        fail: '__assert_fail',
        grow: 'emscripten_resize_heap',
        copy: 'emscripten_memcpy_big',
      }),
    )
  }

  /** {@link RNNOISE_FRAME} samples at 48 kHz in, as many out, {@link RNNOISE_DELAY} late. Answers the probability of a voice. */
  process(input: Float32Array, output: Float32Array): number {
    const view = () => new Float32Array(this.#module.memory.buffer)
    view().set(
      input.map((value) => value * 32_767),
      this.#input / 4,
    )
    const voice = this.#module.call('rnnoise_process_frame', this.#state, this.#output, this.#input)
    const made = view().subarray(this.#output / 4, this.#output / 4 + RNNOISE_FRAME)
    for (let at = 0; at < RNNOISE_FRAME; at += 1) output[at] = (made[at] as number) / 32_767
    return voice
  }

  [Symbol.dispose](): void {
    this.#module.call('free', this.#input)
    this.#module.call('free', this.#output)
    this.#module.call('rnnoise_destroy', this.#state)
  }
}
