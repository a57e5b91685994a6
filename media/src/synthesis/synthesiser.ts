import { BadRequestError, throwIfCancelled } from '../error.ts'
import type { KokoroVoice } from '../models/kokoro.ts'
import { ModelStore } from '../models/store.ts'
import { type Pcm, silentPcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { shareSpan } from '../words/correct.ts'
import type { Word } from '../words/transcript.ts'
import { spokenChunks } from './chunk.ts'
import { Espeak, type SpokenWord } from './espeak.ts'
import { KOKORO_RATE, Kokoro, MOST_SYMBOLS } from './kokoro.ts'
import { kokoroSymbols } from './kokoro-symbols.ts'
import { mandarinSymbols } from './mandarin.ts'
import { espeakName, kindOf, type Voice, voiceOf } from './voice.ts'

/** Rate of all that is spoken: mono. */
export const VOICE_RATE = KOKORO_RATE

/** The slowest and fastest that is offered; 1 is the voice's own pace. */
export const SPEEDS = { least: 0.5, most: 2 } as const

/** A text spoken: mono samples at {@link VOICE_RATE}, and its words with their times from 0. */
export interface Spoken {
  readonly samples: Float32Array
  readonly words: readonly Word[]
}

/** A voice was asked for that there is not. */
export class VoiceUnknownError extends BadRequestError {
  constructor(voice: string) {
    super(`there is no voice "${voice}"`)
  }
}

/** Threads of the network; more gain little at its size. */
const THREADS = 2
/** Characters one call to the network can surely take, at up to three symbols for one (nine in Chinese). */
const MOST_CHARACTERS = { zh: 60, other: 280 }
/** Seconds between two sentences, after their own silence is taken away. */
const SENTENCE_PAUSE = 0.3
/** Silence kept at either end of what is spoken, in seconds, and the level it is told by. */
const EDGE = 0.03
const SILENT = 10 ** (-50 / 20)

/** Turns text into speech. Engines are opened when first needed. */
export class Synthesiser implements AsyncDisposable {
  readonly #store: ModelStore
  #kokoro: Kokoro | undefined
  #espeak: Espeak | undefined

  constructor(store: ModelStore = new ModelStore()) {
    this.#store = store
  }

  /**
   * Speaks a text of any length, sentence by sentence. `speed` 1 is the voice's own pace. Word times are eSpeak's own for
   * its voices; with Kokoro a sentence's times are exact and its words share them by their length.
   * @throws VoiceUnknownError @throws ModelMissingError @throws EngineMissingError @throws EngineCrashedError @throws CancelledError
   */
  async speak(text: string, voiceId: string, speed: number, signal?: AbortSignal): Promise<Spoken> {
    const voice = voiceOf(voiceId)
    if (!voice) throw new VoiceUnknownError(voiceId)
    if (!(speed >= SPEEDS.least && speed <= SPEEDS.most))
      throw new BadRequestError(`speed must be between ${SPEEDS.least} and ${SPEEDS.most}`)
    const parts: Float32Array[] = []
    const words: Word[] = []
    let length = 0
    const most = voice.language === 'zh' ? MOST_CHARACTERS.zh : MOST_CHARACTERS.other
    for (const chunk of spokenChunks(text, most)) {
      throwIfCancelled(signal)
      const spoken = trimmed(await this.#chunk(chunk, voice, speed))
      if (spoken.samples.length === 0) continue
      if (parts.length > 0) {
        const pause = new Float32Array(Math.round((SENTENCE_PAUSE / speed) * VOICE_RATE))
        parts.push(pause)
        length += pause.length
      }
      const start = length / VOICE_RATE
      words.push(...spoken.words.map((word) => ({ ...word, start: word.start + start, end: word.end + start })))
      parts.push(spoken.samples)
      length += spoken.samples.length
    }
    const samples = new Float32Array(length)
    let at = 0
    for (const part of parts) {
      samples.set(part, at)
      at += part.length
    }
    return { samples, words }
  }

  async #chunk(text: string, voice: Voice, speed: number): Promise<Spoken> {
    if (voice.engine === 'espeak') return await this.#plain(text, voice, speed)
    const symbols = await this.#symbols(text, voice)
    this.#kokoro ??= await Kokoro.open(this.#store, THREADS)
    const samples =
      this.#kokoro.length(symbols) <= MOST_SYMBOLS
        ? await this.#kokoro.speak(symbols, voice.id as KokoroVoice, speed)
        : await this.#long(symbols, voice.id as KokoroVoice, speed, this.#kokoro)
    return { samples, words: shareSpan(text, 0, samples.length / VOICE_RATE) }
  }

  /** A sentence of more symbols than its letters let expect: spoken in halves. */
  async #long(symbols: string, voice: KokoroVoice, speed: number, kokoro: Kokoro): Promise<Float32Array> {
    const middle = symbols.indexOf(' ', symbols.length / 2)
    const at = middle > 0 ? middle : Math.floor(symbols.length / 2)
    const halves: Float32Array[] = []
    for (const half of [symbols.slice(0, at), symbols.slice(at)])
      halves.push(
        kokoro.length(half) <= MOST_SYMBOLS
          ? await kokoro.speak(half, voice, speed)
          : await this.#long(half, voice, speed, kokoro),
      )
    const joined = new Float32Array(halves.reduce((sum, half) => sum + half.length, 0))
    joined.set(halves[0] as Float32Array)
    joined.set(halves[1] as Float32Array, halves[0]?.length)
    return joined
  }

  async #symbols(text: string, voice: Voice): Promise<string> {
    const { phonemes, accent } = kindOf(voice)
    this.#espeak ??= await Espeak.open()
    const espeak = this.#espeak
    const read = (part: string) => kokoroSymbols(espeak.ipa(part, phonemes), accent)
    if (voice.language === 'zh') return await mandarinSymbols(text, read)
    return withMarks(text, read)
  }

  async #plain(text: string, voice: Voice, speed: number): Promise<Spoken> {
    // A new engine for each sentence: what it spoke before colours what comes next, and the same words are to sound the same.
    const espeak = await Espeak.open()
    const { rate, samples, words } = espeak.speak(text, espeakName(voice), speed)
    const end = samples.length / rate
    const resampled: Pcm[] = []
    for await (const block of resample(once({ rate, channels: [samples] }), VOICE_RATE)) resampled.push(block)
    const joined = new Float32Array(resampled.reduce((sum, block) => sum + (block.channels[0]?.length ?? 0), 0))
    let at = 0
    for (const block of resampled) {
      joined.set(block.channels[0] ?? new Float32Array(0), at)
      at += block.channels[0]?.length ?? 0
    }
    return { samples: joined, words: timed(text, words, end) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kokoro?.[Symbol.asyncDispose]()
  }
}

async function* once(pcm: Pcm): AsyncGenerator<Pcm> {
  yield pcm.channels[0]?.length ? pcm : silentPcm(pcm.rate, 1, 0)
}

/** Punctuation the voice has a sign for, kept in its place: eSpeak leaves it out. Inside a number or name it is no mark. */
function withMarks(text: string, read: (part: string) => string): string {
  const parts = text.normalize('NFC').split(/((?:[;:,!?…—–"“”()«»¡¿]|\.(?=["”»)]*\s*$))+(?!\d))/u)
  const line = parts.map((part, index) => {
    if (index % 2 === 1) return part.replace(/[«»]/g, '"').replace(/–/g, '—').replace(/[¡¿]/g, '')
    const symbols = part.trim() === '' ? '' : read(part)
    return symbols && index > 0 ? ` ${symbols}` : symbols
  })
  return line.join('')
}

/** The words as eSpeak counted them, each with all that stands up to the next. */
function timed(text: string, words: readonly SpokenWord[], end: number): Word[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1]
    return shareSpan(text.slice(index === 0 ? 0 : word.at, next?.at), word.start, next?.start ?? end)
  })
}

/** Without the silence at its ends but for a little; the words with it. */
function trimmed({ samples, words }: Spoken): Spoken {
  const margin = Math.round(EDGE * VOICE_RATE)
  let from = samples.findIndex((value) => Math.abs(value) > SILENT)
  if (from < 0) return { samples: new Float32Array(0), words: [] }
  let to = samples.findLastIndex((value) => Math.abs(value) > SILENT) + 1
  from = Math.max(0, from - margin)
  to = Math.min(samples.length, to + margin)
  const inside = (time: number) => Math.min(Math.max(time - from / VOICE_RATE, 0), (to - from) / VOICE_RATE)
  return {
    samples: samples.slice(from, to),
    words: words.map((word) => ({ ...word, start: inside(word.start), end: inside(word.end) })),
  }
}
