import type { Pyramid } from './pixels.ts'

/** A square in the picture, turned: what a network looks at. Centre and side in pixels, rotation in radians, clockwise as seen. */
export interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly rotation: number
}

/** What lies outside of the picture: black as the detectors learned it, or the nearest pixel as the mesh learned it. */
export type Outside = 'black' | 'nearest'

/**
 * Samples a square into a planar-less tensor `[1, size, size, 3]`, values `offset + channel/255 * scale`, bilinear, from
 * the pyramid's level that fits.
 */
export function sampleSquare(
  pyramid: Pyramid,
  square: Square,
  size: number,
  range: { readonly offset: number; readonly scale: number },
  outside: Outside,
  into: Float32Array,
): void {
  const step = square.side / size
  const { pixels, factor } = pyramid.forStep(step)
  const { width, height, data } = pixels
  const cos = (Math.cos(square.rotation) * step) / factor
  const sin = (Math.sin(square.rotation) * step) / factor
  const half = (size - 1) / 2
  const middleX = square.x / factor - 0.5 / factor
  const middleY = square.y / factor - 0.5 / factor
  const gain = range.scale / 255
  const { offset } = range
  const lastX = width - 1
  const lastY = height - 1
  for (let row = 0, to = 0; row < size; row++) {
    let x = middleX - half * cos - (row - half) * sin
    let y = middleY - half * sin + (row - half) * cos
    for (let column = 0; column < size; column++, to += 3, x += cos, y += sin) {
      if (outside === 'black' && (x < -0.5 || y < -0.5 || x > lastX + 0.5 || y > lastY + 0.5)) {
        into[to] = into[to + 1] = into[to + 2] = offset
        continue
      }
      const cx = Math.min(Math.max(x, 0), lastX)
      const cy = Math.min(Math.max(y, 0), lastY)
      const x0 = cx | 0
      const y0 = cy | 0
      const fx = cx - x0
      const fy = cy - y0
      const a = (y0 * width + x0) * 4
      const b = x0 < lastX ? a + 4 : a
      const down = y0 < lastY ? width * 4 : 0
      const wa = (1 - fx) * (1 - fy) * gain
      const wb = fx * (1 - fy) * gain
      const wc = (1 - fx) * fy * gain
      const wd = fx * fy * gain
      for (let c = 0; c < 3; c++)
        into[to + c] =
          offset +
          (data[a + c] as number) * wa +
          (data[b + c] as number) * wb +
          (data[a + down + c] as number) * wc +
          (data[b + down + c] as number) * wd
    }
  }
}
