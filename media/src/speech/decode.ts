import type { Tensor } from 'onnxruntime-node'
import { throwIfCancelled } from '../error.ts'
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

/**
 * A text the reading goes on from, where that helps: Chinese comes out without any punctuation otherwise. ("The
 * following are sentences in Mandarin, and this is punctuation.")
 */
const PROMPTS: Readonly<Record<string, string>> = { zh: '以下是普通话的句子，这是标点。' }

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
 * Whether a reading is of speech at all. Murmur, clatter and song get through the voice detector now and then; the
 * recogniser then writes something, but is unsure of every word and of the language. `surest` is the probability of the
 * likeliest language. Measured: clear speech -0.05..-0.5 at 0.9..1, speech over film noise -0.5 at 0.4, a busy
 * restaurant -1.2..-1.8 at 0.3, music -1.2..-1.8 at 0.3.
 */
export function believable(reading: Reading, surest: number): boolean {
  return reading.confidence > (surest < 0.6 || reading.noSpeech > 0.6 ? LOW_CONFIDENCE : 2 * LOW_CONFIDENCE)
}

/**
 * Reads a window, in its own language or, to `translate`, in English. `begun` is the state after the start token alone (as language detection leaves it). By beam search first;
 * where that loops or is unsure, by chance (of a fixed seed: the same sound gives the same words). A loop that stays
 * is cut to its first round.
 */
export async function readWindow(
  whisper: Whisper,
  hidden: Tensor,
  begun: DecoderState,
  language: string,
  seconds: number,
  signal?: AbortSignal,
  task: 'transcribe' | 'translate' = 'transcribe',
): Promise<Reading> {
  const { languages, noTimestamps, previous, start } = whisper.vocabulary
  const prompt = task === 'transcribe' ? PROMPTS[language] : undefined
  let state = begun
  if (prompt !== undefined)
    state = await whisper.begin(hidden, [previous, ...whisper.vocabulary.tokensOf(prompt), start])
  for (const token of [languages.get(language) ?? start, whisper.vocabulary[task], noTimestamps])
    state = await whisper.next(hidden, state, token)
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

/** One text under way. */
interface Beam {
  readonly state: DecoderState
  readonly tokens: readonly number[]
  readonly sum: number
}

/** Texts followed at once, at most... */
const WIDTH = 5
/** ...and only while their probability is within this factor (natural logarithm) of the best: sure words cost one step. */
const DEPTH = 2

/** Beam search with pruning, then the best by mean probability. With a temperature: one text, by chance. */
async function readOnce(
  whisper: Whisper,
  hidden: Tensor,
  prompted: DecoderState,
  temperature: number,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<Omit<Reading, 'noSpeech'>> {
  const { end } = whisper.vocabulary
  const cap = Math.min(430, Math.ceil(24 + 14 * seconds)) // fast speech in dense scripts stays under 12 tokens a second
  const random = generator(20_221_206)
  const width = temperature === 0 ? WIDTH : 1
  let live: Beam[] = [{ state: prompted, tokens: [], sum: 0 }]
  const done: (Beam & { readonly looped: boolean })[] = []
  while (live.length > 0) {
    throwIfCancelled(signal)
    const grown: (Beam & { readonly token: number })[] = []
    for (const beam of live) {
      const scores = tokenScores(whisper, beam)
      const chosen = temperature === 0 ? best(scores, width, DEPTH) : [sample(scores, temperature, random)]
      for (const token of chosen) grown.push({ ...beam, token, sum: beam.sum + (scores[token] as number) })
    }
    grown.sort((a, b) => b.sum - a.sum)
    const limit = Math.max(grown[0]?.sum ?? 0, ...done.map((beam) => beam.sum)) - DEPTH
    live = []
    for (const { token, ...beam } of grown.slice(0, width)) {
      if (beam.sum < limit) break
      const tokens = [...beam.tokens, token]
      if (token === end || beam.tokens.length >= cap) done.push({ ...beam, looped: false })
      else if (loopLength(tokens) > 0) done.push({ ...beam, tokens, looped: true })
      else live.push({ ...beam, tokens })
    }
    if (done.length >= width) break
    const grownOn: Beam[] = []
    for (const beam of live)
      grownOn.push({ ...beam, state: await whisper.next(hidden, beam.state, beam.tokens.at(-1) as number) })
    live = grownOn
  }
  const mean = (beam: Beam) => beam.sum / (beam.tokens.length + 1)
  const [won] = done.sort((a, b) => Number(a.looped) - Number(b.looped) || mean(b) - mean(a))
  if (!won) throw new RangeError('a search ends with at least one text')
  const kept = won.looped ? withoutLoop(won.tokens) : won.tokens
  const rows = won.state.attention.slice(prompted.attention.length - 1)
  return { tokens: kept, attention: rows.slice(0, kept.length + 1), confidence: mean(won), looped: won.looped }
}

/** Logarithms of the next token's probabilities; what may not stand there has minus infinity. */
function tokenScores(whisper: Whisper, beam: Beam): Float32Array {
  const { end, suppressed, suppressedFirst } = whisper.vocabulary
  const scores = beam.state.logits.slice(-whisper.vocabularySize)
  for (const token of suppressed) scores[token] = Number.NEGATIVE_INFINITY
  if (beam.tokens.length === 0) for (const token of suppressedFirst) scores[token] = Number.NEGATIVE_INFINITY
  scores.fill(Number.NEGATIVE_INFINITY, end + 1) // text or the end, no other special token
  const top = scores[argmax(scores)] as number
  let sum = 0
  for (let at = 0; at <= end; at += 1) sum += Math.exp((scores[at] as number) - top)
  const shift = top + Math.log(sum)
  for (let at = 0; at <= end; at += 1) scores[at] = (scores[at] as number) - shift
  return scores
}

/** The `count` likeliest tokens that are within `depth` of the first. */
function best(scores: Float32Array, count: number, depth: number): number[] {
  const top = scores[argmax(scores)] as number
  const near: number[] = []
  for (let at = 0; at < scores.length; at += 1) if ((scores[at] as number) >= top - depth) near.push(at)
  return near.sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, count)
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
