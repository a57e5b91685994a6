import type { CanonicalFace } from './canonical.ts'
import { POINTS } from './mesh.ts'

/** What of the canonical face is exchanged, and what of it is skin: one weight a point, made once. */
export interface FaceRegion {
  readonly face: CanonicalFace
  /** 0 outside and on the rim, 1 inside: the oval, cut just above the brows so that nobody's fringe is carried over. */
  readonly mask: Float32Array
  /** The same, cut below the brows: for selfies whose hair hangs over them. */
  readonly low: Float32Array
  /** 1 on skin, 0 on eyes, brows, lips and nostrils: only skin tells how a face is lit. */
  readonly skin: Float32Array
  /** Numbers of the triangles between the lips. */
  readonly mouth: ReadonlySet<number>
}

/** The rim: jaw from the person's left ear over the chin to the right one, then temples and brows. */
const jaw = [454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234]
const sides = [
  [127, 234, 93, 132, 58],
  [356, 454, 323, 361, 288],
]
const rightBrow = [127, 162, 71, 68, 104, 69, 108]
const leftBrow = [337, 299, 333, 298, 301, 389, 356]
const rightBrowBone = [127, 143, 113, 225, 224, 223, 222, 221, 189, 193]
const leftBrowBone = [417, 413, 441, 442, 443, 444, 445, 342, 372, 356]

/** The ring of points where the lips meet. */
export const innerLips = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]

const features: readonly { readonly points: readonly number[]; readonly reach: number }[] = [
  // Eyes with their lids, centimetres around.
  { points: [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173], reach: 0.7 },
  { points: [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398], reach: 0.7 },
  // Brows.
  { points: [70, 63, 105, 66, 107, 46, 53, 52, 65, 55], reach: 0.5 },
  { points: [300, 293, 334, 296, 336, 276, 283, 282, 295, 285], reach: 0.5 },
  // Lips.
  { points: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409], reach: 0.3 },
  { points: innerLips, reach: 0.3 },
  // Nostrils.
  { points: [98, 97, 2, 326, 327], reach: 0.4 },
]

/** How far inside of the rim the mask is whole, centimetres: wide along the jaw, wider where hair hangs down the cheeks, narrow at the brows, which must be whole. */
const feather = { jaw: 1.9, side: 3.2, brow: 1, bone: 0.5 } as const

/** Weights by where the points are on the mean face, unrolled around a vertical axis through the head. */
export function faceRegion(face: CanonicalFace): FaceRegion {
  const flat = (n: number): readonly [number, number] => {
    const x = face.vertices[3 * n] as number
    const z = face.vertices[3 * n + 2] as number
    return [Math.atan2(x, z + 8) * 12, face.vertices[3 * n + 1] as number]
  }
  const lower = jaw.map(flat)
  const ears = sides.map((side) => side.map(flat))
  const brows = [...rightBrow, ...leftBrow].map(flat)
  const bones = [...rightBrowBone, ...leftBrowBone].map(flat)
  const weight = (x: number, y: number, upper: readonly Place[], width: number): number =>
    contains([...lower, ...upper], x, y)
      ? Math.min(
          smooth(distanceTo(lower, x, y) / feather.jaw),
          smooth(distanceTo(upper, x, y) / width),
          ...ears.map((side) => smooth(distanceTo(side, x, y) / feather.side)),
        )
      : 0
  const mask = new Float32Array(POINTS)
  const low = new Float32Array(POINTS)
  const skin = new Float32Array(POINTS).fill(1)
  for (let n = 0; n < POINTS; n++) {
    const [x, y] = flat(n)
    mask[n] = weight(x, y, brows, feather.brow)
    low[n] = weight(x, y, bones, feather.bone)
    for (const { points, reach } of features) {
      const near = Math.min(
        ...points.map((m) => Math.hypot(...([0, 1, 2] as const).map((c) => at(face, n, c) - at(face, m, c)))),
      )
      skin[n] = Math.min(skin[n] as number, smooth(near / reach - 0.3))
    }
  }
  const lips = new Set(innerLips)
  const mouth = new Set<number>()
  for (let t = 0; t < face.triangles.length; t += 3)
    if ([0, 1, 2].every((i) => lips.has(face.triangles[t + i] as number))) mouth.add(t / 3)
  return { face, mask, low, skin, mouth }
}

function at(face: CanonicalFace, n: number, c: 0 | 1 | 2): number {
  return face.vertices[3 * n + c] as number
}

/** Hermite step from 0 to 1. */
export function smooth(t: number): number {
  const x = Math.min(1, Math.max(0, t))
  return x * x * (3 - 2 * x)
}

type Place = readonly [number, number]

function contains(ring: readonly Place[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Place
    const [xj, yj] = ring[j] as Place
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Distance to an open line. */
function distanceTo(line: readonly Place[], x: number, y: number): number {
  let least = Infinity
  for (let i = 1; i < line.length; i++) {
    const [xi, yi] = line[i] as Place
    const [xj, yj] = line[i - 1] as Place
    const [dx, dy] = [xj - xi, yj - yi]
    const t = Math.min(1, Math.max(0, ((x - xi) * dx + (y - yi) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(x - xi - t * dx, y - yi - t * dy))
  }
  return least
}
