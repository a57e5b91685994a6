import { dress } from './clothes.ts'
import { groundOf } from './ground.ts'
import { type Portrait, shade } from './portrait.ts'
import { wear } from './wear.ts'

/** A place on the head in centimetres (right in the picture, up; from between the ears) to pixels. */
export type Place = (a: number, b: number) => [number, number]

/** What stands behind and before the face, as SVG; `front` is also what stays over an exchanged face. */
export interface Layers {
  readonly ground: string
  readonly behind: string
  readonly front: string
}

/** A small deterministic source of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Draws everything but the face. */
export function layers(portrait: Portrait, points: Float32Array, scale: number, width: number, height: number): Layers {
  const p = (n: number): [number, number] => [points[3 * n] as number, points[3 * n + 1] as number]
  const [forehead, chin, left, right] = [p(10), p(152), p(234), p(454)]
  const up = Math.hypot(forehead[0] - chin[0], forehead[1] - chin[1])
  const roll = (portrait.pose.roll * Math.PI) / 180
  const [ux, uy] = [Math.sin(roll), -Math.cos(roll)]
  const stretch = up / (17.4 * scale)
  const [ox, oy] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2]
  const yaw = Math.sin((portrait.pose.yaw * Math.PI) / 180)
  const raw: Place = (a, b) => [ox + scale * (a * -uy + b * ux * stretch), oy + scale * (a * ux + b * uy * stretch)]
  // The skull lies behind the face: turned, it looks out on the other side.
  const back: Place = (a, b) => raw(a - yaw * 3.2, b)
  const at = (place: Place, list: readonly (readonly [number, number])[]) => list.map(([a, b]) => place(a, b))
  const line = (places: readonly [number, number][], close = false): string => {
    const n = places.length
    const get = (i: number) =>
      (close ? places[(i + n) % n] : places[Math.min(n - 1, Math.max(0, i))]) as [number, number]
    let path = `M${get(0)
      .map((v) => v.toFixed(1))
      .join(' ')}`
    for (let i = 0; i < (close ? n : n - 1); i++) {
      const [p0, p1, p2, p3] = [get(i - 1), get(i), get(i + 1), get(i + 2)]
      const c = [
        p1[0] + (p2[0] - p0[0]) / 6,
        p1[1] + (p2[1] - p0[1]) / 6,
        p2[0] - (p3[0] - p1[0]) / 6,
        p2[1] - (p3[1] - p1[1]) / 6,
        p2[0],
        p2[1],
      ]
      path += `C${c.map((v) => v.toFixed(1)).join(' ')}`
    }
    return path
  }
  const random = numbers([...portrait.id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
  const { skin, hair, ground } = portrait
  const litLeft = portrait.light.from[0] < 0
  const gradient = (id: string, from: string, to: string, flat = true) =>
    `<linearGradient id="${id}" x1="${litLeft ? 0 : 1}" y1="0" x2="${litLeft ? 1 : 0}" y2="${flat ? 0.25 : 1}"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`
  const defs =
    gradient('skin', shade(skin, -0.02), shade(skin, -0.42)) +
    gradient('neck', shade(skin, -0.14), shade(skin, -0.42)) +
    gradient('cloth', shade(portrait.clothes.colour, 0.14), shade(portrait.clothes.colour, -0.4)) +
    gradient('hair', shade(hair.colour, 0.2), shade(hair.colour, -0.45)) +
    [4, 12, 40]
      .map(
        (n) =>
          `<filter id="s${n}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${n}"/></filter>`,
      )
      .join('')
  const svg = (body: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${defs}</defs>${body}</svg>`

  const strands = (paths: readonly (readonly [number, number][])[], spread: number, count: number): string => {
    let out = ''
    for (let i = 0; i < count; i++) {
      const base = paths[Math.floor(random() * paths.length)] as readonly [number, number][]
      const next = paths[Math.min(paths.length - 1, paths.indexOf(base) + 1)] as readonly [number, number][]
      const t = random()
      const jitter = () => (random() - 0.5) * spread * scale
      const mixed = base.map(([x, y], k) => {
        const other = next[Math.min(next.length - 1, k)] as [number, number]
        return [x * (1 - t) + other[0] * t + jitter(), y * (1 - t) + other[1] * t + jitter()] as [number, number]
      })
      out += `<path d="${line(mixed)}" fill="none" stroke="${shade(hair.colour, random() * 0.7 - 0.4)}" stroke-width="${(0.05 + random() * 0.14) * scale}" stroke-linecap="round" opacity="${0.35 + random() * 0.4}"/>`
    }
    return out
  }

  // --- Behind
  const behind: string[] = []
  const hairFill = 'url(#hair)'
  if (['long', 'bob', 'braids', 'curls'].includes(hair.style)) {
    const reach = hair.style === 'long' ? -21 : hair.style === 'bob' ? -9.5 : hair.style === 'braids' ? -8 : -8
    const wide = hair.style === 'long' ? 11 : hair.style === 'curls' ? 11.5 : 10
    const ring = at(back, [
      [0, 13.6],
      [6, 12.2],
      [9.4, 7],
      [wide, 0],
      [wide + 0.3, reach * 0.6],
      [wide - 1.5, reach],
      [0, reach + 1],
      [-wide + 1.5, reach],
      [-wide - 0.3, reach * 0.6],
      [-wide, 0],
      [-9.4, 7],
      [-6, 12.2],
    ])
    behind.push(`<path d="${line(ring, true)}" fill="${hairFill}"/>`)
    if (hair.style === 'curls')
      for (let i = 0; i < 150; i++) {
        const angle = random() * Math.PI * 1.5 - Math.PI * 0.25
        const r = 7 + random() * 5.4
        const [x, y] = back(Math.cos(angle) * r, 2.5 + Math.sin(angle) * r)
        behind.push(
          `<circle cx="${x}" cy="${y}" r="${(0.8 + random()) * scale}" fill="${shade(hair.colour, random() * 0.5 - 0.35)}" opacity="0.85"/>`,
        )
      }
    else
      behind.push(
        strands(
          [
            at(back, [
              [-2, 13],
              [-9, 7],
              [-wide, -2],
              [-wide + 0.5, reach],
            ]),
            at(back, [
              [-2, 12],
              [-7, 6],
              [-7, -3],
              [-6, reach],
            ]),
          ],
          0.7,
          120,
        ) +
          strands(
            [
              at(back, [
                [2, 13],
                [9, 7],
                [wide, -2],
                [wide - 0.5, reach],
              ]),
              at(back, [
                [2, 12],
                [7, 6],
                [7, -3],
                [6, reach],
              ]),
            ],
            0.7,
            120,
          ),
      )
  }
  if (hair.style === 'bun') {
    const [x, y] = back(0, 14.2)
    behind.push(`<circle cx="${x}" cy="${y}" r="${3.6 * scale}" fill="${hairFill}"/>`)
  }
  const neck = at(raw, [
    [-5.4, -1],
    [-5.3, -8],
    [-6, -13.5],
    [-9, -16],
    [0, -20],
    [9, -16],
    [6, -13.5],
    [5.3, -8],
    [5.4, -1],
  ])
  behind.push(`<path d="${line(neck, true)}" fill="url(#neck)"/>`)
  behind.push(
    `<path d="${line(
      at(raw, [
        [-6, -7],
        [0, -13.4],
        [6, -7],
      ]),
    )}" fill="${shade(skin, -0.7)}" opacity="0.5" filter="url(#s12)"/>`,
  )
  dress(behind, { portrait, points, scale, at, raw, back, line, gradient })
  // Skull and ears.
  const skull = at(back, [
    [0, 12.4],
    [5.4, 10.6],
    [7.8, 6],
    [7.9, 0],
    [6.6, -5],
    [0, -7],
    [-6.6, -5],
    [-7.9, 0],
    [-7.8, 6],
    [-5.4, 10.6],
  ])
  behind.push(`<path d="${line(skull, true)}" fill="url(#skin)"/>`)
  for (const [side, edge] of [
    [-1, left],
    [1, right],
  ] as const) {
    const hidden = side * yaw
    if (hidden > 0.3 || ['bob', 'long', 'curls'].includes(hair.style)) continue
    const [x, y] = [edge[0] + side * scale * 0.35, edge[1] + 0.3 * scale]
    behind.push(
      `<ellipse cx="${x}" cy="${y}" rx="${1.25 * scale}" ry="${2.5 * scale}" fill="${shade(skin, side < 0 === litLeft ? -0.14 : -0.4)}" transform="rotate(${side * 8 + portrait.pose.roll} ${x} ${y})"/>`,
    )
    behind.push(
      `<ellipse cx="${x + side * 0.15 * scale}" cy="${y - 0.1 * scale}" rx="${0.6 * scale}" ry="${1.6 * scale}" fill="${shade(skin, -0.5)}" opacity="0.5" filter="url(#s4)" transform="rotate(${side * 8} ${x} ${y})"/>`,
    )
  }

  // --- Front
  const front: string[] = []
  const line10: readonly (readonly [number, number])[] =
    hair.style === 'side'
      ? [
          [-7.6, 2.2],
          [-6.9, 5.2],
          [-4, 7.3],
          [0.5, 8.3],
          [4, 9.2],
          [6.4, 7.4],
          [7.5, 2.6],
        ]
      : hair.style === 'grey-crop'
        ? [
            [-7.7, 1.4],
            [-6.8, 6.6],
            [-4.6, 9.6],
            [0, 9.1],
            [4.6, 9.6],
            [6.8, 6.6],
            [7.7, 1.4],
          ]
        : [
            [-7.6, 1.6],
            [-6.9, 5.4],
            [-3.6, 8.1],
            [0, 8.8],
            [3.6, 8.1],
            [6.9, 5.4],
            [7.6, 1.6],
          ]
  const lift = hair.style === 'grey-crop' ? 0.5 : hair.style === 'curls' ? 1.8 : 1.1
  if (hair.style !== 'bald') {
    const outer: readonly (readonly [number, number])[] = [
      [8.4, 1.6],
      [8.6 + lift * 0.3, 6.5],
      [6 + lift * 0.3, 11.4 + lift * 0.6],
      [0, 12.6 + lift],
      [-6 - lift * 0.3, 11.4 + lift * 0.6],
      [-8.6 - lift * 0.3, 6.5],
      [-8.4, 1.6],
    ]
    const inner = at(raw, line10)
    front.push(`<path d="${line([...inner, ...at(back, outer)], true)}" fill="${hairFill}"/>`)
    const parted = (t: number): [number, number][] =>
      line10.map(([a, b], i) => {
        const o = outer[outer.length - 1 - i] as readonly [number, number]
        const from = raw(a, b)
        const to = back(o[0], o[1])
        return [from[0] * (1 - t) + to[0] * t, from[1] * (1 - t) + to[1] * t]
      })
    if (hair.style === 'curls')
      for (let i = 0; i < 130; i++) {
        const row = parted(0.1 + random() * 0.95)
        const k = Math.floor(random() * (row.length - 1))
        const f = random()
        const [x, y] = [0, 1].map(
          (c) => (row[k]?.[c as 0 | 1] ?? 0) * (1 - f) + (row[k + 1]?.[c as 0 | 1] ?? 0) * f,
        ) as [number, number]
        front.push(
          `<circle cx="${x}" cy="${y}" r="${(0.55 + random() * 0.75) * scale}" fill="${shade(hair.colour, random() * 0.5 - 0.3)}" opacity="0.9"/>`,
        )
      }
    else front.push(strands([parted(0.05), parted(0.35), parted(0.65), parted(0.95)], 0.5, 170))
    if (['bob', 'long'].includes(hair.style)) {
      const end = hair.style === 'bob' ? -9 : -19
      for (const side of [-1, 1]) {
        const lock: readonly (readonly [number, number])[] = [
          [side * 7, 6.4],
          [side * 7.4, 1],
          [side * 7.2, -5],
          [side * (hair.style === 'bob' ? 6.2 : 8), end],
          [side * 10, end + 0.6],
          [side * 10.4, -4],
          [side * 9.6, 3],
          [side * 8.4, 8],
        ]
        front.push(`<path d="${line(at(raw, lock), true)}" fill="${hairFill}"/>`)
        front.push(
          strands(
            [
              at(raw, [
                [side * 7.6, 7],
                [side * 8, 1],
                [side * 7.7, -5],
                [side * 8, end + 0.5],
              ]),
              at(raw, [
                [side * 8.2, 8],
                [side * 9.8, 2],
                [side * 10, -4],
                [side * 9.6, end + 0.8],
              ]),
            ],
            0.5,
            60,
          ),
        )
      }
    }
    if (hair.style === 'braids')
      for (const side of [-1, 1])
        for (let i = 0; i < 9; i++) {
          const [x, y] = raw(side * (8.4 + i * 0.15), 0.5 - i * 2.2)
          front.push(
            `<ellipse cx="${x}" cy="${y}" rx="${1.5 * scale}" ry="${1.35 * scale}" fill="${shade(hair.colour, i % 2 === 0 ? 0.12 : -0.12)}" transform="rotate(${side * 25} ${x} ${y})"/>`,
          )
        }
  }
  wear(front, { portrait, points, scale, at, raw, back, line, gradient })
  return {
    ground: svg(groundOf(ground, width, height, random)),
    behind: svg(behind.join('')),
    front: svg(front.join('')),
  }
}
