import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError, throwIfCancelled } from '../error.ts'
import type { ModelStore } from '../models/store.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { PlaceReader } from '../pcm/place-reader.ts'
import { overrun, SEGMENT_PAUSE, tempoFor } from '../synthesis/fit.ts'
import { spokenNotices, syntheticTags } from '../synthesis/label.ts'
import { Synthesiser, VOICE_RATE } from '../synthesis/synthesiser.ts'
import { voiceOf } from '../synthesis/voice.ts'
import type { Segment, TimeRange, Word } from '../words/transcript.ts'
import { encodeAll } from './convert.ts'
import type { Work } from './operation.ts'

/** One paragraph or sentence to be spoken. */
export interface SpeakSegment {
  readonly text: string
  readonly voice: string
  /** 1 is the voice's own pace; 0.5 to 2. */
  readonly speed: number
  /** Where it begins, in seconds; after the one before where absent. Times may not go back. */
  readonly at?: number
  /** Where it should have ended: the next begins here. */
  readonly until?: number
  /** Seconds it may last, where it is spoken alone for a place that is known; in the stead of `until`. */
  readonly room?: number
  /** Spoken before, at this place of an input (the first where none is named), with these words (counted from that place): taken as it is. */
  readonly spoken?: SpokenBefore
}

/** A place where something was spoken before. Seconds. */
export interface SpokenBefore extends TimeRange {
  /** Which of the inputs; 0 where absent. */
  readonly source?: number
  readonly words: readonly Word[]
  readonly tempo: number
}

/** What to speak. */
export interface SpeakOptions {
  readonly segments: readonly SpeakSegment[]
  readonly format: SoundFormat
  /** `spoken`: it begins with a sentence that says it is a synthetic voice. The file's tags say it always. */
  readonly notice?: 'spoken' | 'none'
  /** Seconds the whole should last at least. */
  readonly duration?: number
}

/** A segment as it was spoken. */
export interface SpokenSegment extends Segment {
  /** How much faster than asked for, to fit; 1 where it had room. */
  readonly tempo: number
  /** Seconds by which it runs into the next all the same. */
  readonly over: number
}

/** What was spoken. */
export interface SpeakResult {
  readonly duration: number
  readonly segments: readonly SpokenSegment[]
}

/** What speaking takes beside its options. */
export interface SpeakWork extends Work {
  readonly store?: ModelStore
  readonly onSegment?: (segment: SpokenSegment) => void
}

/**
 * Speaks segments into one file, mono at 24 kHz, labelled as synthetic. The same segments give the same bytes; a segment that was
 * spoken before is taken from `before` sample by sample, so that one sentence done anew changes no other.
 * @param before what earlier segments were spoken into, in lossless formats
 * @throws BadRequestError @throws ModelMissingError @throws EngineMissingError @throws CancelledError
 */
export async function speak(
  before: readonly ByteSource[],
  sink: ByteSink,
  options: SpeakOptions,
  work: SpeakWork = {},
): Promise<SpeakResult> {
  const segments: SpokenSegment[] = []
  const blocks = spoken(before, options, work, (segment) => {
    segments.push(segment)
    work.onSegment?.(segment)
  })
  const tags = syntheticTags(labelOf(options.segments))
  const duration = await encodeAll(blocks, sink, { format: options.format, tags }, work)
  return { duration, segments }
}

/** Engines and texts, for the label. */
export function labelOf(segments: readonly SpeakSegment[]): { engines: string[]; texts: string[] } {
  const names = { kokoro: 'Kokoro-82M', espeak: 'eSpeak NG' }
  const engines = new Set(segments.flatMap(({ voice }) => names[voiceOf(voice)?.engine ?? 'kokoro']))
  return { engines: [...engines], texts: segments.map(({ text, voice, speed }) => `${voice} ${speed} ${text}`) }
}

/** The sound of the segments, block by block; each segment is told when it stands. */
export async function* spoken(
  before: readonly ByteSource[],
  options: SpeakOptions,
  work: SpeakWork,
  onSegment: (segment: SpokenSegment) => void,
): AsyncGenerator<Pcm> {
  const list = options.segments
  if (list.every(({ text }) => text.trim() === '')) throw new BadRequestError('there is nothing to speak')
  await using synthesiser = new Synthesiser(work.store)
  await using readers = new AsyncDisposableStack()
  const earlier = before.map((source) => readers.use(new PlaceReader(source, work, 1)))
  const track = new Track()
  const [first] = list
  if (options.notice === 'spoken' && first !== undefined && first.at === undefined) {
    const notice = spokenNotices[voiceOf(first.voice)?.language ?? 'en'] ?? (spokenNotices.en as string)
    const { samples } = await synthesiser.speak(notice, first.voice, first.speed, work.signal)
    yield* track.place(samples, 0)
  }
  for (const [index, segment] of list.entries()) {
    throwIfCancelled(work.signal)
    work.onProgress?.({ stage: 'speak', done: index, total: list.length })
    const begin = segment.at ?? (track.end === 0 ? 0 : track.end + SEGMENT_PAUSE / segment.speed)
    const room = segment.room ?? (segment.until ?? list[index + 1]?.at ?? Number.POSITIVE_INFINITY) - begin
    const { samples, words, tempo } = segment.spoken
      ? await again(earlier[segment.spoken.source ?? 0], segment.spoken)
      : await anew(synthesiser, segment, room, work.signal)
    const start = Math.round(begin * VOICE_RATE) / VOICE_RATE
    yield* track.place(samples, begin)
    onSegment({
      start,
      end: start + samples.length / VOICE_RATE,
      text: segment.text,
      words: words.map((word) => ({ ...word, start: word.start + start, end: word.end + start })),
      tempo,
      over: overrun(samples.length / VOICE_RATE, room),
    })
  }
  work.onProgress?.({ stage: 'speak', done: list.length, total: list.length })
  yield* track.finish(options.duration ?? 0)
}

interface Voiced {
  readonly samples: Float32Array
  readonly words: readonly Word[]
  readonly tempo: number
}

/** Speaks; where that does not fit, once more and faster: the voice's own pace changes, not the pitch of what it said. */
async function anew(
  synthesiser: Synthesiser,
  segment: SpeakSegment,
  room: number,
  signal: AbortSignal | undefined,
): Promise<Voiced> {
  const natural = await synthesiser.speak(segment.text, segment.voice, segment.speed, signal)
  const tempo = tempoFor(natural.samples.length / VOICE_RATE, room)
  if (tempo === 1) return { ...natural, tempo }
  const speed = Math.min(2, segment.speed * tempo)
  return { ...(await synthesiser.speak(segment.text, segment.voice, speed, signal)), tempo }
}

async function again(earlier: PlaceReader | undefined, { start, end, words, tempo }: SpokenBefore): Promise<Voiced> {
  if (earlier === undefined || (await earlier.rate(start)) !== VOICE_RATE)
    throw new BadRequestError('what was spoken before is not there')
  const pcm = await earlier.readAll(Math.round(start * VOICE_RATE), Math.round(end * VOICE_RATE))
  return { samples: pcm.channels[0] ?? new Float32Array(0), words, tempo }
}

/** Samples on their way out: what was placed and may still be sounded over by the next. */
class Track {
  #from = 0
  #held = new Float32Array(0)

  /** Where the last segment ends, in seconds. */
  get end(): number {
    return (this.#from + this.#held.length) / VOICE_RATE
  }

  /** Puts samples at a time, and lets go what lies before it. */
  *place(samples: Float32Array, at: number): Generator<Pcm> {
    const begin = Math.round(at * VOICE_RATE)
    if (begin < this.#from) throw new BadRequestError('segments must come in the order of their times')
    yield* this.#flush(begin)
    const length = Math.max(this.#held.length, samples.length)
    const held = new Float32Array(length)
    held.set(this.#held)
    for (let index = 0; index < samples.length; index += 1)
      held[index] = Math.max(-1, Math.min(1, (held[index] as number) + (samples[index] as number)))
    this.#held = held
  }

  /** All that is left, filled up with silence to a length. */
  *finish(seconds: number): Generator<Pcm> {
    yield* this.#flush(Math.max(this.#from + this.#held.length, Math.round(seconds * VOICE_RATE)))
  }

  *#flush(to: number): Generator<Pcm> {
    for (let left = to - this.#from; left > 0; ) {
      const block = new Float32Array(Math.min(left, 10 * VOICE_RATE))
      block.set(this.#held.subarray(0, block.length))
      this.#held = this.#held.slice(block.length)
      this.#from += block.length
      left -= block.length
      yield { rate: VOICE_RATE, channels: [block] }
    }
  }
}
