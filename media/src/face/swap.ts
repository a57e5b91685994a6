import { type Pixels, Pyramid } from './pixels.ts'
import { boxOf, isForeheadCovered } from './quality.ts'
import { type FaceRegion, innerLips, smooth } from './region.ts'
import { type Relight, relight } from './relight.ts'
import { rectOf, type WarpMap, warpMap } from './warp.ts'

/** Whose mouth is seen: the selfie's, the template's, or whichever does not have to be torn open. */
export const mouthModes = ['auto', 'own', 'template'] as const
/** One of them. */
export type MouthMode = (typeof mouthModes)[number]

/** A face to take or to replace: the picture and the 468 points in it. */
export interface FaceInPicture {
  readonly pixels: Pixels
  readonly points: Float32Array
}

/** The picture that gets the face. */
export interface SwapTarget extends FaceInPicture {
  /** What lies over the face (glasses, hair, hands): 0..255 per pixel of the picture. Stays in front. */
  readonly over?: Uint8Array
}

/** How a face is put in. */
export interface SwapOptions {
  /** 0 = the template's face, 1 = the selfie's. Default 1. */
  readonly strength?: number
  readonly mouth?: MouthMode
  /** Light the face as the template's is. Default true. */
  readonly relight?: boolean
}

/**
 * Puts the face of `source` into `target`, in place: canonical mesh warp, brow-cut soft mask, low-frequency quotient
 * relighting, alpha. Runs wherever typed arrays do.
 */
export function swapFace(
  region: FaceRegion,
  source: PreparedSource,
  target: SwapTarget,
  options: SwapOptions = {},
): void {
  const { strength = 1, mouth = 'auto', relight: lit = true } = options
  const { width, height } = target.pixels
  const rect = rectOf(target.points, width, height)
  if (rect.width < 8 || rect.height < 8 || strength <= 0) return
  const map = warpMap(region, source.covered ? region.low : region.mask, source.points, target.points, rect)
  const warped = sampled(source, map, target.points)
  const gains = lit ? relight(target.pixels, warped, map) : undefined
  const kept = mouth === 'template' ? 1 : mouth === 'own' ? 0 : torn(source.points, target.points)
  if (kept > 0) leaveMouth(map, kept)
  compose(target, warped, map, gains, Math.min(1, strength))
}

/** A selfie, made ready for one picture or many frames. */
export interface PreparedSource extends FaceInPicture {
  readonly pyramid: Pyramid
  /** Hair hangs over the brows. */
  readonly covered: boolean
}

/** Makes a selfie ready. @param covered whether hair hangs over the brows, where that is known already */
export function prepareSource(
  source: FaceInPicture,
  covered: boolean = isForeheadCovered(source.pixels, source.points),
): PreparedSource {
  return { ...source, pyramid: new Pyramid(source.pixels), covered }
}

/** The source's colours at the map's places, four bytes a pixel, bilinear, from the pyramid's fitting level. */
function sampled(source: PreparedSource, map: WarpMap, target: Float32Array): Uint8ClampedArray {
  const from = boxOf(source.points)
  const to = boxOf(target)
  const { pixels, factor } = source.pyramid.forStep(Math.min(from.width / to.width, from.height / to.height))
  const { width, height, data } = pixels
  const out = new Uint8ClampedArray(map.x.length * 4)
  const shift = 0.5 - 0.5 / factor
  for (let i = 0; i < map.x.length; i++) {
    if ((map.alpha[i] as number) <= 0) continue
    const x = Math.min(width - 1.001, Math.max(0, ((map.x[i] as number) - shift * (factor - 1)) / factor))
    const y = Math.min(height - 1.001, Math.max(0, ((map.y[i] as number) - shift * (factor - 1)) / factor))
    const x0 = x | 0
    const y0 = y | 0
    const fx = x - x0
    const fy = y - y0
    const a = (y0 * width + x0) * 4
    const b = a + width * 4
    for (let c = 0; c < 3; c++) {
      const upper = (data[a + c] as number) * (1 - fx) + (data[a + 4 + c] as number) * fx
      const lower = (data[b + c] as number) * (1 - fx) + (data[b + 4 + c] as number) * fx
      out[4 * i + c] = upper * (1 - fy) + lower * fy
    }
  }
  return out
}

/** How far the lips are apart, as part of the mouth's width. */
export function openness(points: Float32Array): number {
  const [a = 78, b = 308] = [innerLips[0], innerLips[10]]
  const width = Math.hypot(
    (points[3 * a] as number) - (points[3 * b] as number),
    (points[3 * a + 1] as number) - (points[3 * b + 1] as number),
  )
  return (
    Math.hypot((points[39] as number) - (points[42] as number), (points[40] as number) - (points[43] as number)) /
    (width || 1)
  )
}

/** How far a mouth would be torn, 0..1: a closed one cannot be opened by pulling its lips apart. Without a step, or a speaking mouth would flicker. */
function torn(source: Float32Array, target: Float32Array): number {
  const open = openness(target)
  return open <= 0 ? 0 : smooth((open - 0.05) / 0.05) * smooth((0.7 - openness(source) / open) / 0.2)
}

/** Takes the inside of the mouth out of the map, softly, by a part of it. */
function leaveMouth({ rect, alpha, mouth }: WarpMap, part: number): void {
  const { width, height } = rect
  const radius = Math.max(1, Math.round(width * 0.012))
  const soft = Float32Array.from(mouth)
  for (let pass = 0; pass < 2; pass++)
    for (const [length, lines, along, across] of [
      [width, height, 1, width],
      [height, width, width, 1],
    ] as const) {
      const line = new Float32Array(length)
      for (let l = 0; l < lines; l++) {
        let sum = 0
        for (let i = -radius; i < length; i++) {
          if (i + radius < length) sum += soft[l * across + (i + radius) * along] as number
          if (i - radius - 1 >= 0) sum -= line[i - radius - 1] as number
          if (i >= 0) {
            line[i] = soft[l * across + i * along] as number
            soft[l * across + i * along] = sum / (2 * radius + 1)
          }
        }
      }
    }
  for (let i = 0; i < alpha.length; i++)
    alpha[i] = (alpha[i] as number) * (1 - part * Math.min(1, 1.4 * (soft[i] as number)))
}

function compose(
  target: SwapTarget,
  warped: Uint8ClampedArray,
  map: WarpMap,
  gains: Relight | undefined,
  strength: number,
): void {
  const { rect, alpha } = map
  const { data, width } = target.pixels
  for (let y = 0; y < rect.height; y++) {
    const gy = gains === undefined ? 0 : Math.min(gains.rows - 1.001, Math.max(0, (y + 0.5) / gains.cell - 0.5))
    const r0 = gy | 0
    const fy = gy - r0
    for (let x = 0; x < rect.width; x++) {
      const i = y * rect.width + x
      let a = alpha[i] as number
      if (a <= 0) continue
      const p = (y + rect.top) * width + x + rect.left
      a *= strength
      if (target.over !== undefined) a *= 1 - (target.over[p] as number) / 255
      const t = 4 * p
      if (gains === undefined) {
        for (let c = 0; c < 3; c++) data[t + c] = (data[t + c] as number) * (1 - a) + (warped[4 * i + c] as number) * a
        continue
      }
      const gx = Math.min(gains.columns - 1.001, Math.max(0, (x + 0.5) / gains.cell - 0.5))
      const c0 = gx | 0
      const fx = gx - c0
      const n = (r0 * gains.columns + c0) * 3
      const m = n + gains.columns * 3
      for (let c = 0; c < 3; c++) {
        const upper = (gains.gain[n + c] as number) * (1 - fx) + (gains.gain[n + 3 + c] as number) * fx
        const lower = (gains.gain[m + c] as number) * (1 - fx) + (gains.gain[m + 3 + c] as number) * fx
        const gain = upper * (1 - fy) + lower * fy
        data[t + c] = (data[t + c] as number) * (1 - a) + Math.min(255, (warped[4 * i + c] as number) * gain) * a
      }
    }
  }
}
