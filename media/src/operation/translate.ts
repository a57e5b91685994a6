import { decode } from '../container/decode.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import type { Limits } from '../limits.ts'
import { translationModels } from '../models/own-translation.ts'
import type { RecogniserName } from '../models/recognisers.ts'
import { ModelStore } from '../models/store.ts'
import { SPEECH_RATE } from '../speech/mel.ts'
import { openRecogniser } from '../speech/models.ts'
import { BergamotTranslator } from '../translation/bergamot.ts'
import { speechToEnglish } from '../translation/speech-to-english.ts'
import { flagsOf, type TranslatedSegment, type Translation } from '../translation/translation.ts'
import { type Pair, PairUnavailableError, type Translator } from '../translation/translator.ts'
import { type TranscribeEvent, transcribe } from './transcribe.ts'

/** A sentence to be translated; both times 0 where there is no recording. */
export interface SourceSegment {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What to translate, into what. Languages are ISO 639-1. */
export interface TranslateOptions {
  /** What is said or written; recognised from the sound when absent. */
  readonly segments?: readonly SourceSegment[]
  /** Detected from the sound when absent. */
  readonly from?: string
  readonly to: string
  /** What recognises, where the words are not given. */
  readonly model?: RecogniserName
}

/** What translating takes beside its options. */
export interface TranslateWork {
  readonly signal?: AbortSignal
  readonly limits?: Limits
  readonly store?: ModelStore
  /** Translates text; Bergamot by default. */
  readonly translator?: Translator
}

/** What comes while translating goes on: that of recognising, how far it is, and each sentence as it stands. */
export type TranslateEvent =
  | TranscribeEvent
  | { readonly type: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  | {
      readonly type: 'translated'
      readonly index: number
      readonly segment: TranslatedSegment
      readonly by: Translated
    }

/** What translated, and how good that is. */
export type Translated = Pick<Translation, 'engine' | 'quality'>

/** Sentences given to the translator at once: bounds how long a cancelling and the next sign of life wait. */
const AT_ONCE = 8

/**
 * Translates a text, a transcript, or what is said in a recording, sentence by sentence. Text goes by Bergamot, where its models
 * are here; speech into English, without them, by Whisper small from the sound itself, as a draft.
 * @throws PairUnavailableError when there is no way; the message says what would be one, and how large it is
 * @throws BadRequestError @throws ModelMissingError @throws NoAudioError @throws CancelledError
 */
export async function translate(
  source: ByteSource | undefined,
  options: TranslateOptions,
  work: TranslateWork = {},
  on: (event: TranslateEvent) => void = () => {},
): Promise<Translation> {
  const { to } = options
  const { signal, limits } = work
  const store = work.store ?? new ModelStore()
  await using own =
    work.translator === undefined
      ? new BergamotTranslator(store, { models: await translationModels(store.folder) })
      : undefined
  const translator = work.translator ?? (own as Translator)
  const pairs = await translator.pairs()
  // Nothing translates into it: said before an hour is spent on recognising.
  const possible = (pair: Pair) => pair.to === to && pair.from === (options.from ?? pair.from) && pair.state === 'ready'
  if (to !== 'en' && !pairs.some(possible))
    throw new PairUnavailableError(
      options.from ?? 'any language',
      to,
      pairs.find((pair) => pair.to === to && pair.from === (options.from ?? 'en')),
    )
  const heard = await wordsOf(source, options, { ...work, store }, on)
  const { from, segments } = heard
  if (from === to) throw new BadRequestError(`this is in ${to} already`)
  if (segments.length === 0)
    return { from, to, engine: 'bergamot', quality: 'good', duration: heard.duration, segments: [] }
  const pair = pairs.find((one) => one.from === from && one.to === to)
  const by: Translated =
    pair?.state === 'ready'
      ? { engine: 'bergamot', quality: pair.unrated ? 'unrated' : 'good' }
      : { engine: 'whisper', quality: 'draft' }
  const total = segments.length
  const done: TranslatedSegment[] = []
  const add = (text: string) => {
    const { start, end, text: said } = segments[done.length] as SourceSegment
    const segment = { start, end, source: said, text, flags: flagsOf(said, text) }
    on({ type: 'translated', index: done.length, segment, by })
    done.push(segment)
    on({ type: 'progress', stage: 'translate', done: done.length, total })
  }
  if (pair?.state === 'ready') {
    for (let at = 0; at < total; at += AT_ONCE) {
      const texts = segments.slice(at, at + AT_ONCE).map(({ text }) => text)
      for (const text of await translator.translate(texts, { from, to, signal })) add(text)
    }
    return { from, to, ...by, duration: heard.duration, segments: done }
  }
  if (source === undefined || to !== 'en') throw new PairUnavailableError(from, to, pair)
  await using engine = await openRecogniser('small', store)
  const reading = { ...(signal ? { signal } : {}), ...(limits ? { limits } : {}) }
  for await (const text of speechToEnglish(engine.whisper, samples(source, reading), segments, from, signal)) add(text)
  return { from, to, ...by, duration: heard.duration, segments: done }
}

async function* samples(source: ByteSource, work: Parameters<typeof decode>[1]): AsyncGenerator<Float32Array> {
  for await (const block of decode(source, { ...work, rate: SPEECH_RATE, channels: 1 }))
    if (block.channels[0]) yield block.channels[0]
}

/** The sentences given, or those heard. */
async function wordsOf(
  source: ByteSource | undefined,
  { segments, from, model }: TranslateOptions,
  { signal, limits, store }: TranslateWork & { store: ModelStore },
  on: (event: TranscribeEvent) => void,
): Promise<{ from: string; duration: number; segments: readonly SourceSegment[] }> {
  if (segments !== undefined) {
    if (from === undefined) throw new BadRequestError('the language of a text has to be named')
    return { from, duration: segments.at(-1)?.end ?? 0, segments }
  }
  if (source === undefined) throw new BadRequestError('there is nothing to translate')
  const heard = await transcribe(
    source,
    {
      model: model ?? 'small',
      store,
      ...(from === undefined ? {} : { language: from }),
      ...(signal ? { signal } : {}),
      ...(limits ? { limits } : {}),
    },
    on,
  )
  return { from: heard.language, duration: heard.duration, segments: heard.segments }
}
