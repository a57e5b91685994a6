import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV420P, SWS_BILINEAR } from 'node-av/constants'
import { Codec, CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib'
import { EngineCrashedError, EngineMissingError } from '../error.ts'
import type { Pixels } from '../face/pixels.ts'
import type { Limits } from '../limits.ts'
import { FilmFrames } from './frames.ts'
import type { Output } from './output.ts'
import type { PictureWriter } from './picture-copier.ts'
import type { ByteSource } from './source.ts'

/** Ticks per second: divides all common rates. */
const ticks = 90_000

/** How pictures are painted over on their way from one film into another. */
export interface Repaint {
  /** Longest side of the result, pixels. */
  readonly longest: number
  /** Paints on one picture; `index` counts from 0. */
  readonly paint: (pixels: Pixels, index: number) => void
}

/** Decodes the pictures of a film, has each painted on, and encodes it again (H.264), upright, at its own time. */
export class RepaintedPictures implements PictureWriter {
  readonly #frames: FilmFrames
  readonly #encoder = new CodecContext()
  readonly #scaler = new SoftwareScaleContext()
  readonly #rgba = new Frame()
  readonly #yuv = new Frame()
  readonly #output: Output
  readonly #index: number
  readonly #frameTicks: bigint
  readonly #paint: Repaint['paint']
  #count = 0
  #last = -1n
  written = 0

  constructor(source: ByteSource, output: Output, limits: Limits, { longest, paint }: Repaint) {
    this.#output = output
    this.#paint = paint
    this.#frames = new FilmFrames(source, limits, longest)
    const codec = Codec.findEncoderByName('libx264' as Parameters<typeof Codec.findEncoderByName>[0])
    if (codec === null) throw new EngineMissingError('this build has no encoder for h264')
    const { width, height, stream } = this.#frames
    const context = this.#encoder
    context.allocContext3(codec)
    context.width = width
    context.height = height
    context.pixelFormat = AV_PIX_FMT_YUV420P
    context.timeBase = new Rational(1, ticks)
    context.gopSize = 120
    if (output.wantsGlobalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    // Not by a Dictionary: open2 frees what it takes from it, and node-av frees it again.
    for (const [key, value] of [
      ['preset', 'veryfast'],
      ['crf', '20'],
    ] as const)
      context.setOption(key, value)
    if (context.open2Sync(codec, null) < 0) throw new EngineCrashedError(`h264 refuses ${width}x${height}`)
    const made = output.format.newStream(null)
    made.timeBase = new Rational(1, ticks)
    made.codecpar.fromContext(context)
    made.avgFrameRate = stream.avgFrameRate
    this.#index = made.index
    const { num, den } = stream.avgFrameRate
    this.#frameTicks = num > 0 ? BigInt(Math.round((ticks * den) / num)) : 0n
    this.#rgba.alloc()
    this.#yuv.alloc()
    this.#scaler.getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_YUV420P, SWS_BILINEAR)
  }

  step(): boolean {
    const next = this.#frames.next()
    if (next === undefined) {
      this.#encoder.sendFrameSync(null)
      this.#drain()
      return false
    }
    this.#paint(next.pixels, this.#count++)
    const picture = this.#encoded(next.pixels)
    const tick = BigInt(Math.round(next.at * ticks))
    picture.pts = tick > this.#last ? tick : this.#last + 1n
    this.#last = picture.pts
    if (this.#encoder.sendFrameSync(picture) < 0) throw new EngineCrashedError('the encoder refused a picture')
    this.written = next.at
    this.#drain()
    return true
  }

  #encoded({ width, height, data }: Pixels): Frame {
    const [rgba, yuv] = [this.#rgba, this.#yuv]
    for (const [frame, format] of [
      [rgba, AV_PIX_FMT_RGBA],
      [yuv, AV_PIX_FMT_YUV420P],
    ] as const) {
      frame.unref()
      frame.format = format
      frame.width = width
      frame.height = height
      if (frame.getBuffer() < 0) throw new EngineCrashedError('no memory for a picture')
    }
    const plane = rgba.data?.[0]
    const step = rgba.linesize[0] ?? width * 4
    for (let y = 0; y < height; y++) plane?.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * step)
    if (this.#scaler.scaleFrameSync(yuv, rgba) < 0) throw new EngineCrashedError('the picture cannot be converted')
    return yuv
  }

  #drain(): void {
    using packet = new Packet()
    packet.alloc()
    while (this.#encoder.receivePacketSync(packet) >= 0) {
      packet.streamIndex = this.#index
      if (packet.duration === 0n) packet.duration = this.#frameTicks
      this.#output.write(packet, { num: 1, den: ticks })
    }
  }

  [Symbol.dispose](): void {
    this.#rgba.free()
    this.#yuv.free()
    this.#scaler.freeContext()
    this.#encoder.freeContext()
    this.#frames[Symbol.dispose]()
  }
}
