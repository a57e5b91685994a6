/** Moments of an arrangement that an edge is drawn to: words, edges of clips, the playhead. Pure; runs in the page, too. */
import { type Arrangement, isLooped } from './arrangement.ts'
import { type ClipPlace, clipEnd, tick } from './arrangement-edit.ts'

/** When each word of a source begins and ends, on the source's own clock. */
export interface WordTimes {
  readonly start: number
  readonly end: number
}

/** What edges are drawn to. */
export interface SnapTo {
  readonly playhead?: number
  /** Words by source, where they are known. */
  readonly words?: ReadonlyMap<number, readonly WordTimes[]>
  /** The clip that is being moved: it is not drawn to itself. */
  readonly except?: ClipPlace
}

/** The moments of the result, in order, each once: the beginning, edges of clips, words that are played, the playhead. */
export function snapTargets(arrangement: Arrangement, { playhead, words, except }: SnapTo): number[] {
  const found = new Set<number>([0])
  if (playhead !== undefined) found.add(tick(playhead))
  for (const [track, { clips }] of arrangement.tracks.entries())
    for (const [index, clip] of clips.entries()) {
      if (except && except.track === track && except.clip === index) continue
      found.add(tick(clip.at))
      found.add(tick(clipEnd(clip)))
      if (typeof clip.source !== 'number' || isLooped(clip)) continue
      for (const word of words?.get(clip.source) ?? [])
        for (const time of [word.start, word.end])
          if (time > clip.from && time < clip.to) found.add(tick(time - clip.from + clip.at))
    }
  return [...found].sort((a, b) => a - b)
}

/** The words that a clip plays, as moments of the result: what its own edges are drawn to when it is trimmed or split. */
export function wordEdges(clip: { from: number; at: number }, words: readonly WordTimes[]): number[] {
  return words.flatMap(({ start, end }) => [tick(start - clip.from + clip.at), tick(end - clip.from + clip.at)])
}

/** The target nearest to `time`, if one is within `reach` seconds; else `time` as it is. */
export function snapped(targets: readonly number[], time: number, reach: number): number {
  const near = nearest(targets, time)
  return near !== undefined && Math.abs(near - time) <= reach ? near : time
}

/** Where a clip of `length` that is moved to `at` goes: the nearer of its two edges is drawn to a target. */
export function snappedMove(targets: readonly number[], at: number, length: number, reach: number): number {
  const begin = snapped(targets, at, reach)
  const end = snapped(targets, at + length, reach) - length
  if (end === at || end < 0) return begin
  if (begin === at) return end
  return Math.abs(end - at) < Math.abs(begin - at) ? end : begin
}

/** The next target after `time` (or before it, with -1); undefined where there is none. */
export function nextTarget(targets: readonly number[], time: number, way: 1 | -1): number | undefined {
  return way === 1 ? targets.find((one) => one > time + 1e-6) : targets.findLast((one) => one < time - 1e-6)
}

function nearest(targets: readonly number[], time: number): number | undefined {
  let [low, high] = [0, targets.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((targets[middle] as number) < time) low = middle + 1
    else high = middle
  }
  const [before, after] = [targets[low - 1], targets[low]]
  if (before === undefined) return after
  if (after === undefined) return before
  return time - before <= after - time ? before : after
}
