import { AV_NOPTS_VALUE, AV_PIX_FMT_RGBA, AV_PKT_DATA_DISPLAYMATRIX, SWS_BILINEAR } from 'node-av/constants'
import type { Frame, Stream } from 'node-av/lib'
import { UnreadableMediaError } from '../error.ts'
import type { Pixels } from '../face/pixels.ts'
import type { Limits } from '../limits.ts'
import { shownStart } from './copy.ts'
import { Input, seconds } from './input.ts'
import { PictureDecoder } from './picture-decoder.ts'
import { PictureScaler } from './picture-scaler.ts'
import type { ByteSource } from './source.ts'

/** One picture of a film: its pixels (good until the next is asked for) and when it is shown, seconds from the film's start. */
export interface FilmFrame {
  readonly pixels: Pixels
  readonly at: number
}

/** Turns to the right that bring a stored picture upright, from the display matrix (ISO/IEC 14496-12, 6.2.2). */
function quarterTurns(matrix: Buffer | null): 0 | 1 | 2 | 3 {
  if (matrix === null || matrix.length < 8) return 0
  const angle = Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0))
  return (((Math.round(angle / (Math.PI / 2)) % 4) + 4) % 4) as 0 | 1 | 2 | 3
}

/** The pictures of a film as pixels, upright, in order; made smaller where they are larger than wanted. */
export class FilmFrames implements Disposable {
  /** Size of the pixels given, upright. */
  readonly width: number
  readonly height: number
  readonly stream: Stream
  readonly #input: Input
  readonly #decoder: PictureDecoder
  readonly #scaler: PictureScaler
  readonly #zero: number
  readonly #turns: 0 | 1 | 2 | 3
  /** Size before turning. */
  readonly #wide: number
  readonly #high: number
  readonly #frames: Generator<Frame>
  readonly #stored: Pixels
  readonly #upright: Pixels

  /**
   * @param longest pixels of the longer side
   * @throws UnreadableMediaError when there is no picture that can be decoded
   */
  constructor(source: ByteSource, limits: Limits, longest: number) {
    this.#input = Input.open(source, limits)
    const stream = this.#input.best('video')
    if (stream === undefined) {
      this.#input[Symbol.dispose]()
      throw new UnreadableMediaError('the file holds no picture')
    }
    this.stream = stream
    const sound = this.#input.best('audio')
    this.#zero = shownStart(this.#input, sound === undefined ? [stream] : [stream, sound])
    this.#input.select([stream])
    const { codecpar } = stream
    const scale = Math.max(1, Math.max(codecpar.width, codecpar.height) / longest)
    // Encoders of 4:2:0 want even sizes.
    this.#wide = Math.max(16, Math.round(codecpar.width / scale) & ~1)
    this.#high = Math.max(16, Math.round(codecpar.height / scale) & ~1)
    this.#turns = quarterTurns(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
    this.width = this.#turns % 2 === 0 ? this.#wide : this.#high
    this.height = this.#turns % 2 === 0 ? this.#high : this.#wide
    this.#stored = pixelsOf(this.#wide, this.#high)
    this.#upright = this.#turns === 0 ? this.#stored : pixelsOf(this.width, this.height)
    this.#decoder = new PictureDecoder(this.#input, stream)
    this.#scaler = new PictureScaler(this.#wide, this.#high, AV_PIX_FMT_RGBA, SWS_BILINEAR)
    this.#frames = this.#decoder.frames()
  }

  /** The next picture; none at the end. */
  next(): FilmFrame | undefined {
    for (let next = this.#frames.next(); !next.done; next = this.#frames.next()) {
      const { pts, bestEffortTimestamp } = next.value
      const at = seconds(this.stream, pts === AV_NOPTS_VALUE ? bestEffortTimestamp : pts)
      if (at === undefined) continue
      this.#read(next.value)
      return { pixels: this.#upright, at: Math.max(0, at - this.#zero) }
    }
    return undefined
  }

  #read(frame: Frame): void {
    const rgba = this.#scaler.scale(frame)
    const plane = rgba.data?.[0]
    if (plane === undefined) throw new UnreadableMediaError('a picture without pixels')
    const step = rgba.linesize[0] ?? this.#wide * 4
    for (let y = 0; y < this.#high; y++)
      this.#stored.data.set(plane.subarray(y * step, y * step + this.#wide * 4), y * this.#wide * 4)
    if (this.#turns !== 0) turn(this.#stored, this.#turns, this.#upright)
  }

  [Symbol.dispose](): void {
    this.#scaler[Symbol.dispose]()
    this.#decoder[Symbol.dispose]()
    this.#input[Symbol.dispose]()
  }
}

function pixelsOf(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) }
}

/** Turns a picture by quarters to the right into another. */
function turn(from: Pixels, quarters: 1 | 2 | 3, into: Pixels): void {
  const source = new Uint32Array(from.data.buffer)
  const target = new Uint32Array(into.data.buffer)
  const { width, height } = from
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const to =
        quarters === 1
          ? x * height + height - 1 - y
          : quarters === 2
            ? (height - 1 - y) * width + width - 1 - x
            : (width - 1 - x) * height + y
      target[to] = source[i] as number
    }
}
