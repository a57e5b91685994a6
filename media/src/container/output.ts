import { AVFMT_FLAG_BITEXACT, AVFMT_GLOBALHEADER } from 'node-av/constants'
import { Dictionary, FFmpegError, FormatContext, type Packet } from 'node-av/lib'
import { EngineCrashedError, EngineMissingError } from '../error.ts'
import { type AvIo, writeIo } from './av-io.ts'
import type { ByteSink } from './sink.ts'

/** A container being written to a sink. It carries no tags but those given. */
export class Output implements Disposable {
  readonly format = new FormatContext()
  readonly #io: AvIo
  readonly #sink: ByteSink
  #timeBases: { readonly num: number; readonly den: number }[] = []

  /** @param muxer libav's short name, e.g. `ipod` for m4a */
  constructor(sink: ByteSink, muxer: string, outputBytes: number) {
    this.#sink = sink
    if (this.format.allocOutputContext2(null, muxer, null) < 0)
      throw new EngineMissingError(`this build has no writer for ${muxer}`)
    this.#io = writeIo(sink, outputBytes)
    this.format.pb = this.#io.context
    // No "made by" tag and no random serials: equal input gives equal bytes.
    this.format.setFlags(AVFMT_FLAG_BITEXACT)
  }

  /** Does this container want codec headers out of band? */
  get wantsGlobalHeader(): boolean {
    return this.format.oformat?.hasFlags(AVFMT_GLOBALHEADER) ?? false
  }

  /** Sets the tags of the file. */
  tag(tags: Readonly<Record<string, string>>): void {
    if (Object.keys(tags).length > 0) this.format.metadata = Dictionary.fromObject(tags)
  }

  /** Writes the header, once all streams are there. */
  begin(options: Readonly<Record<string, string>> = {}): void {
    // Not by a Dictionary: libav frees what it takes from it, and node-av frees it again.
    for (const [key, value] of Object.entries(options)) this.format.setOption(key, value)
    this.#check(this.format.writeHeaderSync(null), 'header')
    this.#timeBases = this.format.streams.map(({ timeBase }) => ({ num: timeBase.num, den: timeBase.den }))
  }

  /** Writes a packet whose times are in `timeBase`; the packet is empty afterwards. */
  write(packet: Packet, timeBase: { num: number; den: number }): void {
    const to = this.#timeBases[packet.streamIndex]
    if (to === undefined) throw new RangeError('no such stream')
    if (to.num !== timeBase.num || to.den !== timeBase.den) packet.rescaleTs(timeBase, to)
    this.#check(this.format.interleavedWriteFrameSync(packet), 'packet')
  }

  /** Writes the trailer and ends the sink. */
  end(): void {
    this.#check(this.format.writeTrailerSync(), 'trailer')
    this.#io.context.flushSync()
    this.#io.rethrow()
    this.#sink.end()
  }

  #check(result: number, part: string): void {
    this.#io.rethrow()
    if (result < 0) throw new EngineCrashedError(`cannot write the ${part} (${FFmpegError.strerror(result)})`)
  }

  [Symbol.dispose](): void {
    // freeContext would free the I/O context too, and dispose frees it a second time: take it out first.
    this.format.pb = null
    this.format.freeContext()
    this.#io[Symbol.dispose]()
  }
}
