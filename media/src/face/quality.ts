import type { Box } from './detect.ts'
import { at, POINTS } from './mesh.ts'
import type { Pixels } from './pixels.ts'
import type { Pose } from './pose.ts'

/** Why a face makes a poor selfie. What the person can do about each is in the texts of page and terminal. */
export const faceReasons = [
  'small',
  'turned',
  'tilted',
  'blurred',
  'dark',
  'bright',
  'uneven',
  'coloured',
  'cut',
] as const
/** One of them. */
export type FaceReason = (typeof faceReasons)[number]

/** How good a picture of a face is. */
export interface FaceQuality {
  /** How sure the mesh is of a face, 0..1. */
  readonly sure: number
  /** Distance of the eyes' outer corners, pixels. */
  readonly eyes: number
  /** Mean absolute Laplacian of the face at 96 pixels, in levels of 255: below about 2.5 is blurred. */
  readonly sharpness: number
  /** Mean lightness of the skin, 0..1. */
  readonly light: number
  /** Difference of lightness between the cheeks, as part of the mean. */
  readonly uneven: number
  /** Difference of colour between the cheeks (chromaticity, 0..1): mixed lamps. */
  readonly coloured: number
  /** What is wrong with it; empty when it will do well. */
  readonly reasons: readonly FaceReason[]
}

/** The smallest box around the points. */
export function boxOf(points: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < POINTS * 3; n += 3) {
    const x = points[n] as number
    const y = points[n + 1] as number
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Distance of two points in the picture, pixels. */
export function distance(points: Float32Array, a: number, b: number): number {
  return Math.hypot(
    (points[3 * a] as number) - (points[3 * b] as number),
    (points[3 * a + 1] as number) - (points[3 * b + 1] as number),
  )
}

/** Points in the middle of each cheek: skin without beard or shadow of the nose in most faces. */
const cheeks = { right: [50, 101, 117, 118], left: [280, 330, 346, 347] } as const

/** Mean colour around some points. */
function colourAt(
  pixels: Pixels,
  points: Float32Array,
  which: readonly number[],
  radius: number,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  const r = Math.max(1, Math.round(radius))
  for (const n of which) {
    const cx = Math.round(points[3 * n] as number)
    const cy = Math.round(points[3 * n + 1] as number)
    for (let y = Math.max(0, cy - r); y <= Math.min(pixels.height - 1, cy + r); y++)
      for (let x = Math.max(0, cx - r); x <= Math.min(pixels.width - 1, cx + r); x++) {
        const i = (y * pixels.width + x) * 4
        for (let c = 0; c < 3; c++) sum[c as 0 | 1 | 2] += pixels.data[i + c] as number
        count++
      }
  }
  return count === 0 ? [0, 0, 0] : [sum[0] / count, sum[1] / count, sum[2] / count]
}

const lightness = ([r, g, b]: readonly [number, number, number]) => (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255

/** Points above the brows: forehead, or the hair that hangs over it. */
const aboveBrows = [69, 108, 151, 337, 299]

/** Does hair or a cap hang down to the brows? Then what is above them is much darker than the cheeks. */
export function isForeheadCovered(pixels: Pixels, points: Float32Array): boolean {
  const radius = distance(points, at.rightEyeOuter, at.leftEyeOuter) / 20
  const cheek = lightness(colourAt(pixels, points, [...cheeks.right, ...cheeks.left], radius))
  const covered = aboveBrows.filter((n) => lightness(colourAt(pixels, points, [n], radius)) < 0.6 * cheek)
  return covered.length >= 2
}

/** Mean absolute Laplacian of the lightness inside the box, sampled at 96 steps. */
function sharpnessIn(pixels: Pixels, box: Box): number {
  const steps = 96
  const grid = new Float32Array(steps * steps)
  const step = Math.max(1, Math.max(box.width, box.height) / steps)
  const cell = Math.max(1, Math.round(step))
  for (let v = 0; v < steps; v++)
    for (let u = 0; u < steps; u++) {
      const x0 = Math.round(box.x + u * step)
      const y0 = Math.round(box.y + v * step)
      let sum = 0
      let count = 0
      for (let y = y0; y < y0 + cell; y++)
        for (let x = x0; x < x0 + cell; x++) {
          if (x < 0 || y < 0 || x >= pixels.width || y >= pixels.height) continue
          const i = (y * pixels.width + x) * 4
          sum +=
            0.2126 * (pixels.data[i] as number) +
            0.7152 * (pixels.data[i + 1] as number) +
            0.0722 * (pixels.data[i + 2] as number)
          count++
        }
      grid[v * steps + u] = count === 0 ? 0 : sum / count
    }
  // The middle only: the face's own edge against the background is sharp in any picture.
  let total = 0
  let counted = 0
  for (let v = 20; v < 76; v++)
    for (let u = 20; u < 76; u++) {
      const g = (du: number, dv: number) => grid[(v + dv) * steps + u + du] as number
      total += Math.abs(4 * g(0, 0) - g(1, 0) - g(-1, 0) - g(0, 1) - g(0, -1))
      counted++
    }
  return total / counted
}

/** Measures a face. Thresholds are set on the sample pictures; see docs/guide/faces.md. */
export function qualityOf(pixels: Pixels, points: Float32Array, sure: number, pose: Pose): FaceQuality {
  const eyes = distance(points, at.rightEyeOuter, at.leftEyeOuter)
  const box = boxOf(points)
  const right = colourAt(pixels, points, cheeks.right, eyes / 14)
  const left = colourAt(pixels, points, cheeks.left, eyes / 14)
  const [lr, ll] = [lightness(right), lightness(left)]
  const light = (lr + ll) / 2
  const uneven = light > 0 ? Math.abs(lr - ll) / light : 0
  const chroma = (colour: readonly [number, number, number], c: 0 | 1 | 2) =>
    colour[c] / Math.max(1, colour[0] + colour[1] + colour[2])
  const coloured = Math.max(...([0, 1, 2] as const).map((c) => Math.abs(chroma(right, c) - chroma(left, c))))
  const sharpness = sharpnessIn(pixels, box)
  const cut =
    box.x < -0.05 * box.width ||
    box.y < -0.05 * box.height ||
    box.x + box.width > pixels.width + 0.05 * box.width ||
    box.y + box.height > pixels.height + 0.05 * box.height
  const reasons: FaceReason[] = []
  if (Math.max(box.width, box.height) < 120) reasons.push('small')
  if (Math.abs(pose.yaw) > 25) reasons.push('turned')
  if (Math.abs(pose.pitch) > 25) reasons.push('tilted')
  if (sharpness < 2) reasons.push('blurred')
  if (light < 0.12) reasons.push('dark')
  if (light > 0.93) reasons.push('bright')
  if (uneven > 0.6) reasons.push('uneven')
  if (coloured > 0.05) reasons.push('coloured')
  if (cut) reasons.push('cut')
  return { sure, eyes, sharpness, light, uneven, coloured, reasons }
}
