import type { CanonicalFace } from '../../src/face/canonical.ts'
import { innerLips } from '../../src/face/region.ts'
import type { Portrait } from './portrait.ts'

const bell = (distance: number, width: number) => Math.exp(-(distance * distance) / (2 * width * width))

const lipPairs = [
  [415, 324],
  [310, 318],
  [311, 402],
  [312, 317],
  [13, 14],
  [82, 87],
  [81, 178],
  [80, 88],
  [191, 95],
] as const
const lowerLip = [
  [0, 17],
  [0, 84],
  [0, 314],
  [0, 16],
  [0, 15],
  [0, 85],
  [0, 86],
  [0, 315],
  [0, 316],
] as const

/** The mean face bent to a portrait's shape and mouth; centimetres, y up. */
export function bentFace(face: CanonicalFace, { shape, mouth, age }: Portrait): Float32Array {
  const v = Float32Array.from(face.vertices)
  const rest = Float32Array.from(face.vertices)
  // The mean face's lips are apart: close them first.
  for (const [above, below] of lipPairs) rest[3 * below + 1] = (rest[3 * above + 1] as number) - 0.06
  for (const [above, below] of lowerLip)
    rest[3 * below + 1] = (rest[3 * below + 1] as number) + 0.18 * (above < 0 ? 0 : 1)
  const lower = new Set(innerLips.slice(11))
  for (let n = 0; n < v.length / 3; n++) {
    const x = face.vertices[3 * n] as number
    const y = rest[3 * n + 1] as number
    const z = face.vertices[3 * n + 2] as number
    let [nx, ny, nz] = [x, y, z]
    const down = Math.min(1, Math.max(0, (-y - 1) / 8))
    nx *= 1 + (shape.jaw - 1) * down
    ny *= 1 + (shape.length - 1) * (y < 0 ? 1 : 0.4)
    const nose = bell(x, 1.6) * bell(y + 0.6, 1.8)
    nx *= 1 + (shape.nose - 1) * nose
    nz += (shape.nose - 1) * 1.2 * nose
    for (const side of [-1, 1]) {
      const eye = bell(x - side * 3.2, 1.7) * bell(y - 2.6, 1)
      ny += (ny - 2.6) * (shape.eyes * 1.28 - 1) * eye
      nx += (nx - side * 3.2) * (shape.eyes - 1) * 0.5 * eye
    }
    const lips = bell(x, 2.6) * bell(y + 4, 1.1)
    ny += (y + 4) * (shape.lips - 1) * lips
    // The jaw turns down, the lower lip with it.
    const below = y < -4.05 || lower.has(n) ? 1 : 0
    const open = mouth.open * 1.5
    if (below) ny -= open * Math.min(1, bell(x, 3.2) + Math.max(0, (-y - 5) / 5))
    else ny += 0.15 * open * lips
    const corner = bell(Math.abs(x) - 2.6, 1.1) * bell(y + 4, 1.3)
    nx += Math.sign(x) * 0.45 * mouth.smile * corner
    ny += (0.3 + 0.8 * mouth.smile) * corner
    const cheek = bell(Math.abs(x) - 4.2, 1.4) * bell(y - 0.3, 1.6)
    nz += 0.3 * mouth.smile * cheek - 0.5 * age * cheek
    v.set([nx, ny, nz], 3 * n)
  }
  return v
}

/** Where the head is in the picture. */
export interface Placing {
  readonly x: number
  readonly y: number
  /** Pixels a centimetre. */
  readonly scale: number
}

/** Turns a face and puts it into the picture: `x, y, z` in pixels, z smaller is nearer, as the mesh network says it. */
export function project(vertices: Float32Array, pose: Portrait['pose'], { x, y, scale }: Placing): Float32Array {
  const r = Math.PI / 180
  const [cy, sy, cp, sp, cr, sr] = [
    Math.cos(pose.yaw * r),
    Math.sin(pose.yaw * r),
    Math.cos(pose.pitch * r),
    Math.sin(pose.pitch * r),
    Math.cos(pose.roll * r),
    Math.sin(pose.roll * r),
  ]
  const out = new Float32Array(vertices.length)
  for (let n = 0; n < vertices.length; n += 3) {
    const [a, b, c] = [vertices[n] as number, vertices[n + 1] as number, vertices[n + 2] as number]
    // Around the neck, not the nose.
    const z0 = c + 4
    const x1 = a * cy + z0 * sy
    const z1 = -a * sy + z0 * cy
    const y1 = b * cp + z1 * sp
    const z2 = -b * sp + z1 * cp
    out[n] = x + scale * (x1 * cr + y1 * sr)
    out[n + 1] = y - scale * (-x1 * sr + y1 * cr)
    out[n + 2] = -scale * (z2 - 4)
  }
  return out
}
