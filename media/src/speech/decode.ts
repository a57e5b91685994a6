import type { Tensor } from 'onnxruntime-node'
import { compressionRatio, loopLength, withoutLoop } from './loop.ts'
import type { DecoderState, Whisper } from './whisper.ts'

/** What one window was read as. */
export interface Reading {
  /** Text tokens, without special ones. */
  readonly tokens: readonly number[]
  /** Attention rows: one for each token (of the step that chose it), and one for the end. */
  readonly attention: readonly Float32Array[]
  /** Mean logarithm of the chosen tokens' probabilities. */
  readonly confidence: number
  /** Probability that nobody speaks, in the recogniser's own judgement. */
  readonly noSpeech: number
  readonly looped: boolean
}

/** Each is tried when the one before looped or was unsure (Radford et al. 2022, section 4.5, with fewer steps: processor time is what a loop costs). */
const TEMPERATURES = [0, 0.4, 0.8]
const LOW_CONFIDENCE = -1
const HIGH_COMPRESSION = 2.4

/** Whether a reading should be tried again, or not be believed. */
function doubtful(whisper: Whisper, reading: Reading): boolean {
  return (
    reading.looped ||
    reading.confidence < LOW_CONFIDENCE ||
    compressionRatio(whisper.vocabulary.textOf(reading.tokens)) > HIGH_COMPRESSION
  )
}

/**
 * Reads a window. `begun` is the state after the start token alone (as language detection leaves it). Greedy first;
 * where that loops or is unsure, with chance (of a fixed seed: the same sound gives the same words). A loop that stays
 * is cut to its first round.
 */
export async function readWindow(
  whisper: Whisper,
  hidden: Tensor,
  begun: DecoderState,
  language: number,
  seconds: number,
  signal?: AbortSignal,
): Promise<Reading> {
  const { transcribe, noTimestamps } = whisper.vocabulary
  let state = begun
  for (const token of [language, transcribe, noTimestamps]) state = await whisper.next(hidden, state, token)
  const noSpeech = probabilityOf(begun.logits, whisper.vocabulary.noSpeech)
  let best: Reading | undefined
  for (const temperature of TEMPERATURES) {
    const reading = { ...(await readOnce(whisper, hidden, state, temperature, seconds, signal)), noSpeech }
    if (!doubtful(whisper, reading)) return reading
    if (noSpeech > 0.6 && reading.confidence < LOW_CONFIDENCE) return { ...reading, tokens: [] }
    if (
      !best ||
      (best.looped && !reading.looped) ||
      (best.looped === reading.looped && reading.confidence > best.confidence)
    )
      best = reading
  }
  return best as Reading // TEMPERATURES is not empty
}

async function readOnce(
  whisper: Whisper,
  hidden: Tensor,
  prompted: DecoderState,
  temperature: number,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<Omit<Reading, 'noSpeech'>> {
  const { end, suppressed, suppressedFirst } = whisper.vocabulary
  const cap = Math.min(430, Math.ceil(24 + 14 * seconds)) // fast speech in dense scripts stays under 12 tokens a second
  const random = generator(20_221_206)
  const tokens: number[] = []
  let state = prompted
  let sum = 0
  for (;;) {
    signal?.throwIfAborted()
    const logits = state.logits.slice(-whisper.vocabularySize)
    for (const token of suppressed) logits[token] = Number.NEGATIVE_INFINITY
    if (tokens.length === 0) for (const token of suppressedFirst) logits[token] = Number.NEGATIVE_INFINITY
    logits.fill(Number.NEGATIVE_INFINITY, end + 1) // text or the end, no other special token
    const token = temperature === 0 ? argmax(logits) : sample(logits, temperature, random)
    sum += Math.log(Math.max(probabilityOf(logits, token), 1e-30))
    if (token === end || tokens.length >= cap) break
    tokens.push(token)
    if (loopLength(tokens) > 0) break
    state = await whisper.next(hidden, state, token)
  }
  const kept = withoutLoop(tokens)
  const rows = state.attention.slice(prompted.attention.length - 1)
  return {
    tokens: kept,
    attention: rows.slice(0, kept.length + 1),
    confidence: sum / (tokens.length + 1),
    looped: kept.length < tokens.length,
  }
}

function argmax(values: Float32Array): number {
  let best = 0
  for (let at = 1; at < values.length; at += 1) if ((values[at] as number) > (values[best] as number)) best = at
  return best
}

/** Softmax probability of one entry of the last or only row. */
export function probabilityOf(logits: Float32Array, token: number): number {
  const top = logits[argmax(logits)] as number
  let sum = 0
  for (const value of logits) sum += Math.exp(value - top)
  return Math.exp((logits[token] as number) - top) / sum
}

function sample(logits: Float32Array, temperature: number, random: () => number): number {
  const top = logits[argmax(logits)] as number
  let sum = 0
  const weights = logits.map((value) => {
    const weight = Math.exp((value - top) / temperature)
    sum += weight
    return weight
  })
  let left = random() * sum
  for (let at = 0; at < weights.length; at += 1) {
    left -= weights[at] as number
    if (left < 0) return at
  }
  return argmax(logits)
}

/** A small generator of even numbers in [0, 1): mulberry32 (Ettinger 2017, public domain). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
