import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError, NoAudioError } from '../error.ts'
import type { Limits } from '../limits.ts'
import type { RecogniserName } from '../models/recognisers.ts'
import { ModelStore } from '../models/store.ts'
import { SPEECH_RATE } from '../speech/mel.ts'
import { openDetector, openRecogniser } from '../speech/models.ts'
import { type RecogniseEvent, recognise } from '../speech/recognise.ts'
import { joinSpeakers } from '../words/speaker.ts'
import type { Segment, Transcript } from '../words/transcript.ts'

/** Two channels that differ by less than this part of their power hold the same sound. */
const SAME = 1e-3

/** How to recognise. */
export interface TranscribeOptions {
  /** ISO 639-1; detected when absent. */
  readonly language?: string
  readonly model: RecogniserName
  /** Each channel is a speaker of its own, as in calls and interviews with a microphone each. */
  readonly speakers?: 'channels'
  readonly signal?: AbortSignal
  readonly limits?: Limits
  /** Where models are looked for; node_modules and `SOTTO_MODELS` by default. */
  readonly store?: ModelStore
}

/** What comes while recognising goes on: seconds of sound in each stage, the language once it is known, segments in order. */
export type TranscribeEvent =
  | {
      readonly type: 'progress'
      readonly stage: 'model' | 'detect' | 'recognise'
      readonly done: number
      readonly total: number
    }
  | { readonly type: 'language'; readonly language: string }
  | { readonly type: 'segment'; readonly segment: Segment }

/**
 * The words of a recording. Sound without speech has none: its language is `und`.
 * @throws ModelMissingError @throws LanguageUnknownError @throws SoundNotFiniteError @throws NoAudioError
 * @throws UnreadableMediaError @throws CancelledError
 */
export async function transcribe(
  source: ByteSource,
  options: TranscribeOptions,
  on: (event: TranscribeEvent) => void = () => {},
): Promise<Transcript> {
  const { signal, limits } = options
  const work = { ...(signal === undefined ? {} : { signal }), ...(limits === undefined ? {} : { limits }) }
  const { duration: total, streams } = await probe(source, work)
  if (!streams.some((stream) => stream.type === 'audio')) throw new NoAudioError('the file holds no sound')
  on({ type: 'progress', stage: 'model', done: 0, total })
  await using engine = await openRecogniser(options.model, options.store ?? new ModelStore())
  on({ type: 'progress', stage: options.language === undefined ? 'detect' : 'recognise', done: 0, total })
  const settings = { language: options.language, signal }
  const tell = (event: RecogniseEvent, from = 0, of = 1) => {
    if (event.type === 'segment') on(event)
    else if (event.type === 'language') on({ type: 'language', language: event.language })
    else {
      const stage = event.type === 'detecting' ? 'detect' : 'recognise'
      on({ type: 'progress', stage, done: from * total + Math.min(event.done, total), total: of * total })
    }
  }
  if (options.speakers === undefined)
    return await recognise(engine.whisper, engine.detector, samples(source, work), settings, tell)
  const channels = await channelsOf(source, work)
  const heard: Transcript[] = []
  for (let channel = 0; channel < channels; channel += 1) {
    // A detector remembers what it heard: each channel gets its own.
    await using detector = await openDetector(options.store ?? new ModelStore())
    const sound = samples(source, work, channel)
    heard.push(await recognise(engine.whisper, detector, sound, settings, (event) => tell(event, channel, channels)))
  }
  return joinSpeakers(heard)
}

/**
 * How many channels the sound has, each with something of its own to say.
 * @throws BadRequestError where there is one, or where they hold the same sound: then nobody can be told apart by them
 */
async function channelsOf(source: ByteSource, work: Parameters<typeof decode>[1]): Promise<number> {
  let channels = 0
  let sum = 0
  let difference = 0
  for await (const block of decode(source, { ...work, rate: SPEECH_RATE })) {
    const [left = new Float32Array(0), right = left] = block.channels
    channels = block.channels.length
    for (let index = 0; index < left.length; index += 1) {
      sum += (left[index] as number) ** 2 + (right[index] as number) ** 2
      difference += ((left[index] as number) - (right[index] as number)) ** 2
    }
  }
  if (channels < 2) throw new BadRequestError('the sound has one channel: speakers cannot be told apart by it')
  if (channels === 2 && difference < sum * SAME)
    throw new BadRequestError('both channels hold the same sound: speakers cannot be told apart by them')
  return channels
}

/** All channels mixed, or one of them. */
async function* samples(
  source: ByteSource,
  work: Parameters<typeof decode>[1],
  channel?: number,
): AsyncGenerator<Float32Array> {
  const form = { ...work, rate: SPEECH_RATE, ...(channel === undefined ? { channels: 1 } : {}) }
  for await (const block of decode(source, form)) {
    const one = block.channels[channel ?? 0]
    if (one) yield one
  }
}
