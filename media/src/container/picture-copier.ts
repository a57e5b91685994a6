import { AV_NOPTS_VALUE, AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants'
import { Packet, type Stream } from 'node-av/lib'
import { EngineCrashedError, UnreadableMediaError } from '../error.ts'
import type { Limits } from '../limits.ts'
import { shownStart } from './copy.ts'
import { Input } from './input.ts'
import type { Output } from './output.ts'
import type { ByteSource } from './source.ts'

/** Something that writes pictures into an output one after another, so that sound can be written between them. */
export interface PictureWriter extends Disposable {
  /** Seconds of picture written so far. */
  readonly written: number
  /** Writes the next picture; false when there is none left. */
  step(): boolean
}

/** Copies the pictures of a file, packet by packet unchanged, onto a clock that begins at its first shown moment. */
export class PictureCopier implements PictureWriter {
  readonly #input: Input
  readonly #stream: Stream
  readonly #output: Output
  readonly #index: number
  readonly #packet = new Packet()
  readonly #shift: bigint
  readonly #timeBase: { readonly num: number; readonly den: number }
  written = 0

  /** @throws UnreadableMediaError when there is no picture */
  constructor(source: ByteSource, output: Output, limits: Limits) {
    this.#output = output
    this.#input = Input.open(source, limits)
    try {
      const stream = this.#input.best('video')
      if (stream === undefined) throw new UnreadableMediaError('the file holds no picture')
      this.#stream = stream
      const sound = this.#input.best('audio')
      const zero = shownStart(this.#input, sound === undefined ? [stream] : [stream, sound])
      const { num, den } = stream.timeBase
      this.#timeBase = { num, den }
      this.#shift = BigInt(Math.round((zero * den) / num))
      this.#input.select([stream])
      const made = output.format.newStream(null)
      if (stream.codecpar.copy(made.codecpar) < 0) throw new EngineCrashedError('cannot copy the header of a stream')
      made.codecpar.codecTag = 0
      made.timeBase = stream.timeBase
      made.avgFrameRate = stream.avgFrameRate
      const turned = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
      if (turned !== null && made.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX) === null)
        made.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, turned)
      this.#index = made.index
    } catch (error) {
      this.#input[Symbol.dispose]()
      throw error
    }
    this.#packet.alloc()
  }

  step(): boolean {
    while (this.#input.read(this.#packet)) {
      const packet = this.#packet
      if (packet.streamIndex !== this.#stream.index || packet.pts === AV_NOPTS_VALUE) {
        packet.unref()
        continue
      }
      packet.pts -= this.#shift
      if (packet.dts !== AV_NOPTS_VALUE) packet.dts -= this.#shift
      packet.streamIndex = this.#index
      this.written = Math.max(this.written, (Number(packet.pts) * this.#timeBase.num) / this.#timeBase.den)
      this.#output.write(packet, this.#timeBase)
      return true
    }
    return false
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#input[Symbol.dispose]()
  }
}
