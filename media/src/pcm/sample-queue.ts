import { type Pcm, pcmLength } from './pcm.ts'

/** Samples of a run of blocks, as many at a time as are asked for. */
export class SampleQueue implements AsyncDisposable {
  readonly #blocks: AsyncIterator<Pcm> | Iterator<Pcm>
  #block: Pcm | undefined
  #at = 0
  #over = false

  constructor(blocks: AsyncIterator<Pcm> | Iterator<Pcm>) {
    this.#blocks = blocks
  }

  /**
   * Hands over the next `count` samples in parts, `offset` counted from 0; fewer where the run ends.
   * @returns how many there were
   */
  async take(count: number, use: (channels: readonly Float32Array[], offset: number) => void): Promise<number> {
    let done = 0
    while (done < count) {
      if (this.#block === undefined || this.#at >= pcmLength(this.#block)) {
        if (this.#over) return done
        const next = await this.#blocks.next()
        if (next.done) {
          this.#over = true
          return done
        }
        this.#block = next.value
        this.#at = 0
        continue
      }
      const part = Math.min(count - done, pcmLength(this.#block) - this.#at)
      const from = this.#at
      use(
        this.#block.channels.map((channel) => channel.subarray(from, from + part)),
        done,
      )
      this.#at += part
      done += part
    }
    return done
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#blocks.return?.()
  }
}
