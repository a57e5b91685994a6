import { EngineCrashedError, EngineMissingError } from '../error.ts'

/** A word of a text and where it begins in the sound. */
export interface SpokenWord {
  /** Position in the text, in UTF-16 units. */
  readonly at: number
  /** Seconds. */
  readonly start: number
}

/** Sound of a text: mono. */
export interface PlainSpeech {
  readonly rate: number
  readonly samples: Float32Array
  readonly words: readonly SpokenWord[]
}

interface Event {
  readonly type: string
  readonly text_position: number
  readonly audio_position: number
}

interface Worker {
  set_voice(name: string): number
  set_rate(wordsPerMinute: number): void
  get_samplerate(): number
  synthesize_ipa(text: string): { code: number; ipa: string }
  synthesize(text: string, on: (samples: Int16Array | null, events: Event[]) => boolean): void
}

/** eSpeak's own pace, in words a minute. */
const PACE = 175

/**
 * eSpeak NG (GPL-3.0, WebAssembly): turns text of some hundred languages into phonemes, and speaks it plainly, by rules.
 * One text at a time. Phonemes depend on the text alone; sound, a little, on what the same engine spoke before.
 */
export class Espeak {
  readonly #worker: Worker
  #voice = ''

  private constructor(worker: Worker) {
    this.#worker = worker
  }

  /** Loads the engine. @throws EngineMissingError when its package is not installed */
  static async open(): Promise<Espeak> {
    const loaded = await import('@echogarden/espeak-ng-emscripten').catch(() => undefined)
    if (loaded === undefined)
      throw new EngineMissingError(
        'eSpeak NG is not installed: npm install @echogarden/espeak-ng-emscripten@0.3.5 (25 MB)',
      )
    const { eSpeakNGWorker } = await loaded.default()
    return new Espeak(new eSpeakNGWorker())
  }

  /**
   * The International Phonetic Alphabet of a text: `_` between the phonemes of a word, a space between words. Punctuation
   * is not kept. `voice` is eSpeak's name of a language, e.g. `en-us`.
   */
  ipa(text: string, voice: string): string {
    this.#use(voice)
    const { code, ipa } = this.#worker.synthesize_ipa(text)
    if (code !== 0) throw new EngineCrashedError(`eSpeak cannot read this text (${code})`)
    return ipa
      .replace(/\([a-z-]+\)/g, '')
      .replaceAll('\n', ' ')
      .trim()
  }

  /** Speaks a text. `speed` 1 is the usual pace. */
  speak(text: string, voice: string, speed: number): PlainSpeech {
    this.#use(voice)
    this.#worker.set_rate(Math.round(PACE * speed))
    const rate = this.#worker.get_samplerate()
    const blocks: Int16Array[] = []
    const words: SpokenWord[] = []
    this.#worker.synthesize(text, (samples, events) => {
      if (samples) blocks.push(samples)
      for (const event of events)
        if (event.type === 'word') words.push({ at: event.text_position - 1, start: event.audio_position / 1000 })
      return false
    })
    const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0))
    let at = 0
    for (const block of blocks) {
      for (let index = 0; index < block.length; index += 1) samples[at + index] = (block[index] as number) / 32_768
      at += block.length
    }
    return { rate, samples, words }
  }

  #use(voice: string): void {
    if (voice === this.#voice) return
    if (this.#worker.set_voice(voice) !== 0) throw new EngineMissingError(`eSpeak has no voice ${voice}`)
    this.#voice = voice
  }
}
