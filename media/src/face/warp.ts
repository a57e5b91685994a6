import { POINTS } from './mesh.ts'
import { type FaceRegion, smooth } from './region.ts'

/** A rectangle of whole pixels. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** For each pixel of a rectangle of the target: where in the source it comes from, and how much of it is taken. */
export interface WarpMap {
  readonly rect: Rect
  /** Source place, pixels. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** 0..1; 0 outside of the face. */
  readonly alpha: Float32Array
  /** 0..1: how much a pixel says about light. */
  readonly skin: Float32Array
  /** 1 between the lips. */
  readonly mouth: Uint8Array
}

/** The rectangle around the points, with a pixel of air, inside a picture. Empty when the face is outside. */
export function rectOf(points: Float32Array, width: number, height: number): Rect {
  let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < POINTS * 3; n += 3) {
    l = Math.min(l, points[n] as number)
    r = Math.max(r, points[n] as number)
    t = Math.min(t, points[n + 1] as number)
    b = Math.max(b, points[n + 1] as number)
  }
  const left = Math.max(0, Math.floor(l) - 1)
  const top = Math.max(0, Math.floor(t) - 1)
  return {
    left,
    top,
    width: Math.max(0, Math.min(width, Math.ceil(r) + 2) - left),
    height: Math.max(0, Math.min(height, Math.ceil(b) + 2) - top),
  }
}

/** How far each point's surface looks towards the viewer: cosine, 1 = straight. */
export function facing(points: Float32Array, triangles: Uint16Array): Float32Array {
  const normals = new Float64Array(POINTS * 3)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * (triangles[t] as number), 3 * (triangles[t + 1] as number), 3 * (triangles[t + 2] as number)]
    const p = (n: number, i: number) => points[n + i] as number
    const [ux, uy, uz] = [p(b, 0) - p(a, 0), p(b, 1) - p(a, 1), p(b, 2) - p(a, 2)]
    const [vx, vy, vz] = [p(c, 0) - p(a, 0), p(c, 1) - p(a, 1), p(c, 2) - p(a, 2)]
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const
    for (const m of [a, b, c])
      for (let i = 0; i < 3; i++) normals[m + i] = (normals[m + i] as number) + (n[i] as number)
  }
  // The canonical triangles run counter-clockwise with y up: in pictures, where y runs down, towards the viewer is plus.
  const towards = new Float32Array(POINTS)
  for (let n = 0; n < POINTS; n++) {
    const [x, y, z] = [normals[3 * n] as number, normals[3 * n + 1] as number, normals[3 * n + 2] as number]
    towards[n] = -z / (Math.hypot(x, y, z) || 1)
  }
  return towards
}

/**
 * Maps the target's face to the source's, triangle by triangle over the canonical mesh, far triangles first. What the
 * source shows from the side only is not stretched over the target but left to it: the smeared temple of plain warps.
 */
export function warpMap(
  region: FaceRegion,
  mask: Float32Array,
  source: Float32Array,
  target: Float32Array,
  rect: Rect,
): WarpMap {
  const { triangles } = region.face
  const size = rect.width * rect.height
  const map = {
    rect,
    x: new Float32Array(size),
    y: new Float32Array(size),
    alpha: new Float32Array(size),
    skin: new Float32Array(size),
    mouth: new Uint8Array(size),
  }
  const seen = facing(source, triangles)
  const turned = facing(target, triangles)
  const weight = new Float32Array(POINTS)
  for (let n = 0; n < POINTS; n++) {
    const lost = Math.max(0, (turned[n] as number) - (seen[n] as number))
    weight[n] = (mask[n] as number) * smooth(((seen[n] as number) - 0.1) / 0.3) * (1 - 0.8 * smooth(lost / 0.5 - 0.3))
  }
  const depth = (t: number) =>
    (target[3 * (triangles[t] as number) + 2] as number) +
    (target[3 * (triangles[t + 1] as number) + 2] as number) +
    (target[3 * (triangles[t + 2] as number) + 2] as number)
  const order = Array.from({ length: triangles.length / 3 }, (_, i) => 3 * i).sort((a, b) => depth(b) - depth(a))
  for (const t of order)
    fill(
      map,
      source,
      target,
      weight,
      region.skin,
      triangles[t] as number,
      triangles[t + 1] as number,
      triangles[t + 2] as number,
      region.mouth.has(t / 3) ? 1 : 0,
    )
  return map
}

type Planes = Omit<WarpMap, 'mouth'> & { readonly mouth: Uint8Array }

function fill(
  { rect, x: mx, y: my, alpha, skin: light, mouth }: Planes,
  source: Float32Array,
  target: Float32Array,
  weight: Float32Array,
  skin: Float32Array,
  a: number,
  b: number,
  c: number,
  between: number,
): void {
  const ax = (target[3 * a] as number) - rect.left
  const ay = (target[3 * a + 1] as number) - rect.top
  const bx = (target[3 * b] as number) - rect.left
  const by = (target[3 * b + 1] as number) - rect.top
  const cx = (target[3 * c] as number) - rect.left
  const cy = (target[3 * c + 1] as number) - rect.top
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  // Seen from behind, or on edge.
  if (area >= -1e-3) return
  const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
  const x1 = Math.min(rect.width - 1, Math.floor(Math.max(ax, bx, cx) + 0.5))
  const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
  const y1 = Math.min(rect.height - 1, Math.floor(Math.max(ay, by, cy) + 0.5))
  const ub = (cy - ay) / area
  const uc = -(cx - ax) / area
  const vb = -(by - ay) / area
  const vc = (bx - ax) / area
  const sax = source[3 * a] as number
  const say = source[3 * a + 1] as number
  const dbx = (source[3 * b] as number) - sax
  const dby = (source[3 * b + 1] as number) - say
  const dcx = (source[3 * c] as number) - sax
  const dcy = (source[3 * c + 1] as number) - say
  const wa = weight[a] as number
  const wb = (weight[b] as number) - wa
  const wc = (weight[c] as number) - wa
  const ka = skin[a] as number
  const kb = (skin[b] as number) - ka
  const kc = (skin[c] as number) - ka
  // Neighbours share the pixels on their common edge, so that no gap is left between them.
  const slack = 1e-4
  for (let y = y0; y <= y1; y++) {
    const row = y * rect.width
    for (let x = x0; x <= x1; x++) {
      const u = (x - ax) * ub + (y - ay) * uc
      if (u < -slack) continue
      const v = (x - ax) * vb + (y - ay) * vc
      if (v < -slack || u + v > 1 + slack) continue
      const i = row + x
      mx[i] = sax + u * dbx + v * dcx
      my[i] = say + u * dby + v * dcy
      alpha[i] = wa + u * wb + v * wc
      light[i] = ka + u * kb + v * kc
      mouth[i] = between
    }
  }
}
