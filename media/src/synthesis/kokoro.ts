import { readFile } from 'node:fs/promises'
import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { EngineCrashedError } from '../error.ts'
import { KOKORO, KOKORO_VOICES, type KokoroVoice } from '../models/kokoro.ts'
import type { ModelStore } from '../models/store.ts'
import { requantise } from '../speech/requantise.ts'
import { openSession } from '../speech/session.ts'

/** Samples a second of what Kokoro speaks. */
export const KOKORO_RATE = 24_000

/** Symbols one call can take: the network knows 512 places, two are for beginning and end. */
export const MOST_SYMBOLS = 509

/** Numbers of a voice for one length of text. */
const STYLE = 256

/**
 * Kokoro-82M: speaks a line of symbols (see kokoro-symbols.ts) in one of its voices. The published 8-bit weights are
 * widened when they are loaded: a third less processor time than as they are, and no second, three times larger file.
 */
export class Kokoro implements AsyncDisposable {
  readonly #session: InferenceSession
  readonly #alphabet: ReadonlyMap<string, number>
  readonly #voices: ReadonlyMap<string, string>
  readonly #styles = new Map<string, Float32Array>()

  private constructor(
    session: InferenceSession,
    alphabet: ReadonlyMap<string, number>,
    voices: ReadonlyMap<string, string>,
  ) {
    this.#session = session
    this.#alphabet = alphabet
    this.#voices = voices
  }

  /** @throws ModelMissingError @throws ModelDamagedError */
  static async open(store: ModelStore, threads: number): Promise<Kokoro> {
    const files = await store.locate(KOKORO)
    const voices = await store.locate(KOKORO_VOICES)
    const tokenizer = JSON.parse(await readFile(files.get('tokenizer.json') as string, 'utf8')) as {
      model: { vocab: Record<string, number> }
    }
    const weights = requantise(await readFile(files.get('kokoro.onnx') as string), 'float')
    const session = await openSession(weights, threads)
    return new Kokoro(session, new Map(Object.entries(tokenizer.model.vocab)), voices)
  }

  /** How many places a line of symbols takes; what the alphabet does not have is not spoken. */
  length(symbols: string): number {
    return this.#idsOf(symbols).length
  }

  /**
   * Speaks one line: mono, {@link KOKORO_RATE}. `speed` 1 is the voice's own pace. The same line gives the same samples.
   * @throws RangeError when it is longer than {@link MOST_SYMBOLS}
   * @throws EngineCrashedError when a sample is not a finite number (16-bit weights have done this)
   */
  async speak(symbols: string, voice: KokoroVoice, speed: number): Promise<Float32Array> {
    const ids = this.#idsOf(symbols)
    if (ids.length === 0) return new Float32Array(0)
    if (ids.length > MOST_SYMBOLS) throw new RangeError(`${ids.length} symbols are more than ${MOST_SYMBOLS}`)
    const all = await this.#style(voice)
    const { waveform } = await this.#session.run({
      input_ids: new Tensor('int64', BigInt64Array.from([0, ...ids, 0], BigInt), [1, ids.length + 2]),
      style: new Tensor('float32', all.slice(STYLE * ids.length, STYLE * (ids.length + 1)), [1, STYLE]),
      speed: new Tensor('float32', Float32Array.of(speed), [1]),
    })
    const samples = waveform?.data as Float32Array
    if (!samples.every(Number.isFinite)) throw new EngineCrashedError('the voice gave samples that are no numbers')
    return Float32Array.from(samples)
  }

  #idsOf(symbols: string): number[] {
    return [...symbols].flatMap((symbol) => this.#alphabet.get(symbol) ?? [])
  }

  async #style(voice: KokoroVoice): Promise<Float32Array> {
    const known = this.#styles.get(voice)
    if (known) return known
    const bytes = Uint8Array.from(await readFile(this.#voices.get(`${voice}.bin`) as string))
    const style = new Float32Array(bytes.buffer)
    this.#styles.set(voice, style)
    return style
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}
