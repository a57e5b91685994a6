import type { CanonicalFace } from '../../src/face/canonical.ts'
import type { Pixels } from '../../src/face/pixels.ts'
import type { Portrait } from './portrait.ts'

/** Paints the lit face mesh over a picture. @param points projected vertices; normals come from them */
export function paintFace(
  onto: Pixels,
  face: CanonicalFace,
  points: Float32Array,
  texture: Pixels,
  light: Portrait['light'],
): void {
  const { triangles } = face
  const count = points.length / 3
  const normal = new Float32Array(points.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((i) => 3 * (triangles[t + i] as number)) as [number, number, number]
    const p = (n: number, i: number) => points[n + i] as number
    const [ux, uy, uz] = [p(b, 0) - p(a, 0), p(b, 1) - p(a, 1), p(b, 2) - p(a, 2)]
    const [vx, vy, vz] = [p(c, 0) - p(a, 0), p(c, 1) - p(a, 1), p(c, 2) - p(a, 2)]
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const
    for (const m of [a, b, c]) for (let i = 0; i < 3; i++) normal[m + i] = (normal[m + i] as number) + (n[i] as number)
  }
  for (let n = 0; n < count; n++) {
    const length = Math.hypot(...normal.subarray(3 * n, 3 * n + 3)) || 1
    for (let i = 0; i < 3; i++) normal[3 * n + i] = (normal[3 * n + i] as number) / length
  }
  // Into the skull without an edge.
  const solid = new Float32Array(count).fill(1)
  for (const n of [10, 338, 297, 332, 284, 251, 389, 21, 54, 103, 67, 109, 162]) solid[n] = 0
  const depth = (t: number) =>
    [0, 1, 2].reduce((sum, i) => sum + (points[3 * (triangles[t + i] as number) + 2] as number), 0)
  const order = Array.from({ length: triangles.length / 3 }, (_, i) => 3 * i).sort((a, b) => depth(b) - depth(a))
  const length = Math.hypot(...light.from)
  const [lx, ly, lz] = light.from.map((value) => value / length) as [number, number, number]
  for (const t of order) {
    const [a, b, c] = [0, 1, 2].map((i) => triangles[t + i] as number) as [number, number, number]
    const [ax, ay, bx, by, cx, cy] = [
      points[3 * a],
      points[3 * a + 1],
      points[3 * b],
      points[3 * b + 1],
      points[3 * c],
      points[3 * c + 1],
    ] as number[] as [number, number, number, number, number, number]
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (area >= -1e-3) continue
    for (
      let y = Math.max(0, Math.floor(Math.min(ay, by, cy)));
      y <= Math.min(onto.height - 1, Math.ceil(Math.max(ay, by, cy)));
      y++
    )
      for (
        let x = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
        x <= Math.min(onto.width - 1, Math.ceil(Math.max(ax, bx, cx)));
        x++
      ) {
        const u = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
        const v = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
        if (u < -0.001 || v < -0.001 || u + v > 1.001) continue
        const w = 1 - u - v
        const mix = (list: Float32Array, step: number, i: number) =>
          (list[step * a + i] as number) * w + (list[step * b + i] as number) * u + (list[step * c + i] as number) * v
        let [nx, ny, nz] = [mix(normal, 3, 0), mix(normal, 3, 1), mix(normal, 3, 2)]
        const n = Math.hypot(nx, ny, nz) || 1
        nx /= n
        ny /= n
        nz /= n
        const facing = -nz
        const lambert = nx * lx - ny * ly - nz * lz
        const wrapped = Math.max(0, (lambert + 0.35) / 1.35)
        const half = Math.max(0, nx * lx * 0.5 - ny * ly * 0.5 - nz * (lz + 1) * 0.5)
        const shine = half ** 26 * 0.16
        const rim = (1 - Math.max(0, facing)) ** 3 * 0.1
        const sx = Math.min(texture.width - 1, Math.max(0, mix(face.uv, 2, 0) * texture.width))
        const sy = Math.min(texture.height - 1, Math.max(0, (1 - mix(face.uv, 2, 1)) * texture.height))
        const x0 = Math.floor(sx),
          y0 = Math.floor(sy),
          fx = sx - x0,
          fy = sy - y0
        const s = (y0 * texture.width + x0) * 4
        const right = x0 + 1 < texture.width ? 4 : 0
        const below = y0 + 1 < texture.height ? texture.width * 4 : 0
        const to = (y * onto.width + x) * 4
        for (let i = 0; i < 3; i++) {
          const albedo =
            ((texture.data[s + i] as number) * (1 - fx) + (texture.data[s + right + i] as number) * fx) * (1 - fy) +
            ((texture.data[s + below + i] as number) * (1 - fx) +
              (texture.data[s + below + right + i] as number) * fx) *
              fy
          // Light that goes through skin comes back red where shadow begins.
          const through = i === 0 ? 0.08 * (1 - Math.abs(wrapped - 0.3)) : 0
          const ambient = [0.34, 0.36, 0.42][i] as number
          const value =
            albedo * (ambient + 0.78 * wrapped * (light.colour[i] as number) + through) +
            255 * shine * (light.colour[i] as number) +
            255 * rim * ([0.6, 0.7, 0.9][i] as number)
          const a1 = Math.min(1, 1.6 * mix(solid, 1, 0))
          onto.data[to + i] = (onto.data[to + i] as number) * (1 - a1) + value * a1
        }
      }
  }
}

/** Kuwahara's filter: of four corners around each pixel the smoothest one's mean. Photographs become paint. */
export function painted(pixels: Pixels, radius: number): Pixels {
  const { width, height, data } = pixels
  const stride = width + 1
  const sums = [0, 1, 2, 3].map(() => new Float64Array(stride * (height + 1)))
  for (let y = 0; y < height; y++) {
    const row = [0, 0, 0, 0]
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4
      const l = 0.3 * (data[i] as number) + 0.6 * (data[i + 1] as number) + 0.1 * (data[i + 2] as number)
      const values = [data[i], data[i + 1], data[i + 2], l * l] as number[]
      for (let c = 0; c < 4; c++) {
        row[c] = (row[c] as number) + (values[c] as number)
        ;(sums[c] as Float64Array)[(y + 1) * stride + x + 1] =
          ((sums[c] as Float64Array)[y * stride + x + 1] as number) + (row[c] as number)
      }
    }
  }
  const out = new Uint8ClampedArray(data.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let least = Infinity
      let best: [number, number, number] = [0, 0, 0]
      for (let q = 0; q < 4; q++) {
        const x0 = Math.max(0, q % 2 === 0 ? x - radius : x)
        const x1 = Math.min(width, (q % 2 === 0 ? x : x + radius) + 1)
        const y0 = Math.max(0, q < 2 ? y - radius : y)
        const y1 = Math.min(height, (q < 2 ? y : y + radius) + 1)
        const n = (x1 - x0) * (y1 - y0)
        const mean = (c: number) => {
          const s = sums[c] as Float64Array
          return (
            ((s[y1 * stride + x1] as number) -
              (s[y0 * stride + x1] as number) -
              (s[y1 * stride + x0] as number) +
              (s[y0 * stride + x0] as number)) /
            n
          )
        }
        const [r, g, b] = [mean(0), mean(1), mean(2)]
        const l = 0.3 * r + 0.6 * g + 0.1 * b
        const variance = mean(3) - l * l
        if (variance < least) {
          least = variance
          best = [r, g, b]
        }
      }
      const i = (y * width + x) * 4
      out.set([...best, 255], i)
    }
  return { width, height, data: out }
}
