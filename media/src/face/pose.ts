import type { CanonicalFace } from './canonical.ts'
import { POINTS } from './mesh.ts'

/**
 * How a head is held, degrees. Yaw: positive when the face looks towards the right edge of the picture. Pitch: positive
 * when it looks up. Roll: positive when it leans clockwise as seen.
 */
export interface Pose {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

/** The rotation (rows) that turns the canonical face into the found one; axes x right, y up, z to the viewer. Horn 1987, closed form by quaternions. */
export function rotationOf(points: Float32Array, face: CanonicalFace): Float64Array {
  const mean = (from: Float32Array, c: number): number => {
    let sum = 0
    for (let n = 0; n < POINTS; n++) sum += from[3 * n + c] as number
    return sum / POINTS
  }
  const from = [mean(face.vertices, 0), mean(face.vertices, 1), mean(face.vertices, 2)] as const
  const to = [mean(points, 0), -mean(points, 1), -mean(points, 2)] as const
  const s = new Float64Array(9)
  for (let n = 0; n < POINTS; n++) {
    const q = [
      (points[3 * n] as number) - to[0],
      -(points[3 * n + 1] as number) - to[1],
      -(points[3 * n + 2] as number) - to[2],
    ] as const
    for (let a = 0; a < 3; a++) {
      const p = (face.vertices[3 * n + a] as number) - (from[a] as number)
      for (let b = 0; b < 3; b++) s[3 * a + b] = (s[3 * a + b] as number) + p * (q[b] as number)
    }
  }
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s
  const [w, x, y, z] = topEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
  ])
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  )
}

type Row = readonly [number, number, number, number]

/** Of a symmetric 4x4 matrix, by shifted power iteration. */
function topEigenvector(matrix: readonly [Row, Row, Row, Row]): Row {
  // A shift by the norm makes the greatest eigenvalue also the one of greatest magnitude.
  const shift = Math.sqrt(matrix.flat().reduce((sum, value) => sum + value * value, 0)) || 1
  let v: [number, number, number, number] = [1, 0.01, 0.02, 0.03]
  for (let round = 0; round < 200; round++) {
    const [a, b, c, d] = v
    const w = matrix.map(
      (row, i) => row[0] * a + row[1] * b + row[2] * c + row[3] * d + shift * v[i as 0 | 1 | 2 | 3],
    ) as [number, number, number, number]
    const length = Math.hypot(...w)
    const next = w.map((value) => value / length) as [number, number, number, number]
    const moved = Math.hypot(next[0] - a, next[1] - b, next[2] - c, next[3] - d)
    v = next
    if (moved < 1e-9) break
  }
  return v
}

const degrees = 180 / Math.PI

/** The angles of a rotation: first yaw, then pitch, then roll. */
export function poseOf(points: Float32Array, face: CanonicalFace): Pose {
  const r = rotationOf(points, face)
  // The third column is where the canonical face's nose points to.
  const [nx, ny, nz] = [r[2] as number, r[5] as number, r[8] as number]
  return {
    yaw: Math.atan2(nx, nz) * degrees,
    pitch: Math.atan2(ny, Math.hypot(nx, nz)) * degrees,
    roll: -Math.atan2(r[3] as number, r[4] as number) * degrees,
  }
}
