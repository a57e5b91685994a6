import { POSITIONS } from './whisper.ts'

/** Seconds of one encoder position. */
export const POSITION_SECONDS = 0.02

/**
 * When each row begins, in seconds of the window: dynamic time warping over the attention of the heads that follow the
 * speech, normalised over the rows and smoothed in time, as OpenAI's `timing.py` does. `rows` are in order; each holds
 * `heads` stretches of {@link POSITIONS}. The result has one time per row and does not fall.
 */
export function rowTimes(rows: readonly Float32Array[], heads: number, seconds: number): number[] {
  const width = Math.max(1, Math.min(POSITIONS, Math.ceil(seconds / POSITION_SECONDS)))
  const cost = new Float64Array(rows.length * width)
  const column = new Float64Array(rows.length)
  for (let head = 0; head < heads; head += 1) {
    const plane = new Float64Array(rows.length * width)
    for (let t = 0; t < width; t += 1) {
      let mean = 0
      for (let r = 0; r < rows.length; r += 1) {
        column[r] = rows[r]?.[head * POSITIONS + t] as number
        mean += (column[r] as number) / rows.length
      }
      let variance = 0
      for (let r = 0; r < rows.length; r += 1) variance += ((column[r] as number) - mean) ** 2 / rows.length
      const deviation = Math.sqrt(variance) || 1
      for (let r = 0; r < rows.length; r += 1) plane[r * width + t] = ((column[r] as number) - mean) / deviation
    }
    for (let r = 0; r < rows.length; r += 1) {
      const row = plane.subarray(r * width, (r + 1) * width)
      for (let t = 0; t < width; t += 1) {
        const at = r * width + t
        cost[at] = (cost[at] as number) - median7(row, t) / heads
      }
    }
  }
  return warp(cost, rows.length, width).map((position) => position * POSITION_SECONDS)
}

const near = new Float64Array(7)

/** Median of seven values around `t`, the ends repeated by reflection. */
function median7(row: Float64Array, t: number): number {
  const last = row.length - 1
  for (let k = -3; k <= 3; k += 1) {
    const at = t + k
    near[k + 3] = row[Math.max(0, Math.min(last, at < 0 ? -at : at > last ? 2 * last - at : at))] as number
  }
  near.sort()
  return near[3] as number
}

/** Cheapest monotone path through `cost` (rows x width); the first position of each row on it. */
function warp(cost: Float64Array, rows: number, width: number): number[] {
  const total = new Float64Array(rows * width)
  const came = new Uint8Array(rows * width) // 0 diagonal, 1 from the row before, 2 from the position before
  for (let r = 0; r < rows; r += 1) {
    for (let t = 0; t < width; t += 1) {
      const at = r * width + t
      let best = r === 0 && t === 0 ? 0 : Number.POSITIVE_INFINITY
      if (r > 0 && t > 0) best = total[at - width - 1] as number
      if (r > 0 && (total[at - width] as number) < best) {
        best = total[at - width] as number
        came[at] = 1
      }
      if (t > 0 && (total[at - 1] as number) < best) {
        best = total[at - 1] as number
        came[at] = 2
      }
      total[at] = (cost[at] as number) + best
    }
  }
  const starts = new Array<number>(rows).fill(0)
  let r = rows - 1
  let t = width - 1
  for (;;) {
    starts[r] = t
    if (r === 0 && t === 0) break
    const way = came[r * width + t]
    if (way !== 2) r -= 1
    if (way !== 1) t -= 1
  }
  return starts
}
