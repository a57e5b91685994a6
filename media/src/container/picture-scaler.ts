import type { AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV420P, SWS_BICUBIC, SWS_BILINEAR } from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'
import { UnreadableMediaError } from '../error.ts'

type PixelFormat = typeof AV_PIX_FMT_RGBA | typeof AV_PIX_FMT_YUV420P

/** Brings pictures of any size and pixel format, even when they change, to one. */
export class PictureScaler implements Disposable {
  readonly #width: number
  readonly #height: number
  readonly #format: PixelFormat
  readonly #filter: typeof SWS_BICUBIC | typeof SWS_BILINEAR
  readonly #scaler = new SoftwareScaleContext()
  readonly #scaled = new Frame()
  #key = ''

  /** `filter`: how pixels are put together where the size changes. */
  constructor(width: number, height: number, format: PixelFormat, filter: typeof SWS_BICUBIC | typeof SWS_BILINEAR) {
    this.#width = width
    this.#height = height
    this.#format = format
    this.#filter = filter
    this.#scaled.alloc()
  }

  /** The picture in the form wanted; good until the next is scaled. @throws UnreadableMediaError where that cannot be */
  scale(frame: Frame): Frame {
    const key = `${frame.width}x${frame.height} ${frame.format}`
    if (key !== this.#key) {
      this.#scaler.getContext(
        frame.width,
        frame.height,
        frame.format as PixelFormat,
        this.#width,
        this.#height,
        this.#format,
        this.#filter,
      )
      this.#key = key
    }
    const scaled = this.#scaled
    scaled.unref()
    scaled.format = this.#format
    scaled.width = this.#width
    scaled.height = this.#height
    if (scaled.getBuffer() < 0 || this.#scaler.scaleFrameSync(scaled, frame) < 0)
      throw new UnreadableMediaError('the picture changes its form in a way we do not follow')
    return scaled
  }

  [Symbol.dispose](): void {
    this.#scaled.free()
    this.#scaler.freeContext()
  }
}
