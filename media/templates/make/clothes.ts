import { shade } from './portrait.ts'
import type { Frame } from './wear.ts'

/** Shoulders and what is on them. */
export function dress(behind: string[], { portrait, scale, at, raw, back, line }: Frame): void {
  const { clothes } = portrait
  const cloth = (inside: readonly (readonly [number, number])[]) =>
    `<path d="${line(
      [
        ...at(raw, [
          [-7, -13],
          [-14, -15.8],
          [-19.5, -19],
          [-21.5, -29],
          [-22, -48],
          [22, -48],
          [21.5, -29],
          [19.5, -19],
          [14, -15.8],
          [7, -13],
        ]),
        ...at(raw, inside),
      ],
      true,
    )}" fill="url(#cloth)"/>`
  const fold = (list: readonly (readonly [number, number])[], amount: number, w = 0.9) =>
    `<path d="${line(at(raw, list))}" fill="none" stroke="${shade(clothes.colour, amount)}" stroke-width="${w * scale}" stroke-linecap="round" opacity="0.5" filter="url(#s4)"/>`
  switch (clothes.style) {
    case 'round':
      behind.push(
        cloth([
          [4.5, -17],
          [0, -18.6],
          [-4.5, -17],
        ]),
      )
      behind.push(
        `<path d="${line(
          at(raw, [
            [-7, -13.4],
            [-4.5, -17.2],
            [0, -18.8],
            [4.5, -17.2],
            [7, -13.4],
          ]),
        )}" fill="none" stroke="${clothes.second}" stroke-width="${0.9 * scale}"/>`,
      )
      break
    case 'collar':
      behind.push(
        cloth([
          [2, -20],
          [0, -24],
          [-2, -20],
        ]),
      )
      behind.push(
        `<path d="M${at(raw, [
          [-6.6, -12],
          [0, -21.5],
          [-5.5, -24],
          [-9.5, -15],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z M${at(raw, [
          [6.6, -12],
          [0, -21.5],
          [5.5, -24],
          [9.5, -15],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z" fill="${clothes.second}" stroke="${shade(clothes.second, -0.3)}" stroke-width="2"/>`,
      )
      break
    case 'suit':
      behind.push(
        `<path d="M${at(raw, [
          [-7, -12.5],
          [0, -30],
          [7, -12.5],
          [3, -14],
          [0, -17],
          [-3, -14],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z" fill="#eeeae2"/>`,
      )
      behind.push(
        `<path d="M${at(raw, [
          [-1.3, -17.5],
          [1.3, -17.5],
          [1, -20],
          [2, -40],
          [-2, -40],
          [-1, -20],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z" fill="${clothes.second}"/>`,
      )
      behind.push(
        cloth([
          [6, -16],
          [3.5, -30],
          [2, -46],
          [-2, -46],
          [-3.5, -30],
          [-6, -16],
        ]),
      )
      behind.push(
        `<path d="M${at(raw, [
          [-7.4, -12.4],
          [-11, -19],
          [-8, -21],
          [-2, -34],
          [-4.4, -20],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z M${at(raw, [
          [7.4, -12.4],
          [11, -19],
          [8, -21],
          [2, -34],
          [4.4, -20],
        ])
          .map((q) => q.join(' '))
          .join('L')}Z" fill="${shade(clothes.colour, -0.25)}"/>`,
      )
      break
    case 'hood': {
      behind.unshift(
        `<path d="${line(
          at(back, [
            [0, 15.6],
            [8, 13.4],
            [12, 6],
            [13, -3],
            [14, -14],
            [0, -18],
            [-14, -14],
            [-13, -3],
            [-12, 6],
            [-8, 13.4],
          ]),
          true,
        )}" fill="${shade(clothes.colour, -0.35)}"/>`,
      )
      behind.push(
        cloth([
          [4, -18],
          [0, -20],
          [-4, -18],
        ]),
      )
      break
    }
    case 'robe':
      behind.push(
        cloth([
          [2, -24],
          [0, -30],
          [-2, -24],
        ]),
      )
      behind.push(
        `<path d="${line(
          at(raw, [
            [-7.5, -12.8],
            [-3, -22],
            [4, -40],
          ]),
        )}" fill="none" stroke="${clothes.second}" stroke-width="${2.2 * scale}"/><path d="${line(
          at(raw, [
            [7.5, -12.8],
            [3, -22],
            [-4, -40],
          ]),
        )}" fill="none" stroke="${clothes.second}" stroke-width="${2.2 * scale}"/>`,
      )
      break
  }
  behind.push(
    fold(
      [
        [-14, -18],
        [-12, -26],
        [-13, -40],
      ],
      -0.55,
    ),
    fold(
      [
        [13, -18],
        [12, -28],
        [14, -40],
      ],
      -0.55,
    ),
    fold(
      [
        [-9, -19],
        [-7, -30],
        [-8, -42],
      ],
      0.3,
      0.6,
    ),
    fold(
      [
        [9, -19],
        [8, -30],
        [9, -42],
      ],
      -0.4,
      0.7,
    ),
  )
}
