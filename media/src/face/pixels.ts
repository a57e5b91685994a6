/** A picture in memory: rows from the top, four bytes a pixel (red, green, blue, alpha; sRGB, alpha not premultiplied), the layout of `ImageData`. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** A black, opaque picture. */
export function blankPixels(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 3; at < data.length; at += 4) data[at] = 255
  return { width, height, data }
}

/** A copy that may be painted on. */
export function copyPixels(pixels: Pixels): Pixels {
  return { ...pixels, data: pixels.data.slice() }
}

/** Half the size, each pixel the mean of four. */
export function halved(from: Pixels): Pixels {
  const width = Math.max(1, from.width >> 1)
  const height = Math.max(1, from.height >> 1)
  const data = new Uint8ClampedArray(width * height * 4)
  const { data: source } = from
  const right = from.width > 1 ? 4 : 0
  const below = from.height > 1 ? from.width * 4 : 0
  for (let y = 0, to = 0; y < height; y++) {
    let at = y * 2 * from.width * 4
    for (let x = 0; x < width; x++, at += 8, to += 4) {
      for (let c = 0; c < 4; c++) {
        const i = at + c
        const sum =
          (source[i] as number) +
          (source[i + right] as number) +
          (source[i + below] as number) +
          (source[i + right + below] as number)
        data[to + c] = (sum + 2) >> 2
      }
    }
  }
  return { width, height, data }
}

/** A picture and its halvings, made when first asked for: sampling from a fitting one keeps small crops free of aliasing. */
export class Pyramid {
  readonly #levels: Pixels[]

  constructor(pixels: Pixels) {
    this.#levels = [pixels]
  }

  get base(): Pixels {
    return this.#levels[0] as Pixels // put there by the constructor
  }

  /** The picture for steps of `step` source pixels, with the factor its coordinates are divided by. */
  forStep(step: number): { readonly pixels: Pixels; readonly factor: number } {
    const wanted = Math.max(0, Math.floor(Math.log2(Math.max(1, step)) + 0.25))
    while (this.#levels.length <= wanted) {
      const last = this.#levels.at(-1) as Pixels // never empty
      if (Math.min(last.width, last.height) < 4) break
      this.#levels.push(halved(last))
    }
    const level = Math.min(wanted, this.#levels.length - 1)
    return { pixels: this.#levels[level] as Pixels, factor: 2 ** level }
  }
}
