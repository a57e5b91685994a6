import { readFile } from 'node:fs/promises'
import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { logMel } from './mel.ts'
import { requantise } from './requantise.ts'
import { openSession } from './session.ts'
import { Vocabulary } from './vocabulary.ts'

/** Encoder positions of a 30 s window: one for every 20 ms. */
export const POSITIONS = 1500

/** What the decoder remembers between two tokens, and what it paid attention to. */
export interface DecoderState {
  /** Scores (logits) of the token after each of those just fed, one row of the vocabulary's size per fed token. */
  readonly logits: Float32Array
  /** Per fed token so far: attention over {@link POSITIONS}, one row after the other for each alignment head. */
  readonly attention: readonly Float32Array[]
  /** Length of the text so far, in tokens. */
  readonly length: number
  readonly cache: Readonly<Record<string, Tensor>>
}

/**
 * Whisper's two networks, driven token by token: 8-bit ONNX graphs with one decoder for first and later steps and
 * attentions among the outputs, their arithmetic improved by {@link requantise}. The pieces of a window are used again: one encoding serves language detection, every
 * attempt at decoding, and word times.
 */
export class Whisper implements AsyncDisposable {
  readonly vocabulary: Vocabulary
  readonly vocabularySize: number
  readonly #encoder: InferenceSession
  readonly #decoder: InferenceSession
  readonly #layers: number
  readonly #heads: number
  readonly #width: number
  readonly #alignmentLayers: readonly number[]

  private constructor(encoder: InferenceSession, decoder: InferenceSession, vocabulary: Vocabulary) {
    const shapeOf = (name: string, of: InferenceSession['inputMetadata']) => {
      const found = of.find((one) => one.name === name)
      return found?.isTensor ? found.shape.map(Number) : []
    }
    const past = shapeOf('past_key_values.0.decoder.key', decoder.inputMetadata)
    this.#encoder = encoder
    this.#decoder = decoder
    this.vocabulary = vocabulary
    this.vocabularySize = shapeOf('logits', decoder.outputMetadata)[2] as number // fixed by the pinned graphs
    this.#heads = past[1] as number
    this.#width = past[3] as number
    this.#layers = decoder.inputNames.filter((name) => name.endsWith('.decoder.key')).length
    this.#alignmentLayers = [...new Set(vocabulary.alignmentHeads.map(([layer]) => layer))]
  }

  /** Opens the model from its files by name (see `WHISPER_BASE` in the manifest). */
  static async open(files: ReadonlyMap<string, string>, threads: number): Promise<Whisper> {
    const path = (name: string) => {
      const found = files.get(name)
      if (found === undefined) throw new RangeError(`the model has no file ${name}`)
      return found
    }
    const vocabulary = await Vocabulary.read(path('vocab.json'), path('generation_config.json'))
    const open = async (name: string) => await openSession(requantise(await readFile(path(name)), 'blocks'), threads)
    const encoder = await open('encoder.onnx')
    const decoder = await open('decoder.onnx')
    return new Whisper(encoder, decoder, vocabulary)
  }

  /** Listens to at most 30 s of mono samples at 16 kHz. */
  async encode(samples: Float32Array): Promise<Tensor> {
    const input = new Tensor('float32', logMel(samples), [1, 80, 2 * POSITIONS])
    const { last_hidden_state: hidden } = await this.#encoder.run({ input_features: input }, ['last_hidden_state'])
    return hidden as Tensor
  }

  /** Feeds the first tokens of a text. */
  async begin(hidden: Tensor, tokens: readonly number[]): Promise<DecoderState> {
    const empty = () => new Tensor('float32', new Float32Array(0), [1, this.#heads, 0, this.#width])
    const feeds: Record<string, Tensor> = { encoder_hidden_states: hidden, use_cache_branch: flag(false) }
    for (const name of this.#cacheNames('both')) feeds[`past_key_values.${name}`] = empty()
    return await this.#run(feeds, tokens, { logits: new Float32Array(0), attention: [], length: 0, cache: {} })
  }

  /** Feeds the next token. */
  async next(hidden: Tensor, state: DecoderState, token: number): Promise<DecoderState> {
    const feeds = { ...state.cache, encoder_hidden_states: hidden, use_cache_branch: flag(true) }
    return await this.#run(feeds, [token], state)
  }

  async #run(feeds: Record<string, Tensor>, tokens: readonly number[], before: DecoderState): Promise<DecoderState> {
    const first = before.length === 0
    const names = this.#cacheNames(first ? 'both' : 'own')
    const outputs = await this.#decoder.run(
      { ...feeds, input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]) },
      [
        'logits',
        ...names.map((name) => `present.${name}`),
        ...this.#alignmentLayers.map((layer) => `cross_attentions.${layer}`),
      ],
    )
    const cache: Record<string, Tensor> = { ...before.cache }
    for (const name of names) cache[`past_key_values.${name}`] = outputs[`present.${name}`] as Tensor
    const attention = tokens.map((_, row) => this.#attentionOf(outputs, row, tokens.length))
    return {
      logits: outputs.logits?.data as Float32Array,
      attention: [...before.attention, ...attention],
      length: before.length + tokens.length,
      cache,
    }
  }

  #attentionOf(outputs: InferenceSession.OnnxValueMapType, row: number, rows: number): Float32Array {
    const heads = this.vocabulary.alignmentHeads
    const attention = new Float32Array(heads.length * POSITIONS)
    heads.forEach(([layer, head], index) => {
      const all = (outputs[`cross_attentions.${layer}`] as Tensor).data as Float32Array
      const at = (head * rows + row) * POSITIONS
      attention.set(all.subarray(at, at + POSITIONS), index * POSITIONS)
    })
    return attention
  }

  #cacheNames(which: 'own' | 'both'): string[] {
    const kinds = which === 'own' ? ['decoder'] : ['decoder', 'encoder']
    const layers = Array.from({ length: this.#layers }, (_, layer) => layer)
    return layers.flatMap((layer) =>
      kinds.flatMap((kind) => ['key', 'value'].map((part) => `${layer}.${kind}.${part}`)),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#encoder.release()
    await this.#decoder.release()
  }
}

function flag(value: boolean): Tensor {
  return new Tensor('bool', [value], [1])
}
