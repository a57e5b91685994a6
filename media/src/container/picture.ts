import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_YUV420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  SWS_BICUBIC,
} from 'node-av/constants'
import { Codec, CodecContext, Frame, Packet, Rational, type Stream } from 'node-av/lib'
import { EngineCrashedError, EngineMissingError, UnreadableMediaError } from '../error.ts'
import type { Limits } from '../limits.ts'
import type { TimeRange } from '../words/transcript.ts'
import { shownStart } from './copy.ts'
import { Input, seconds } from './input.ts'
import type { Output } from './output.ts'
import type { PictureWriter } from './picture-copier.ts'
import { PictureDecoder } from './picture-decoder.ts'
import { PictureScaler } from './picture-scaler.ts'
import type { ByteSource } from './source.ts'

/** Under any frame's length, seconds. */
const tiny = 1e-6
/** Ticks per second of pictures we write: divides all common rates. */
const ticks = 90_000

/**
 * Decodes the picture of a file and encodes it again, one stretch after another: what lies outside is really gone. The
 * clock of the result is the sum of the stretches before, so that sound cut at the same places stays in step. The frame
 * that is being shown where a stretch begins is shown from there, however long ago it came.
 * Frames are pulled one by one so that sound can be written between them.
 */
export class PictureTranscoder implements PictureWriter {
  readonly #input: Input
  readonly #stream: Stream
  readonly #decoder: PictureDecoder
  readonly #encoder = new CodecContext()
  readonly #scaler: PictureScaler
  readonly #output: Output
  readonly #keep: readonly { readonly start: number; readonly end: number; readonly at: number }[]
  readonly #zero: number
  readonly #streamIndex: number
  /** Without a duration the last frame would be shown for no time. */
  readonly #frameTicks: bigint
  #frames: Generator<Frame>
  /** The frame being shown, and since when on the clock of the file. */
  readonly #shown = new Frame()
  #shownAt: number | undefined
  /** The stretch under way, and whether a frame of it was written. */
  #current = 0
  #opened = false
  #next: Frame | undefined
  #over = false
  #lastTick = -1n
  /** Seconds of picture written so far. */
  written = 0

  /**
   * @param codec `h264` for the MP4 family and Matroska, `vp9` for WebM
   * @param keep stretches in the order they are shown in
   */
  constructor(source: ByteSource, output: Output, codec: 'h264' | 'vp9', keep: readonly TimeRange[], limits: Limits) {
    this.#output = output
    this.#input = Input.open(source, limits)
    const stream = this.#input.best('video')
    if (stream === undefined) throw new UnreadableMediaError('the file holds no picture')
    this.#stream = stream
    const sound = this.#input.best('audio')
    this.#zero = shownStart(this.#input, sound === undefined ? [stream] : [stream, sound])
    let before = 0
    this.#keep = keep.map(({ start, end }) => {
      const stretch = { start: start + this.#zero, end: end + this.#zero, at: before }
      before += end - start
      return stretch
    })
    this.#input.select([stream])
    this.#shown.alloc()
    this.#decoder = new PictureDecoder(this.#input, stream)
    this.#openEncoder(codec)
    this.#scaler = new PictureScaler(this.#encoder.width, this.#encoder.height, AV_PIX_FMT_YUV420P, SWS_BICUBIC)
    const made = output.format.newStream(null)
    made.timeBase = new Rational(1, ticks)
    made.codecpar.fromContext(this.#encoder)
    made.avgFrameRate = stream.avgFrameRate
    const turned = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
    if (turned !== null) made.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, turned)
    this.#streamIndex = made.index
    const { num, den } = stream.avgFrameRate
    this.#frameTicks = num > 0 ? BigInt(Math.round((ticks * den) / num)) : 0n
    const first = keep[0]?.start ?? 0
    if (first > 0) this.#input.seek(stream, first + this.#zero)
    this.#frames = this.#decoder.frames()
  }

  #openEncoder(name: 'h264' | 'vp9'): void {
    const codec = Codec.findEncoderByName(
      (name === 'h264' ? 'libx264' : 'libvpx-vp9') as Parameters<typeof Codec.findEncoderByName>[0],
    )
    if (codec === null) throw new EngineMissingError(`this build has no encoder for ${name}`)
    const context = this.#encoder
    const { codecpar } = this.#stream
    context.allocContext3(codec)
    // Both encoders want even sizes with 4:2:0.
    context.width = codecpar.width & ~1
    context.height = codecpar.height & ~1
    context.pixelFormat = AV_PIX_FMT_YUV420P
    context.timeBase = new Rational(1, ticks)
    context.sampleAspectRatio = codecpar.sampleAspectRatio
    context.gopSize = 120
    if (this.#output.wantsGlobalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    const quality: Record<string, string> =
      name === 'h264'
        ? { preset: 'veryfast', crf: '20' }
        : { crf: '31', b: '0', deadline: 'realtime', 'cpu-used': '7', 'row-mt': '1' }
    // Not by a Dictionary: open2 frees what it takes from it, and node-av frees it again.
    for (const [key, value] of Object.entries(quality)) context.setOption(key, value)
    if (context.open2Sync(codec, null) < 0)
      throw new EngineCrashedError(`${name} refuses ${context.width}x${context.height}`)
  }

  /** Writes the next frame that is kept; false when there is none left, and the encoder is emptied. */
  step(): boolean {
    while (!this.#over) {
      const stretch = this.#keep[this.#current]
      if (stretch === undefined) break
      this.#next ??= this.#read()
      const next = this.#next
      const nextAt = next === undefined ? Number.POSITIVE_INFINITY : this.#timeOf(next)
      // What is shown lasts until the next frame; of that, what lies in the stretch.
      const since = this.#shownAt
      if (since !== undefined) {
        const begin = Math.max(since, stretch.start)
        if (!this.#opened && nextAt > stretch.start + tiny && begin < stretch.end - tiny) {
          this.#opened = true
          this.#encode(this.#shown, stretch.at + begin - stretch.start)
          return true
        }
        if (nextAt >= stretch.end - tiny) {
          this.#advance(since)
          continue
        }
      }
      if (next === undefined) break
      this.#shown.unref()
      this.#shown.ref(next)
      next.unref()
      this.#next = undefined
      this.#shownAt = nextAt
      if (nextAt >= stretch.start - tiny && nextAt < stretch.end - tiny) {
        this.#opened = true
        this.#encode(this.#shown, stretch.at + Math.max(0, nextAt - stretch.start))
        return true
      }
    }
    this.#over = true
    this.#encoder.sendFrameSync(null)
    this.#drain()
    return false
  }

  /** On to the next stretch; one that lies further back is sought for. */
  #advance(shownAt: number): void {
    this.#current += 1
    this.#opened = false
    const stretch = this.#keep[this.#current]
    if (stretch === undefined || stretch.start >= shownAt) return
    this.#frames.return(undefined)
    if (!this.#input.seek(this.#stream, stretch.start)) throw new UnreadableMediaError('this file cannot be sought in')
    this.#decoder.flush()
    this.#frames = this.#decoder.frames()
    this.#next = undefined
    this.#shownAt = undefined
  }

  /** The next frame that has a time. */
  #read(): Frame | undefined {
    for (let next = this.#frames.next(); !next.done; next = this.#frames.next())
      if (Number.isFinite(this.#timeOf(next.value))) return next.value
    return undefined
  }

  #timeOf(frame: Frame): number {
    return seconds(this.#stream, frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts) ?? Number.NaN
  }

  #encode(frame: Frame, at: number): void {
    const picture = this.#scaler.scale(frame)
    const tick = BigInt(Math.round(at * ticks))
    picture.pts = tick > this.#lastTick ? tick : this.#lastTick + 1n
    this.#lastTick = picture.pts
    if (this.#encoder.sendFrameSync(picture) < 0) throw new EngineCrashedError('the encoder refused a picture')
    this.written = at
    this.#drain()
  }

  #drain(): void {
    using packet = new Packet()
    packet.alloc()
    while (this.#encoder.receivePacketSync(packet) >= 0) {
      packet.streamIndex = this.#streamIndex
      if (packet.duration === 0n) packet.duration = this.#frameTicks
      this.#output.write(packet, { num: 1, den: ticks })
    }
  }

  [Symbol.dispose](): void {
    this.#shown.free()
    this.#scaler[Symbol.dispose]()
    this.#encoder.freeContext()
    this.#decoder[Symbol.dispose]()
    this.#input[Symbol.dispose]()
  }
}
