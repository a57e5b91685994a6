import type { CanonicalFace } from '../../src/face/canonical.ts'
import { type Portrait, shade } from './portrait.ts'

/** Side of the square the face is painted on, pixels. */
export const textureSize = 1024

const rightEye = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7]
const leftEye = [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249]
const upperLip = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191, 78]
const lowerLip = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95, 78]
const inner = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]

/** A portrait's paint in the mesh's texture coordinates, as SVG. */
export function textureSvg(face: CanonicalFace, portrait: Portrait): string {
  const at = (n: number): [number, number] => [
    (face.uv[2 * n] as number) * textureSize,
    (1 - (face.uv[2 * n + 1] as number)) * textureSize,
  ]
  const ring = (points: readonly number[]) =>
    `M${points
      .map((n) =>
        at(n)
          .map((v) => v.toFixed(1))
          .join(' '),
      )
      .join('L')}Z`
  const curve = (places: readonly [number, number][]): string => {
    let path = `M${places[0]?.join(' ')}`
    for (let i = 0; i < places.length - 1; i++) {
      const [p0, p1, p2, p3] = [
        places[i - 1] ?? places[i],
        places[i],
        places[i + 1],
        places[i + 2] ?? places[i + 1],
      ] as [number, number][]
      path += `C${(p1?.[0] ?? 0) + ((p2?.[0] ?? 0) - (p0?.[0] ?? 0)) / 6} ${(p1?.[1] ?? 0) + ((p2?.[1] ?? 0) - (p0?.[1] ?? 0)) / 6} ${(p2?.[0] ?? 0) - ((p3?.[0] ?? 0) - (p1?.[0] ?? 0)) / 6} ${(p2?.[1] ?? 0) - ((p3?.[1] ?? 0) - (p1?.[1] ?? 0)) / 6} ${p2?.join(' ')}`
    }
    return path
  }
  const line = (points: readonly number[], dy = 0) => curve(points.map((n) => [at(n)[0], at(n)[1] + dy]))
  const { skin, lips, iris, brow, age } = portrait
  const dark = shade(skin, -0.45)
  const out: string[] = [`<rect width="100%" height="100%" fill="${skin}"/>`]
  const soft = (body: string, blur: number, opacity: number) =>
    `<g filter="url(#b${blur})" opacity="${opacity}">${body}</g>`
  const spot = (n: number, rx: number, ry: number, fill: string, dx = 0, dy = 0) =>
    `<ellipse cx="${at(n)[0] + dx}" cy="${at(n)[1] + dy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`
  // Warm cheeks, nose and chin; cooler, darker sockets.
  out.push(
    soft(
      spot(50, 75, 60, '#c8402c') +
        spot(280, 75, 60, '#c8402c') +
        spot(4, 42, 36, '#c8402c') +
        spot(199, 40, 26, '#b8503c'),
      30,
      0.2,
    ),
  )
  out.push(soft(spot(159, 78, 44, dark, 0, -4) + spot(386, 78, 44, dark, 0, -4), 20, 0.28 + 0.12 * age))
  out.push(soft(spot(193, 16, 46, dark) + spot(417, 16, 46, dark), 12, 0.2))
  out.push(
    soft(
      `<path d="${line([48, 64, 98, 97, 2, 326, 327, 294, 278], 6)}" fill="none" stroke="${dark}" stroke-width="12"/>`,
      6,
      0.5,
    ),
  )
  out.push(
    soft(
      `<path d="${line([204, 194, 201, 200, 421, 418, 424], -8)}" fill="none" stroke="${dark}" stroke-width="16"/>`,
      12,
      0.35,
    ),
  )
  const nasolabial = [
    [129, 203, 206, 216, 212],
    [358, 423, 426, 436, 432],
  ]
  for (const points of nasolabial)
    out.push(
      soft(
        `<path d="${line(points)}" fill="none" stroke="${dark}" stroke-width="${5 + 5 * age}"/>`,
        6,
        0.18 + 0.5 * age + 0.12 * Math.max(0, portrait.mouth.smile),
      ),
    )
  if (age > 0.35) {
    const wrinkles = [
      line([104, 69, 108, 151, 337, 299, 333], -6),
      line([103, 67, 109, 10, 338, 297, 332], 26),
      line([226, 31, 228, 229, 230, 231, 232], 10),
      line([446, 261, 448, 449, 450, 451, 452], 10),
      line([35, 143, 34], -8),
      line([35, 111, 116], 4),
      line([265, 372, 264], -8),
      line([265, 340, 345], 4),
      line([8, 9], 0),
      line([202, 210, 170], 0),
      line([422, 430, 395], 0),
    ]
    out.push(soft(`<path d="${wrinkles.join('')}" fill="none" stroke="${dark}" stroke-width="5"/>`, 2, 0.55 * age))
  }
  // Brows, a bush of strokes.
  const browsOf = [
    { up: [70, 63, 105, 66, 107], low: [46, 53, 52, 65, 55], sign: -1 },
    { up: [300, 293, 334, 296, 336], low: [276, 283, 282, 295, 285], sign: 1 },
  ]
  for (const { up, low, sign } of browsOf) {
    out.push(soft(`<path d="${ring([...up, ...low.toReversed()])}" fill="${brow}"/>`, 5, 0.62))
    let strokes = ''
    for (let i = 0; i < 40; i++) {
      const t = i / 40
      const k = Math.min(3, Math.floor(t * 4))
      const f = t * 4 - k
      const mix = (list: readonly number[], c: 0 | 1) =>
        at(list[k] as number)[c] * (1 - f) + at(list[k + 1] as number)[c] * f
      const [x0, y0, x1, y1] = [mix(low, 0), mix(low, 1), mix(up, 0), mix(up, 1)]
      strokes += `M${x0} ${y0 - 2}Q${(x0 + x1) / 2 + sign * 6} ${(y0 + y1) / 2} ${x1 + sign * 12} ${y1 + 4 + ((i * 7) % 5)}`
    }
    out.push(
      `<path d="${strokes}" fill="none" stroke="${brow}" stroke-width="3.2" opacity="0.75" stroke-linecap="round"/>`,
    )
  }
  for (const [index, eye] of [rightEye, leftEye].entries()) {
    const [outer, innerCorner] = [at(eye[0] as number), at(eye[8] as number)]
    const [top, bottom] = [at(eye[4] as number), at(eye[12] as number)]
    const width = Math.abs(outer[0] - innerCorner[0])
    const cx = (outer[0] + innerCorner[0]) / 2
    const cy = (top[1] + bottom[1]) / 2 - 2
    const r = width * 0.255
    const id = `e${index}`
    out.push(soft(`<path d="${ring(eye)}" fill="${dark}" stroke="${dark}" stroke-width="14"/>`, 6, 0.45))
    out.push(`<clipPath id="${id}"><path d="${ring(eye)}"/></clipPath>`)
    out.push(
      `<g clip-path="url(#${id})"><path d="${ring(eye)}" fill="#e9e2dc"/>` +
        `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${shade(iris, -0.55)}"/>` +
        `<circle cx="${cx}" cy="${cy}" r="${r * 0.86}" fill="${iris}"/>` +
        `<circle cx="${cx}" cy="${cy + r * 0.25}" r="${r * 0.55}" fill="${shade(iris, 0.25)}" opacity="0.6"/>` +
        `<circle cx="${cx}" cy="${cy}" r="${r * 0.45}" fill="#0c0a0a"/>` +
        `<ellipse cx="${cx - r * 0.35}" cy="${cy - r * 0.42}" rx="${r * 0.24}" ry="${r * 0.2}" fill="#fff"/>` +
        `<path d="${line(eye.slice(0, 9))}" fill="none" stroke="#241a18" stroke-width="16" opacity="0.35"/></g>`,
    )
    out.push(
      `<path d="${line(eye.slice(0, 9), -1)}" fill="none" stroke="#1c1412" stroke-width="7" stroke-linecap="round" opacity="0.92"/>`,
    )
    out.push(
      `<path d="${line([...eye.slice(8), eye[0] as number], 1)}" fill="none" stroke="${shade(skin, -0.6)}" stroke-width="3" opacity="0.6"/>`,
    )
    const crease = index === 0 ? [226, 247, 30, 29, 27, 28, 56, 190] : [446, 467, 260, 259, 257, 258, 286, 414]
    out.push(soft(`<path d="${line(crease)}" fill="none" stroke="${dark}" stroke-width="5"/>`, 2, 0.6))
    out.push(`<circle cx="${innerCorner[0]}" cy="${innerCorner[1]}" r="5" fill="#c9847a" opacity="0.8"/>`)
  }
  // Nostrils.
  for (const [a, b] of [
    [98, 97],
    [327, 326],
  ] as const) {
    const [x, y] = [(at(a)[0] + at(b)[0]) / 2, (at(a)[1] + at(b)[1]) / 2]
    out.push(soft(`<ellipse cx="${x}" cy="${y}" rx="15" ry="7" fill="${shade(skin, -0.75)}"/>`, 3, 0.85))
  }
  // Mouth: teeth and dark where it is open, then lips.
  out.push(`<path d="${ring(inner)}" fill="#3a1512"/>`)
  if (portrait.mouth.open > 0.15) {
    const [l, r] = [at(78), at(308)]
    const y = at(13)[1]
    out.push(
      `<clipPath id="m"><path d="${ring(inner)}"/></clipPath><g clip-path="url(#m)"><rect x="${l[0]}" y="${y - 20}" width="${r[0] - l[0]}" height="${30}" fill="#efe8de"/></g>`,
    )
  }
  out.push(`<path d="${ring(upperLip)}" fill="${shade(lips, -0.12)}"/><path d="${ring(lowerLip)}" fill="${lips}"/>`)
  out.push(soft(`<path d="${ring(upperLip)}" fill="none" stroke="${shade(lips, -0.3)}" stroke-width="4"/>`, 3, 0.5))
  out.push(soft(spot(17, 44, 8, shade(lips, 0.45), 0, -14), 6, 0.55))
  out.push(
    `<path d="${line(inner.slice(0, 11))}" fill="none" stroke="#2c1210" stroke-width="5" opacity="0.75" stroke-linecap="round"/>`,
  )
  const filters = [2, 3, 5, 6, 12, 20, 30]
    .map(
      (n) =>
        `<filter id="b${n}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${n}"/></filter>`,
    )
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${textureSize}" height="${textureSize}"><defs>${filters}</defs>${out.join('')}</svg>`
}
