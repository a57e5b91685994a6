import { keepsOf, mergeRanges, subtractRanges } from './cut.ts'
import type { TimeRange } from './transcript.ts'

/**
 * The order in which a recording is heard, as ranges of its own time. Ranges that are not in the list follow it where they
 * always did, so an empty list is the recording as it is. A list tiles the whole recording once it was made by
 * {@link moveRange}.
 */
export type Order = readonly TimeRange[]

const joined = (order: Order): TimeRange[] => {
  const out: { start: number; end: number }[] = []
  for (const range of order) {
    if (!(range.end > range.start)) continue
    const last = out.at(-1)
    if (last !== undefined && last.end === range.start) last.end = range.end
    else out.push({ start: range.start, end: range.end })
  }
  return out
}

/** The whole recording, in order. */
export function wholeOrder(order: Order, duration: number): TimeRange[] {
  const whole = [{ start: 0, end: duration }]
  const own = joined(order.map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, duration) })))
  return joined([...own, ...subtractRanges(whole, own)])
}

/** The order with everything of `[range.start, range.end)` taken out and put in before the moment `before` of the recording (its end: at the end of what is heard). A moment within the range changes nothing. */
export function moveRange(order: Order, range: TimeRange, before: number, duration: number): TimeRange[] {
  const whole = wholeOrder(order, duration)
  if (!(range.end > range.start) || (before >= range.start && before < range.end)) return whole
  const moved = whole.flatMap((part) => intersect(part, range))
  const rest = whole.flatMap((part) => subtractRanges([part], [range]))
  const out: TimeRange[] = []
  let placed = false
  for (const part of rest) {
    if (!placed && part.start <= before && before < part.end) {
      out.push({ start: part.start, end: before }, ...moved, { start: before, end: part.end })
      placed = true
    } else out.push(part)
  }
  return joined(placed ? out : [...out, ...moved])
}

function intersect(a: TimeRange, b: TimeRange): TimeRange[] {
  const start = Math.max(a.start, b.start)
  const end = Math.min(a.end, b.end)
  return end > start ? [{ start, end }] : []
}

/** What is heard, in order: the order without the cuts. Without an order, the keeps. */
export function heardOf(order: Order, cuts: readonly TimeRange[], duration: number): TimeRange[] {
  if (order.length === 0) return keepsOf(cuts, duration)
  const gone = mergeRanges(cuts)
  return joined(wholeOrder(order, duration).flatMap((part) => subtractRanges([part], gone)))
}

/** Whether the recording is heard as it was recorded. */
export function isInOrder(order: Order, duration: number): boolean {
  return wholeOrder(order, duration).length <= 1
}
