import { readFile } from 'node:fs/promises'

/** GPT-2's byte alphabet (Radford et al. 2019): each byte as a printable character. Here the way back. */
function byteAlphabet(): Map<string, number> {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255)
  const alphabet = new Map<string, number>()
  let next = 256
  for (let byte = 0; byte < 256; byte += 1) {
    alphabet.set(String.fromCharCode(printable(byte) ? byte : next), byte)
    if (!printable(byte)) next += 1
  }
  return alphabet
}

interface GenerationConfig {
  readonly alignment_heads: readonly (readonly [number, number])[]
  readonly begin_suppress_tokens: readonly number[]
  readonly decoder_start_token_id: number
  readonly eos_token_id: number
  readonly lang_to_id: Readonly<Record<string, number>>
  readonly no_timestamps_token_id: number
  readonly suppress_tokens: readonly number[]
  readonly task_to_id: { readonly transcribe: number; readonly translate: number }
}

/** Whisper's tokens: which number means what, and how numbers become text. */
export class Vocabulary {
  readonly start: number
  readonly end: number
  readonly transcribe: number
  /** Into English, whatever is spoken. */
  readonly translate: number
  readonly noTimestamps: number
  /** Comes before an earlier text, which the reading then goes on from. */
  readonly previous: number
  readonly noSpeech: number
  /** Token of each language code. */
  readonly languages: ReadonlyMap<string, number>
  /** Never text: sounds, brackets, music signs, special tokens (Whisper's own list). */
  readonly suppressed: readonly number[]
  /** Not as the first token: a lone space, the end. */
  readonly suppressedFirst: readonly number[]
  /** Decoder layer and head of the attentions that follow the speech. */
  readonly alignmentHeads: readonly (readonly [number, number])[]
  readonly #bytes: readonly (Uint8Array | undefined)[]
  readonly #words: Readonly<Record<string, number>>

  constructor(words: Readonly<Record<string, number>>, config: GenerationConfig) {
    const alphabet = byteAlphabet()
    this.#words = words
    const bytes: (Uint8Array | undefined)[] = []
    for (const [word, id] of Object.entries(words))
      bytes[id] = Uint8Array.from([...word], (character) => alphabet.get(character) ?? 63)
    this.#bytes = bytes
    this.start = config.decoder_start_token_id
    this.end = config.eos_token_id
    this.transcribe = config.task_to_id.transcribe
    this.translate = config.task_to_id.translate
    this.noTimestamps = config.no_timestamps_token_id
    this.noSpeech = config.no_timestamps_token_id - 1
    this.previous = config.no_timestamps_token_id - 2
    this.languages = new Map(Object.entries(config.lang_to_id).map(([code, id]) => [code.slice(2, -2), id]))
    this.suppressed = config.suppress_tokens
    this.suppressedFirst = config.begin_suppress_tokens
    this.alignmentHeads = config.alignment_heads
  }

  static async read(vocabPath: string, configPath: string): Promise<Vocabulary> {
    const [words, config] = await Promise.all([readFile(vocabPath, 'utf8'), readFile(configPath, 'utf8')])
    return new Vocabulary(JSON.parse(words), JSON.parse(config))
  }

  /** The bytes of text tokens; special tokens have none. UTF-8 may be cut at either end of a part of a text. */
  bytesOf(tokens: readonly number[]): Uint8Array {
    const parts = tokens.map((token) => (token < this.end ? this.#bytes[token] : undefined) ?? new Uint8Array(0))
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }

  /** Tokens of a text, the longest that fit from left to right: not always those it was trained with, but they mean it. */
  tokensOf(text: string): number[] {
    const alphabet = [...byteAlphabet()].sort(([, a], [, b]) => a - b).map(([character]) => character)
    const left = [...new TextEncoder().encode(text)].map((byte) => alphabet[byte]).join('')
    const tokens: number[] = []
    for (let at = 0; at < left.length; ) {
      let end = left.length
      while (end > at + 1 && !Object.hasOwn(this.#words, left.slice(at, end))) end -= 1
      tokens.push(this.#words[left.slice(at, end)] as number) // every byte is a token
      at = end
    }
    return tokens
  }

  /** The text of tokens; broken UTF-8 becomes U+FFFD. */
  textOf(tokens: readonly number[]): string {
    return new TextDecoder().decode(this.bytesOf(tokens))
  }
}
