import { defaultLimits, type Limits } from '../limits.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { Output } from './output.ts'
import type { ByteSink } from './sink.ts'
import { recipe, SoundEncoder, type SoundOptions } from './sound-encoder.ts'

/** What to write. */
export interface EncodeOptions extends SoundOptions {
  /** Written as they are; nothing is ever taken from a source by itself. */
  readonly tags?: Readonly<Record<string, string>>
  readonly limits?: Limits
}

/** A writer of one sound file. Dispose it in every case; without `end` the sink is left unfinished. */
export class Encoder implements Disposable {
  readonly #output: Output
  readonly #sound: SoundEncoder

  constructor(sink: ByteSink, options: EncodeOptions) {
    const { muxer, muxerOptions } = recipe(options.format, options.sample ?? 's16')
    this.#output = new Output(sink, muxer, (options.limits ?? defaultLimits).outputBytes)
    try {
      this.#sound = new SoundEncoder(this.#output, options)
    } catch (error) {
      this.#output[Symbol.dispose]()
      throw error
    }
    try {
      this.#output.tag(options.tags ?? {})
      this.#output.begin(muxerOptions ?? {})
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    }
  }

  /** Takes the next block. */
  write(pcm: Pcm): void {
    this.#sound.write(pcm)
  }

  /** Writes what is left and completes the file. */
  end(): void {
    this.#sound.end()
    this.#output.end()
  }

  [Symbol.dispose](): void {
    this.#sound[Symbol.dispose]()
    this.#output[Symbol.dispose]()
  }
}

/** Opens a writer; see `Encoder`. */
export function encode(sink: ByteSink, options: EncodeOptions): Encoder {
  return new Encoder(sink, options)
}
