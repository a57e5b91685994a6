import { EngineCrashedError } from '../error.ts'
import type { Detection } from './detect.ts'
import type { Network } from './networks.ts'
import type { Pyramid } from './pixels.ts'
import { type Square, sampleSquare } from './sample.ts'

/** Vertices of MediaPipe's face mesh. */
export const POINTS = 468

/** Points by their meaning, from MediaPipe's canonical face. Left and right are the person's own. */
export const at = {
  noseTip: 4,
  noseRoot: 168,
  chin: 152,
  forehead: 10,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  mouthRight: 61,
  mouthLeft: 291,
  lipUpperInner: 13,
  lipLowerInner: 14,
  rightCheek: 234,
  leftCheek: 454,
} as const

/** What the mesh network makes of a square: `x, y, z` per point in pixels of the picture (z: smaller is nearer), and how sure it is of a face, 0..1. */
export interface Mesh {
  readonly points: Float32Array
  readonly sure: number
}

/** The square around a detection that the mesh network wants: upright by the eyes, half as large again. */
export function squareOfDetection({ x, y, width, height, keys }: Detection): Square {
  const [rx = 0, ry = 0, lx = 0, ly = 0] = keys
  return {
    x: x + width / 2,
    y: y + height / 2,
    side: Math.max(width, height) * 1.5,
    rotation: Math.atan2(ly - ry, lx - rx),
  }
}

/** The square for the next look at a face whose points are known: from them, so that it sits better than the detector's. */
export function squareOfPoints(points: Float32Array): Square {
  const x = (n: number) => points[3 * n] as number
  const y = (n: number) => points[3 * n + 1] as number
  const rotation = Math.atan2(y(at.leftEyeOuter) - y(at.rightEyeOuter), x(at.leftEyeOuter) - x(at.rightEyeOuter))
  const cos = Math.cos(rotation)
  const sin = Math.sin(rotation)
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < POINTS; n++) {
    const u = x(n) * cos + y(n) * sin
    const v = -x(n) * sin + y(n) * cos
    if (u < left) left = u
    if (u > right) right = u
    if (v < top) top = v
    if (v > bottom) bottom = v
  }
  const u = (left + right) / 2
  const v = (top + bottom) / 2
  return { x: u * cos - v * sin, y: u * sin + v * cos, side: Math.max(right - left, bottom - top) * 1.5, rotation }
}

/** Finds the 468 points in a square. Source: MediaPipe face_landmark (Kartynnik et al. 2019). */
export async function meshIn(network: Network, pyramid: Pyramid, square: Square): Promise<Mesh> {
  const { size } = network
  const input = new Float32Array(size * size * 3)
  sampleSquare(pyramid, square, size, { offset: 0, scale: 1 }, 'nearest', input)
  const outputs = await network.run(input)
  const raw = outputs.find((output) => output.length === POINTS * 3)
  const flag = outputs.find((output) => output.length === 1)?.[0]
  if (raw === undefined || flag === undefined)
    throw new EngineCrashedError('the face mesh answers in a form we do not know')
  const points = new Float32Array(POINTS * 3)
  const scale = square.side / size
  const cos = Math.cos(square.rotation) * scale
  const sin = Math.sin(square.rotation) * scale
  const half = size / 2
  for (let n = 0; n < POINTS * 3; n += 3) {
    const u = (raw[n] as number) - half
    const v = (raw[n + 1] as number) - half
    points[n] = square.x + u * cos - v * sin
    points[n + 1] = square.y + u * sin + v * cos
    points[n + 2] = (raw[n + 2] as number) * scale
  }
  return { points, sure: 1 / (1 + Math.exp(-flag)) }
}
