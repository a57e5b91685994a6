import { concatPcm, type Pcm, pcmLength, slicePcm } from './pcm.ts'

/** Reads ranges of samples out of a run of blocks, forwards, with a little memory of what has passed. */
export class RangeReader {
  readonly #blocks: AsyncIterator<Pcm>
  readonly #memory: number
  #held: { at: number; pcm: Pcm }[] = []
  #end = 0
  #over = false

  /** @param memory how many samples a range may start before the end of the one read last */
  constructor(blocks: AsyncIterable<Pcm>, memory: number) {
    this.#blocks = blocks[Symbol.asyncIterator]()
    this.#memory = memory
  }

  /** The samples `[start, end)`; fewer where the sound ends before. */
  async *read(start: number, end: number): AsyncGenerator<Pcm> {
    let at = start
    while (at < end) {
      const held = this.#held.find((one) => one.at <= at && at < one.at + pcmLength(one.pcm))
      if (held !== undefined) {
        const part = slicePcm(held.pcm, at - held.at, Math.min(end - held.at, pcmLength(held.pcm)))
        at += pcmLength(part)
        yield part
        continue
      }
      if (this.#over || at < this.#end) return
      const next = await this.#blocks.next()
      if (next.done) {
        this.#over = true
        return
      }
      this.#held.push({ at: this.#end, pcm: next.value })
      this.#end += pcmLength(next.value)
      this.#held = this.#held.filter((one) => one.at + pcmLength(one.pcm) > Math.min(at, this.#end) - this.#memory)
    }
  }

  /** A short range as one. */
  async readAll(start: number, end: number): Promise<Pcm> {
    const parts: Pcm[] = []
    for await (const part of this.read(start, end)) parts.push(part)
    return concatPcm(parts)
  }

  /** Ends the run of blocks. */
  async close(): Promise<void> {
    await this.#blocks.return?.()
  }
}
