import type { Pixels } from './pixels.ts'
import type { WarpMap } from './warp.ts'

/** Gains of red, green and blue on a coarse grid over the rectangle; between its nodes they are interpolated. */
export interface Relight {
  readonly columns: number
  readonly rows: number
  /** Pixels a cell. */
  readonly cell: number
  /** `r, g, b` per cell. */
  readonly gain: Float32Array
}

/** Cells along the longer side. */
const cells = 48

/** Lightness may change this much, colour as a whole this much, and from place to place only little: see below. */
const limits = { light: [0.3, 3], tint: [0.55, 1.8], local: [0.9, 1.11] } as const

const clamp = (value: number, [least, most]: readonly [number, number]) => Math.min(most, Math.max(least, value))

/**
 * How the warped face must be lit to belong into the target: the quotient of both pictures' low frequencies (after
 * Shashua & Riklin-Raviv 2001), over skin alone. Lightness follows from place to place; colour is matched as a whole and
 * follows only by a tenth, or two coloured lamps in the selfie become a rainbow on the target.
 */
export function relight(target: Pixels, warped: Uint8ClampedArray, map: WarpMap): Relight {
  const { rect } = map
  const cell = Math.max(1, Math.ceil(Math.max(rect.width, rect.height) / cells))
  const columns = Math.ceil(rect.width / cell)
  const rows = Math.ceil(rect.height / cell)
  // Per cell: weight, then red, green, blue of target and of warped source, all times the weight.
  const sums = new Float32Array(columns * rows * 7)
  const step = cell > 4 ? 2 : 1
  for (let y = 0; y < rect.height; y += step) {
    const row = Math.floor(y / cell) * columns
    for (let x = 0; x < rect.width; x += step) {
      const i = y * rect.width + x
      const weight = (map.skin[i] as number) * (map.alpha[i] as number)
      if (weight < 0.02) continue
      const to = (row + Math.floor(x / cell)) * 7
      const t = ((y + rect.top) * target.width + x + rect.left) * 4
      sums[to] = (sums[to] as number) + weight
      for (let c = 0; c < 3; c++) {
        sums[to + 1 + c] = (sums[to + 1 + c] as number) + weight * (target.data[t + c] as number)
        sums[to + 4 + c] = (sums[to + 4 + c] as number) + weight * (warped[4 * i + c] as number)
      }
    }
  }
  const all = new Float64Array(7)
  for (let i = 0; i < sums.length; i++) all[i % 7] = (all[i % 7] as number) + (sums[i] as number)
  const total = (all[0] as number) || 1
  // A few levels more on both sides: quotients of near-black mean nothing.
  const mean = (i: number) => (all[i] as number) / total + 6
  const light = (r: number, g: number, b: number) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const whole = light(mean(1), mean(2), mean(3)) / light(mean(4), mean(5), mean(6))
  const tint = [0, 1, 2].map((c) => clamp(mean(1 + c) / mean(4 + c) / whole, limits.tint))
  const blurred = blur(sums, columns, rows, Math.max(1, Math.round(Math.max(columns, rows) * 0.07)))
  const gain = new Float32Array(columns * rows * 3)
  for (let i = 0; i < columns * rows; i++) {
    // Where no skin is near, the whole face's values take over.
    const near = (blurred[7 * i] as number) + 0.004 * total
    const value = (n: number) => ((blurred[7 * i + n] as number) + 0.004 * (all[n] as number)) / near + 6
    const local = clamp(light(value(1), value(2), value(3)) / light(value(4), value(5), value(6)), limits.light)
    for (let c = 0; c < 3; c++) {
      const colour =
        (tint[c] as number) * clamp(value(1 + c) / value(4 + c) / local / (tint[c] as number), limits.local)
      gain[3 * i + c] = local * colour
    }
  }
  return { columns, rows, cell, gain }
}

/** Three box blurs, close to a Gaussian, along both directions. */
function blur(sums: Float32Array, columns: number, rows: number, radius: number): Float32Array {
  let from = sums
  for (let round = 0; round < 3; round++) {
    from = boxed(from, columns, rows, 7, columns * 7, radius)
    from = boxed(from, rows, columns, columns * 7, 7, radius)
  }
  return from
}

/** One box blur along lines of `length` values `along` apart; `lines` lines `across` apart. */
function boxed(
  from: Float32Array,
  length: number,
  lines: number,
  along: number,
  across: number,
  radius: number,
): Float32Array {
  const to = new Float32Array(from.length)
  for (let line = 0; line < lines; line++)
    for (let c = 0; c < 7; c++) {
      const base = line * across + c
      let sum = 0
      for (let i = 0; i < Math.min(radius, length); i++) sum += from[base + i * along] as number
      for (let i = 0; i < length; i++) {
        if (i + radius < length) sum += from[base + (i + radius) * along] as number
        if (i - radius - 1 >= 0) sum -= from[base + (i - radius - 1) * along] as number
        to[base + i * along] = sum / (2 * radius + 1)
      }
    }
  return to
}
