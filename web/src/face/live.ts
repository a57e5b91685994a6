/** The live preview, in the thread of the face engine: each picture of the camera into a small copy of the template. */
import { findFaces, trackFace } from '@sotto/media/face/find'
import { drawLabel } from '@sotto/media/face/label'
import { OneEuro } from '@sotto/media/face/one-euro'
import type { Pixels } from '@sotto/media/face/pixels'
import { boxOf, isForeheadCovered } from '@sotto/media/face/quality'
import { prepareSource, swapFace } from '@sotto/media/face/swap'
import type { LiveOptions, Opened } from './face-worker.ts'

/** What a look at one picture of the camera gave. */
export interface LiveLook {
  /** Was there a face? */
  readonly seen: boolean
  /** Milliseconds that finding and composing took. */
  readonly took: number
}

/** Pictures between two looks whether hair hangs over the brows: it does not change in between. */
const hairEvery = 15

/** One preview; ends with its canvas. */
export class Live {
  readonly #engine: Opened
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #target: Pixels
  readonly #points: Float32Array
  readonly #over: Uint8Array | undefined
  readonly #image: ImageData
  readonly #smooth = new OneEuro({ least: 2.5, speed: 10 })
  readonly #camera = new OffscreenCanvas(1, 1)
  #before: Float32Array | undefined
  #covered = false
  #count = 0

  constructor(
    engine: Opened,
    canvas: OffscreenCanvas,
    parts: { target: Pixels; points: Float32Array; over: Uint8Array | undefined },
  ) {
    this.#engine = engine
    this.#target = parts.target
    this.#points = parts.points
    this.#over = parts.over
    canvas.width = parts.target.width
    canvas.height = parts.target.height
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    this.#context = context
    this.#image = new ImageData(parts.target.width, parts.target.height)
  }

  /** Looks at a picture of the camera and shows the template with its face. Closes the picture. */
  async look(frame: ImageBitmap, options: LiveOptions): Promise<LiveLook> {
    const begin = performance.now()
    const pixels = this.#read(frame)
    const { networks, region } = this.#engine
    let points = this.#before && (await trackFace(networks, pixels, this.#before))?.points
    if (points === undefined) {
      points = (await findFaces(networks, pixels, { tiles: 'never', turned: false })).faces[0]?.points
      this.#smooth.reset()
      this.#count = 0
    }
    this.#before = points
    this.#image.data.set(this.#target.data)
    if (points !== undefined && !options.before) {
      const steady = this.#smooth.next(points, begin / 1000, boxOf(points).width)
      if (this.#count++ % hairEvery === 0) this.#covered = isForeheadCovered(pixels, steady)
      swapFace(
        region,
        prepareSource({ pixels, points: steady }, this.#covered),
        {
          pixels: { width: this.#image.width, height: this.#image.height, data: this.#image.data },
          points: this.#points,
          ...(this.#over === undefined ? {} : { over: this.#over }),
        },
        options,
      )
    }
    drawLabel({ width: this.#image.width, height: this.#image.height, data: this.#image.data })
    this.#context.putImageData(this.#image, 0, 0)
    return { seen: points !== undefined, took: performance.now() - begin }
  }

  #read(frame: ImageBitmap): Pixels {
    const { width, height } = frame
    if (this.#camera.width !== width) this.#camera.width = width
    if (this.#camera.height !== height) this.#camera.height = height
    const context = this.#camera.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new Error('no canvas')
    context.drawImage(frame, 0, 0)
    frame.close()
    return { width, height, data: context.getImageData(0, 0, width, height).data }
  }
}
