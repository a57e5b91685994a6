import { EngineCrashedError } from '../error.ts'
import type { Network } from './networks.ts'
import type { Pyramid } from './pixels.ts'
import { type Square, sampleSquare } from './sample.ts'

/** Where a detector sees a face: box and six key points (eyes, nose tip, mouth, ears), in pixels of the picture. */
export interface Detection {
  readonly score: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** `x, y` of right eye, left eye, nose tip, middle of the mouth, right ear, left ear (the person's own sides). */
  readonly keys: Float32Array
}

/** Below this the detectors' guesses are mostly no faces; what the mesh says about the rest decides. */
const leastScore = 0.5

/** Runs one detector over a square of the picture. */
export async function detect(
  network: Network,
  anchors: Float32Array,
  pyramid: Pyramid,
  square: Square,
): Promise<Detection[]> {
  const { size } = network
  const input = new Float32Array(size * size * 3)
  sampleSquare(pyramid, square, size, { offset: -1, scale: 2 }, 'black', input)
  const outputs = await network.run(input)
  const count = anchors.length / 2
  const scores = outputs.find((output) => output.length === count)
  const boxes = outputs.find((output) => output.length === count * 16)
  if (scores === undefined || boxes === undefined)
    throw new EngineCrashedError('the face detector answers in a form we do not know')
  const cos = Math.cos(square.rotation) * square.side
  const sin = Math.sin(square.rotation) * square.side
  const found: Detection[] = []
  for (let i = 0; i < count; i++) {
    const score = 1 / (1 + Math.exp(-(scores[i] as number)))
    if (score < leastScore) continue
    const ax = anchors[2 * i] as number
    const ay = anchors[2 * i + 1] as number
    const value = (n: number) => (boxes[16 * i + n] as number) / size
    const place = (u: number, v: number): [number, number] => [
      square.x + (u - 0.5) * cos - (v - 0.5) * sin,
      square.y + (u - 0.5) * sin + (v - 0.5) * cos,
    ]
    const [x, y] = place(value(0) + ax, value(1) + ay)
    const keys = new Float32Array(12)
    for (let k = 0; k < 6; k++) keys.set(place(value(4 + 2 * k) + ax, value(5 + 2 * k) + ay), 2 * k)
    const width = value(2) * square.side
    const height = value(3) * square.side
    if (width > 0 && height > 0) found.push({ score, x: x - width / 2, y: y - height / 2, width, height, keys })
  }
  return merged(found)
}

/** Intersection over union of two boxes. */
export function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (w <= 0 || h <= 0) return 0
  return (w * h) / (a.width * a.height + b.width * b.height - w * h)
}

/** A box in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One detection for each face: overlapping ones are averaged by their scores (weighted non-maximum suppression, as BlazeFace does). */
export function merged(detections: readonly Detection[]): Detection[] {
  const rest = detections.toSorted((a, b) => b.score - a.score)
  const faces: Detection[] = []
  while (rest.length > 0) {
    const first = rest[0] as Detection // not empty
    const same = rest.filter((one) => one === first || overlap(first, one) > 0.3)
    for (const one of same) rest.splice(rest.indexOf(one), 1)
    let weight = 0
    const sum = { x: 0, y: 0, width: 0, height: 0, keys: new Float32Array(12) }
    for (const one of same) {
      weight += one.score
      sum.x += one.x * one.score
      sum.y += one.y * one.score
      sum.width += one.width * one.score
      sum.height += one.height * one.score
      for (let k = 0; k < 12; k++) sum.keys[k] = (sum.keys[k] as number) + (one.keys[k] as number) * one.score
    }
    faces.push({
      score: first.score,
      x: sum.x / weight,
      y: sum.y / weight,
      width: sum.width / weight,
      height: sum.height / weight,
      keys: sum.keys.map((value) => value / weight),
    })
  }
  return faces
}
