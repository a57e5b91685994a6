import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import { NoAudioError } from '../error.ts'
import type { Limits } from '../limits.ts'
import type { RecogniserName } from '../models/recognisers.ts'
import { ModelStore } from '../models/store.ts'
import { SPEECH_RATE } from '../speech/mel.ts'
import { openRecogniser } from '../speech/models.ts'
import { recognise } from '../speech/recognise.ts'
import type { Segment, Transcript } from '../words/transcript.ts'

/** How to recognise. */
export interface TranscribeOptions {
  /** ISO 639-1; detected when absent. */
  readonly language?: string
  readonly model: RecogniserName
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
  return await recognise(engine.whisper, engine.detector, samples(source, work), settings, (event) => {
    if (event.type === 'segment') on(event)
    else if (event.type === 'language') on({ type: 'language', language: event.language })
    else {
      const stage = event.type === 'detecting' ? 'detect' : 'recognise'
      on({ type: 'progress', stage, done: Math.min(event.done, total), total })
    }
  })
}

async function* samples(source: ByteSource, work: Parameters<typeof decode>[1]): AsyncGenerator<Float32Array> {
  for await (const block of decode(source, { ...work, rate: SPEECH_RATE, channels: 1 }))
    if (block.channels[0]) yield block.channels[0]
}
