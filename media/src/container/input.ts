import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_LOG_QUIET,
  AV_NOPTS_VALUE,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import { avGetCodecName, FFmpegError, FormatContext, Log, type Packet, type Stream } from 'node-av/lib'
import { TooLargePictureError, TooManyStreamsError, UnreadableMediaError } from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { type AvIo, readIo } from './av-io.ts'
import type { ByteSource } from './source.ts'
import { codecs, containers, protocols } from './whitelist.ts'

Log.setLevel(AV_LOG_QUIET)

/** Stream times as libav keeps them: `AV_NOPTS_VALUE` means unknown. */
export function seconds(stream: Stream, ticks: bigint): number | undefined {
  return ticks === AV_NOPTS_VALUE ? undefined : (Number(ticks) * stream.timeBase.num) / stream.timeBase.den
}

/** Seconds per tick of a stream; asked once, for each question costs a crossing into C. */
export function tickOf(stream: Stream): number {
  const { num, den } = stream.timeBase
  return num / den
}

/** Is this stream a cover picture, not a video? */
export function isCover(stream: Stream): boolean {
  return stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)
}

/** An opened container: streams are known, packets can be read. */
export class Input implements Disposable {
  readonly format: FormatContext
  readonly streams: readonly Stream[]
  /** Was a duration written in the file, rather than guessed from the bit rate? */
  readonly declaresDuration: boolean
  readonly #io: AvIo

  private constructor(format: FormatContext, io: AvIo, declaresDuration: boolean) {
    this.format = format
    this.#io = io
    this.declaresDuration = declaresDuration
    this.streams = format.streams
  }

  /**
   * Opens `source`.
   * @throws UnreadableMediaError when no allowed container is found in the bytes
   * @throws TooManyStreamsError @throws TooLargePictureError when the headers claim more than `limits`
   */
  static open(source: ByteSource, limits: Limits = defaultLimits): Input {
    if (source.size === 0) throw new UnreadableMediaError('the file is empty')
    const io = readIo(source)
    const format = new FormatContext()
    format.allocContext()
    format.pb = io.context
    try {
      // Not by a Dictionary: libav frees what it takes from it, and node-av frees it again.
      format.setOption('format_whitelist', containers)
      format.setOption('codec_whitelist', codecs)
      format.setOption('protocol_whitelist', protocols)
      format.maxStreams = 4 * limits.streams + 64
      const opened = format.openInputSync('', null, null)
      io.rethrow()
      if (opened < 0) throw new UnreadableMediaError(`not a readable media file (${FFmpegError.strerror(opened)})`)
      const declared = format.duration > 0n || format.streams.some((stream) => stream.duration > 0n)
      refuseExcess(format, limits)
      const found = format.findStreamInfoSync(null)
      io.rethrow()
      if (found < 0) throw new UnreadableMediaError(`no readable streams (${FFmpegError.strerror(found)})`)
      refuseExcess(format, limits)
      return new Input(format, io, declared)
    } catch (error) {
      format.closeInputSync()
      io[Symbol.dispose]()
      throw error
    }
  }

  /** The stream a player would choose, or none. */
  best(type: 'audio' | 'video'): Stream | undefined {
    const wanted = type === 'audio' ? AVMEDIA_TYPE_AUDIO : AVMEDIA_TYPE_VIDEO
    const index = this.format.findBestStream(wanted, -1, -1)
    const stream = index < 0 ? undefined : this.streams[index]
    return stream !== undefined && isCover(stream) ? undefined : stream
  }

  /** libav's name of the stream's codec, e.g. `aac`. */
  codecName(stream: Stream): string {
    return avGetCodecName(stream.codecpar.codecId) ?? 'unknown'
  }

  /** Asks the demuxer for these streams only; packets of others may still come and are to be skipped. */
  select(wanted: readonly Stream[]): void {
    for (const stream of this.streams)
      if (!wanted.some((one) => one.index === stream.index)) stream.discard = AVDISCARD_ALL
  }

  /**
   * Reads the next packet; false at the end, or where the bytes stop making sense.
   * @throws SealBrokenError what the source throws
   */
  read(packet: Packet): boolean {
    const result = this.format.readFrameSync(packet)
    this.#io.rethrow()
    return result >= 0
  }

  /** Goes to a point at or before `at` (seconds on the stream's own clock); false if the container cannot. */
  seek(stream: Stream, at: number): boolean {
    const ticks = BigInt(Math.floor((at * stream.timeBase.den) / stream.timeBase.num))
    const result = this.format.seekFrameSync(stream.index, ticks, AVSEEK_FLAG_BACKWARD)
    this.#io.rethrow()
    return result >= 0
  }

  [Symbol.dispose](): void {
    this.format.closeInputSync()
    this.#io[Symbol.dispose]()
  }
}

function refuseExcess(format: FormatContext, limits: Limits): void {
  if (format.nbStreams > limits.streams) throw new TooManyStreamsError(`more than ${limits.streams} streams`)
  for (const { codecpar } of format.streams)
    if (codecpar.width * codecpar.height > limits.pixels)
      throw new TooLargePictureError(`a picture of more than ${limits.pixels} pixels`)
}
