import { throwIfCancelled } from '../error.ts'
import { segmentOf } from '../words/join.ts'
import type { Segment, Transcript, Word } from '../words/transcript.ts'
import { rowTimes } from './align.ts'
import { SampleBuffer } from './buffer.ts'
import { believable, readWindow } from './decode.ts'
import { fitToSound } from './edge.ts'
import { LanguageUnknownError, SoundNotFiniteError } from './error.ts'
import { type LanguageOdds, languageOdds, likeliest } from './language.ts'
import { LevelGate } from './level.ts'
import { SPEECH_RATE } from './mel.ts'
import { segmentsOf } from './segment.ts'
import { toSimplified } from './simplified.ts'
import { SpanFinder } from './span.ts'
import { spell } from './spell.ts'
import type { VoiceDetector } from './vad.ts'
import type { Whisper } from './whisper.ts'
import { toRecording, type Window, WindowPacker } from './window.ts'

/** What recognising tells while it goes on. `done` is in seconds of sound. */
export type RecogniseEvent =
  | { readonly type: 'detecting'; readonly done: number }
  | { readonly type: 'language'; readonly language: string; readonly confidence: number }
  | { readonly type: 'segment'; readonly segment: Segment }
  | { readonly type: 'done'; readonly done: number }

/** Settings of {@link recognise}. */
export interface RecogniseOptions {
  /** ISO 639-1 code; detected from the first speech when absent. */
  readonly language?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const BLOCK = 10 * SPEECH_RATE
/** A language this likely after one window is taken; else up to three windows are heard first. */
const SURE = 0.8
const MOST_WINDOWS_TO_DETECT = 3

interface Heard {
  readonly window: Window
  readonly samples: Float32Array
  readonly hidden: Awaited<ReturnType<Whisper['encode']>>
  readonly begun: Awaited<ReturnType<Whisper['begin']>>
  readonly odds: LanguageOdds
}

/**
 * Recognises mono sound at 16 kHz as it comes, in blocks of any length. Only what the voice detector hears as speech
 * is read; segments are told in order as soon as their window is read. Answers when the sound ends.
 *
 * @throws SoundNotFiniteError, LanguageUnknownError, CancelledError.
 */
export async function recognise(
  whisper: Whisper,
  detector: VoiceDetector,
  sound: AsyncIterable<Float32Array>,
  options: RecogniseOptions,
  on: (event: RecogniseEvent) => void,
): Promise<Transcript> {
  const { signal } = options
  let language = options.language
  if (language !== undefined && !whisper.vocabulary.languages.has(language)) throw new LanguageUnknownError(language)
  const gate = new LevelGate()
  const finder = new SpanFinder()
  const packer = new WindowPacker()
  const buffer = new SampleBuffer()
  const segments: Segment[] = []
  const waiting: Heard[] = []

  async function read(heard: Heard, code: string): Promise<void> {
    for (const segment of await readSegments(whisper, heard, code, signal)) {
      segments.push(segment)
      on({ type: 'segment', segment })
    }
    on({ type: 'done', done: (heard.window.pieces.at(-1)?.end ?? 0) / SPEECH_RATE })
  }

  async function settle(): Promise<void> {
    const found = likeliest(waiting.map((heard) => heard.odds))
    language = found.language
    on({ type: 'language', ...found })
    for (const heard of waiting.splice(0)) await read(heard, found.language)
  }

  async function take(window: Window): Promise<void> {
    throwIfCancelled(signal)
    const samples = await samplesOf(window, buffer)
    const hidden = await whisper.encode(samples)
    const begun = await whisper.begin(hidden, [whisper.vocabulary.start])
    const heard = { window, samples, hidden, begun, odds: languageOdds(whisper, begun) }
    if (language !== undefined) return await read(heard, language)
    waiting.push(heard)
    on({ type: 'detecting', done: (window.pieces.at(-1)?.end ?? 0) / SPEECH_RATE })
    const sure = likeliest(waiting.map((one) => one.odds)).confidence >= SURE
    if (sure || waiting.length >= MOST_WINDOWS_TO_DETECT) await settle()
  }

  let pending: Float32Array[] = []
  let count = 0
  async function listen(block: Float32Array): Promise<void> {
    throwIfCancelled(signal)
    const level = gate.apply(block, block.length / SPEECH_RATE)
    buffer.append(level.samples)
    const probabilities = level.audible
      ? await detector.probabilities(level.samples)
      : new Float32Array(Math.floor(block.length / 512))
    for (const span of finder.push(probabilities)) for (const window of packer.push(span)) await take(window)
    buffer.dropBefore(packer.neededFrom(finder.pendingFrom))
  }

  let total = 0
  for await (const samples of sound) {
    const broken = samples.findIndex((value) => !Number.isFinite(value))
    if (broken >= 0) throw new SoundNotFiniteError((total + broken) / SPEECH_RATE)
    total += samples.length
    pending.push(samples)
    count += samples.length
    while (count >= BLOCK) {
      const joined = join(pending, count)
      pending = [joined.subarray(BLOCK)]
      count -= BLOCK
      await listen(joined.slice(0, BLOCK))
    }
  }
  const rest = new Float32Array(Math.ceil(count / 512) * 512) // whole frames: the last word's end may lie in the rest
  rest.set(join(pending, count))
  if (rest.length > 0) await listen(rest)
  for (const span of finder.flush()) for (const window of packer.push(span)) await take(window)
  for (const window of packer.flush()) await take(window)
  if (waiting.length > 0) await settle()
  const duration = total / SPEECH_RATE
  on({ type: 'done', done: duration })
  const spoken = options.language ?? (segments.length > 0 ? language : undefined)
  return { language: spoken ?? 'und', duration, segments: segments.map((segment) => within(segment, duration)) }
}

function join(parts: readonly Float32Array[], length: number): Float32Array {
  const joined = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

async function samplesOf(window: Window, buffer: SampleBuffer): Promise<Float32Array> {
  const parts = window.pieces.map((piece) => buffer.slice(piece.start, piece.end))
  return join(
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
}

async function readSegments(
  whisper: Whisper,
  heard: Heard,
  language: string,
  signal: AbortSignal | undefined,
): Promise<Segment[]> {
  const { window, samples, hidden, begun } = heard
  const { vocabulary } = whisper
  const seconds = samples.length / SPEECH_RATE
  const reading = await readWindow(whisper, hidden, begun, language, seconds, signal)
  const surest = Math.max(...heard.odds.values())
  if (reading.tokens.length === 0 || !believable(reading, surest)) return []
  const times = rowTimes(reading.attention, vocabulary.alignmentHeads.length, seconds)
  const spelt = spell(vocabulary, reading.tokens)
  const simplified = language === 'zh' ? await toSimplified(spelt.map((word) => word.text)) : undefined
  const timed = spelt.map((word, index) => ({
    text: simplified?.[index] ?? word.text,
    start: times[word.from] ?? 0,
    end: times[word.to] ?? seconds,
  }))
  const words: Word[] = fitToSound(timed, samples).map((word) => ({
    text: word.text,
    start: toRecording(window, word.start),
    end: toRecording(window, word.end),
  }))
  return segmentsOf(words)
}

function within(segment: Segment, duration: number): Segment {
  if (segment.end <= duration) return segment
  return segmentOf(
    segment.words.map((word) => ({
      ...word,
      start: Math.min(word.start, duration),
      end: Math.min(word.end, duration),
    })),
  )
}
