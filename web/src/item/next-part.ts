/** Playing what is left of a recording, in the order it is to be heard in. Pure. */
import type { TimeRange } from '@sotto/media/words'

/** A frame or two after the end of a part still counts as its end; later it was a person who went there. Seconds. */
const LATE = 0.3

/**
 * What to do at a moment of the recording. `part` is where one is now (-1: not known); `to` is where to go (null: it is
 * over), absent where to go on.
 */
export function nextPart(
  heard: readonly TimeRange[],
  part: number,
  time: number,
): { part: number; to?: number | null } {
  const now = heard[part]
  if (now && time >= now.start - 0.05 && time < now.end) return { part }
  if (now && time >= now.end && time < now.end + LATE) {
    const next = heard[part + 1]
    if (!next) return { part: -1, to: null }
    return next.start === now.end ? { part: part + 1 } : { part: part + 1, to: next.start }
  }
  const here = heard.findIndex((one) => one.start <= time && time < one.end)
  if (here >= 0) return { part: here }
  // In a cut: on to what follows it in the recording.
  let next = -1
  for (const [index, one] of heard.entries())
    if (one.start > time && (next < 0 || one.start < (heard[next]?.start ?? 0))) next = index
  return next < 0 ? { part: -1, to: null } : { part: next, to: heard[next]?.start ?? 0 }
}
