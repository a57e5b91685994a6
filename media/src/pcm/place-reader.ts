import { decode } from '../container/decode.ts'
import type { ByteSource } from '../container/source.ts'
import type { Work } from '../operation/operation.ts'
import { type Pcm, silentPcm, slicePcm } from './pcm.ts'
import { RangeReader } from './range-reader.ts'

/** A gap longer than this is sought over, not decoded through. Seconds. */
const FAR = 30

/**
 * Reads ranges of samples of a file, anywhere: forwards it goes on, backwards and far ahead it begins to decode anew
 * there. Places are samples of the file's own rate.
 */
export class PlaceReader implements AsyncDisposable {
  readonly #source: ByteSource
  readonly #work: Work
  readonly #memory: number
  #reader: RangeReader | undefined
  #origin = 0
  #position = 0
  #form = { rate: 0, channels: 0 }

  /** @param memory seconds that a range may begin before the end of the last one without decoding anew */
  constructor(source: ByteSource, work: Work, memory: number) {
    this.#source = source
    this.#work = work
    this.#memory = memory
  }

  /** Samples per second; opens the file at `seconds` when nothing was read yet. 0 where the file holds no sound there. */
  async rate(seconds: number): Promise<number> {
    if (this.#form.rate === 0) await this.#open(seconds)
    return this.#form.rate
  }

  /** The samples `[start, end)`; fewer where the sound ends before. */
  async *read(start: number, end: number): AsyncGenerator<Pcm> {
    const { rate } = this.#form
    const back = start < Math.max(this.#origin, this.#position - this.#memory * rate)
    if (this.#reader === undefined || back || start > this.#position + FAR * rate) await this.#open(start / rate)
    this.#position = Math.max(this.#position, end)
    if (this.#reader) yield* this.#reader.read(start - this.#origin, end - this.#origin)
  }

  /** The samples `[start, end)` as one; fewer where the sound ends before. */
  async readAll(start: number, end: number): Promise<Pcm> {
    const all = silentPcm(this.#form.rate, this.#form.channels, end - start)
    let at = 0
    for await (const part of this.read(start, end)) {
      for (const [index, channel] of all.channels.entries()) channel.set(part.channels[index] ?? [], at)
      at += part.channels[0]?.length ?? 0
    }
    return slicePcm(all, 0, at)
  }

  async #open(seconds: number): Promise<void> {
    await this.#reader?.close()
    this.#reader = undefined
    const blocks = decode(this.#source, { ...this.#work, from: seconds })
    const first = await blocks.next()
    if (first.done) return
    const { rate, channels } = first.value
    this.#form = { rate, channels: channels.length }
    this.#origin = Math.round(seconds * rate)
    this.#position = this.#origin
    async function* all(): AsyncGenerator<Pcm> {
      yield first.value
      yield* blocks
    }
    this.#reader = new RangeReader(all(), Math.ceil(this.#memory * rate))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader?.close()
  }
}
