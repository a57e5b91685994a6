/** Segments as they come in: each in its place, one that comes again replaces what it covers. Pure. */
import type { Segment } from '../api/api.ts'

/** The list with this segment in it, in order of time. */
export function withSegment(list: readonly Segment[], segment: Segment): readonly Segment[] {
  const rest = list.filter((old) => old.end <= segment.start || old.start >= segment.end)
  const at = rest.findIndex((old) => old.start > segment.start)
  return at < 0 ? [...rest, segment] : [...rest.slice(0, at), segment, ...rest.slice(at)]
}
