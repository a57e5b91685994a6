import type { Place } from './layers.ts'
import { type Portrait, shade } from './portrait.ts'

/** What drawing on a head needs. */
export interface Frame {
  readonly portrait: Portrait
  readonly points: Float32Array
  readonly scale: number
  readonly at: (place: Place, list: readonly (readonly [number, number])[]) => [number, number][]
  readonly raw: Place
  readonly back: Place
  readonly line: (places: readonly [number, number][], close?: boolean) => string
  readonly gradient: (id: string, from: string, to: string, flat?: boolean) => string
}

/** Glasses and hats. */
export function wear(front: string[], { portrait, points, scale, at, raw, back, line, gradient }: Frame): void {
  const p = (n: number): [number, number] => [points[3 * n] as number, points[3 * n + 1] as number]
  const [left, right] = [p(234), p(454)]
  if (portrait.glasses !== undefined) {
    const lens = (a: number, b: number) => {
      const [x, y] = [(p(a)[0] + p(b)[0]) / 2, (p(a)[1] + p(b)[1]) / 2]
      const w = Math.max(1.6 * scale, Math.hypot(p(a)[0] - p(b)[0], p(a)[1] - p(b)[1]) * 0.86)
      return { x, y: y + 0.25 * scale, w, h: 2 * scale }
    }
    const [l, r] = [lens(33, 133), lens(362, 263)]
    for (const one of [l, r])
      front.push(
        `<rect x="${one.x - one.w}" y="${one.y - one.h}" width="${2 * one.w}" height="${2 * one.h}" rx="${one.h * 0.8}" fill="#cfe6f4" fill-opacity="0.06" stroke="${portrait.glasses}" stroke-width="${0.36 * scale}" transform="rotate(${portrait.pose.roll} ${one.x} ${one.y})"/>`,
      )
    front.push(
      `<path d="M${l.x + l.w} ${l.y - 0.3 * scale}Q${(l.x + r.x) / 2} ${(l.y + r.y) / 2 - 1.1 * scale} ${r.x - r.w} ${r.y - 0.3 * scale} M${l.x - l.w} ${l.y - 0.4 * scale}L${left[0]} ${left[1] - 0.6 * scale} M${r.x + r.w} ${r.y - 0.4 * scale}L${right[0]} ${right[1] - 0.6 * scale}" fill="none" stroke="${portrait.glasses}" stroke-width="${0.34 * scale}"/>`,
    )
  }
  if (portrait.hat !== undefined) {
    const { style, colour } = portrait.hat
    const fill = gradient('hat', shade(colour, 0.22), shade(colour, -0.4))
    front.push(`<defs>${fill}</defs>`)
    if (style === 'crown') {
      const spikes: [number, number][] = [
        [-7.6, 8.6],
        [-8.4, 15.4],
        [-5, 12],
        [-3, 17],
        [0, 12.6],
        [3, 17],
        [5, 12],
        [8.4, 15.4],
        [7.6, 8.6],
      ]
      front.push(
        `<path d="M${at(back, spikes)
          .map((q) => q.join(' '))
          .join(
            'L',
          )}Q${back(0, 7.4).join(' ')} ${back(-7.6, 8.6).join(' ')}Z" fill="url(#hat)" stroke="${shade(colour, -0.4)}" stroke-width="3"/>`,
      )
      for (const [a, b] of [
        [-5, 9.8],
        [0, 9.2],
        [5, 9.8],
      ] as const) {
        const [x, y] = back(a, b)
        front.push(
          `<circle cx="${x}" cy="${y}" r="${0.75 * scale}" fill="#a8243c"/><circle cx="${x - 3}" cy="${y - 3}" r="${0.2 * scale}" fill="#fff" opacity="0.8"/>`,
        )
      }
    } else if (style === 'beret')
      front.push(
        `<path d="${line(
          at(back, [
            [-8.6, 8],
            [-10.5, 11],
            [-7, 15],
            [1, 16.4],
            [9.6, 13.6],
            [10.4, 9.6],
            [8.4, 7.6],
            [0, 9.6],
          ]),
          true,
        )}" fill="url(#hat)"/>`,
      )
    else if (style === 'straw')
      front.push(
        `<path d="${line(
          at(back, [
            [-8, 8.4],
            [-7.4, 13],
            [-4, 16.6],
            [0, 17.2],
            [4, 16.6],
            [7.4, 13],
            [8, 8.4],
          ]),
        )}Z" fill="url(#hat)"/><path d="${line(
          at(back, [
            [-17, 6.4],
            [-9, 9.6],
            [0, 10.4],
            [9, 9.6],
            [17, 6.4],
            [9, 7],
            [0, 8],
            [-9, 7],
          ]),
          true,
        )}" fill="url(#hat)" stroke="${shade(colour, -0.35)}" stroke-width="2"/><path d="${line(
          at(back, [
            [-8, 9.6],
            [0, 11.2],
            [8, 9.6],
          ]),
        )}" fill="none" stroke="#9c3a30" stroke-width="${1.6 * scale}"/>`,
      )
    else
      front.push(
        `<path fill-rule="evenodd" d="${line(
          at(raw, [
            [0, 16.5],
            [10, 13.5],
            [14.4, 4],
            [13.6, -7],
            [8, -13],
            [0, -14.6],
            [-8, -13],
            [-13.6, -7],
            [-14.4, 4],
            [-10, 13.5],
          ]),
          true,
        )}${line(
          at(raw, [
            [0, 12.6],
            [7.6, 10.4],
            [10.4, 3],
            [9.6, -6],
            [5.6, -11],
            [0, -12.4],
            [-5.6, -11],
            [-9.6, -6],
            [-10.4, 3],
            [-7.6, 10.4],
          ]),
          true,
        )}" fill="url(#hat)" stroke="${shade(colour, -0.5)}" stroke-width="3"/><path d="${line(
          at(raw, [
            [-9.4, 9],
            [-11.6, 3],
            [-11, -5],
          ]),
        )}" fill="none" stroke="#fff" stroke-width="${0.7 * scale}" opacity="0.7" stroke-linecap="round"/>`,
      )
  }
}
