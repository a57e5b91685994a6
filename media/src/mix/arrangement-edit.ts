/**
 * Editing several tracks, as functions of plain values: what was before stays as it is, so undo is exact. Where nothing
 * changes the same value comes back. On one track clips never lie over each other. No I/O: runs in the page, too.
 */
import { type Arrangement, type Clip, clipLength, type Ducking, isLooped, type Track } from './arrangement.ts'

/** Which clip: places in `tracks` and in its `clips`. A place stays while clips are moved or trimmed. */
export interface ClipPlace {
  readonly track: number
  readonly clip: number
}

/** What came of an edit, and where the clip is that it was about. */
export interface Edited {
  readonly arrangement: Arrangement
  readonly place: ClipPlace
}

/** Shortest clip, seconds: more than the rise and fall that keep its ends from clicking. */
export const LEAST_CLIP = 0.05
const NEAR = 1e-9

/** Whole microseconds: sums of them stay equal where they should be. */
export function tick(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

/** When a clip ends in the result. */
export function clipEnd(clip: Clip): number {
  return clip.at + clipLength(clip)
}

/** The clip at a place. */
export function clipAt(arrangement: Arrangement, place: ClipPlace): Clip | undefined {
  return arrangement.tracks[place.track]?.clips[place.clip]
}

/** Whether two clips of one track lie over each other. */
export function overlaps(arrangement: Arrangement): boolean {
  return arrangement.tracks.some(({ clips }) => {
    const order = [...clips].sort((a, b) => a.at - b.at)
    return order.some((clip, i) => i > 0 && clipEnd(order[i - 1] as Clip) > clip.at + 1e-6)
  })
}

function withClips(arrangement: Arrangement, track: number, clips: readonly Clip[]): Arrangement {
  return { ...arrangement, tracks: arrangement.tracks.map((one, i) => (i === track ? { ...one, clips } : one)) }
}

function withClip(arrangement: Arrangement, place: ClipPlace, clip: Clip): Arrangement {
  const clips = arrangement.tracks[place.track]?.clips ?? []
  return withClips(
    arrangement,
    place.track,
    clips.map((one, i) => (i === place.clip ? clip : one)),
  )
}

/** A clip of this length: a looped one lasts longer or shorter, any other plays more or less of its sound. */
function lasting(clip: Clip, length: number): Clip {
  const { length: _, ...rest } = clip
  return isLooped(clip)
    ? { ...rest, length: tick(length), ...(typeof clip.source === 'number' ? { loop: true } : {}) }
    : { ...rest, to: clip.from + length }
}

/** Fades that fit into the clip, the one that was just set before the other. */
function fitting(clip: Clip, first: 'fadeIn' | 'fadeOut' = 'fadeIn'): Clip {
  const length = clipLength(clip)
  const second = first === 'fadeIn' ? 'fadeOut' : 'fadeIn'
  const one = Math.min(clip[first] ?? 0, length)
  const two = Math.min(clip[second] ?? 0, Math.max(0, length - one))
  const { fadeIn: _in, fadeOut: _out, ...rest } = clip
  return { ...rest, ...(one > 0 ? { [first]: tick(one) } : {}), ...(two > 0 ? { [second]: tick(two) } : {}) }
}

/** Whether a clip can be split at a moment of the result: within it, not too near its ends, and in no fade of it. */
export function canSplit(clip: Clip, time: number): boolean {
  const gone = tick(time - clip.at)
  const left = clipLength(clip) - gone
  return gone >= Math.max(LEAST_CLIP, clip.fadeIn ?? 0) && left >= Math.max(LEAST_CLIP, clip.fadeOut ?? 0)
}

/** Two clips of one, which sound like the one. The place is that of the second. Undefined where {@link canSplit} says no. */
export function splitClip(arrangement: Arrangement, place: ClipPlace, time: number): Edited | undefined {
  const clip = clipAt(arrangement, place)
  if (!clip || !canSplit(clip, time)) return undefined
  const gone = tick(time - clip.at)
  const left = clipLength(clip) - gone
  const { fadeIn: _in, ...begun } = clip
  const { fadeOut: _out, ...ending } = clip
  const later = isLooped(clip)
    ? { ...begun, at: clip.at + gone, offset: tick((clip.offset ?? 0) + gone) }
    : { ...begun, at: clip.at + gone, from: clip.from + gone }
  const clips = [...(arrangement.tracks[place.track]?.clips ?? [])]
  clips.splice(place.clip, 1, lasting(ending, gone), lasting(later, left))
  return {
    arrangement: withClips(arrangement, place.track, clips),
    place: { track: place.track, clip: place.clip + 1 },
  }
}

/** How far a clip may reach without lying over its neighbours. */
function room(arrangement: Arrangement, place: ClipPlace, clip: Clip): { start: number; end: number } {
  let [start, end] = [0, Number.POSITIVE_INFINITY]
  for (const [index, other] of (arrangement.tracks[place.track]?.clips ?? []).entries()) {
    if (index === place.clip) continue
    if (clipEnd(other) <= clip.at + NEAR) start = Math.max(start, clipEnd(other))
    else if (other.at >= clipEnd(clip) - NEAR) end = Math.min(end, other.at)
  }
  return { start, end }
}

/** The clip begins at `time` and ends where it did; as early as its sound and its neighbour allow. */
export function trimStart(arrangement: Arrangement, place: ClipPlace, time: number): Arrangement {
  const clip = clipAt(arrangement, place)
  if (!clip) return arrangement
  const end = clipEnd(clip)
  const looped = isLooped(clip)
  const earliest = Math.max(room(arrangement, place, clip).start, looped ? 0 : clip.at - clip.from)
  const at = Math.min(end - LEAST_CLIP, Math.max(earliest, tick(time)))
  const by = at - clip.at
  if (Math.abs(by) < NEAR) return arrangement
  const moved = looped
    ? { ...clip, at, offset: Math.max(0, tick((clip.offset ?? 0) + by)), length: tick(end - at) }
    : { ...clip, at, from: Math.max(0, clip.from + by) }
  return withClip(arrangement, place, fitting(looped ? lasting(moved, end - at) : moved, 'fadeOut'))
}

/** The clip ends at `time`; as late as its sound (`duration` seconds long) and its neighbour allow. */
export function trimEnd(
  arrangement: Arrangement,
  place: ClipPlace,
  time: number,
  duration = Number.POSITIVE_INFINITY,
): Arrangement {
  const clip = clipAt(arrangement, place)
  if (!clip) return arrangement
  const sound = isLooped(clip) ? Number.POSITIVE_INFINITY : clip.at + Math.max(clip.to, duration) - clip.from
  const end = Math.max(clip.at + LEAST_CLIP, Math.min(tick(time), sound, room(arrangement, place, clip).end))
  if (Math.abs(end - clipEnd(clip)) < NEAR) return arrangement
  return withClip(arrangement, place, fitting(lasting(clip, end - clip.at)))
}

/** Where on a track a clip of this length lies free, nearest to `at`. */
export function freePlace(clips: readonly Clip[], length: number, at: number): number {
  const order = [...clips].sort((a, b) => a.at - b.at)
  let best = Number.POSITIVE_INFINITY
  let start = 0
  for (const next of [...order, undefined]) {
    const end = next?.at ?? Number.POSITIVE_INFINITY
    if (end - start >= length - NEAR) {
      const here = Math.max(start, Math.min(at, end - length))
      if (Math.abs(here - at) < Math.abs(best - at)) best = here
    }
    start = Math.max(start, next === undefined ? start : clipEnd(next))
  }
  return best
}

/** The clip elsewhere: at another time, on another track; where it would lie over others, as near as there is room. */
export function moveClip(
  arrangement: Arrangement,
  place: ClipPlace,
  to: { readonly at: number; readonly track?: number },
): Edited {
  const clip = clipAt(arrangement, place)
  const track = to.track ?? place.track
  const target = arrangement.tracks[track]
  if (!clip || !target) return { arrangement, place }
  const others = track === place.track ? target.clips.filter((_, i) => i !== place.clip) : target.clips
  const at = freePlace(others, clipLength(clip), Math.max(0, tick(to.at)))
  if (track === place.track) {
    if (Math.abs(at - clip.at) < NEAR) return { arrangement, place }
    return { arrangement: withClip(arrangement, place, { ...clip, at }), place }
  }
  const without = removeClip(arrangement, place)
  return {
    arrangement: withClips(without, track, [...target.clips, { ...clip, at }]),
    place: { track, clip: target.clips.length },
  }
}

/** Without the clip; what comes after it stays where it is. */
export function removeClip(arrangement: Arrangement, place: ClipPlace): Arrangement {
  if (!clipAt(arrangement, place)) return arrangement
  const clips = arrangement.tracks[place.track]?.clips ?? []
  return withClips(
    arrangement,
    place.track,
    clips.filter((_, i) => i !== place.clip),
  )
}

/** With one more clip on a track, as near to its time as there is room. */
export function addClip(arrangement: Arrangement, track: number, clip: Clip): Edited {
  const clips = arrangement.tracks[track]?.clips
  if (!clips) return { arrangement, place: { track, clip: 0 } }
  const at = freePlace(clips, clipLength(clip), Math.max(0, tick(clip.at)))
  return {
    arrangement: withClips(arrangement, track, [...clips, { ...clip, at }]),
    place: { track, clip: clips.length },
  }
}

/** A clip that comes up, or goes down, over so many seconds; not longer than it lasts, and the other fade makes room. */
export function setFade(
  arrangement: Arrangement,
  place: ClipPlace,
  side: 'fadeIn' | 'fadeOut',
  seconds: number,
): Arrangement {
  const clip = clipAt(arrangement, place)
  const length = Math.max(0, tick(seconds))
  if (!clip || Math.abs((clip[side] ?? 0) - length) < NEAR) return arrangement
  return withClip(arrangement, place, fitting({ ...clip, [side]: length }, side))
}

/** A clip louder or quieter, dB. */
export function setClipGain(arrangement: Arrangement, place: ClipPlace, gain: number): Arrangement {
  const clip = clipAt(arrangement, place)
  const value = Math.max(-96, Math.min(48, gain))
  if (!clip || (clip.gain ?? 0) === value) return arrangement
  const { gain: _, ...rest } = clip
  return withClip(arrangement, place, value === 0 ? rest : { ...rest, gain: value })
}

/** A clip that begins again when its stretch is over, or one that does not: then it is as long as that at most. */
export function setLoop(arrangement: Arrangement, place: ClipPlace, loop: boolean): Arrangement {
  const clip = clipAt(arrangement, place)
  if (!clip || typeof clip.source !== 'number' || isLooped(clip) === loop) return arrangement
  if (loop) return withClip(arrangement, place, { ...clip, loop: true, length: tick(clipLength(clip)) })
  const { loop: _, offset: _offset, length: _length, ...rest } = clip
  const length = Math.min(clipLength(clip), clip.to - clip.from)
  return withClip(arrangement, place, fitting({ ...rest, to: clip.from + length }))
}

/** With one more track, empty. */
export function addTrack(arrangement: Arrangement, track: Omit<Track, 'clips'>): Arrangement {
  return { ...arrangement, tracks: [...arrangement.tracks, { ...track, clips: [] }] }
}

/** Without a track and its clips. */
export function removeTrack(arrangement: Arrangement, track: number): Arrangement {
  if (!arrangement.tracks[track]) return arrangement
  return { ...arrangement, tracks: arrangement.tracks.filter((_, i) => i !== track) }
}

/** What a track can be set to; `duck` null is none. */
export interface TrackSettings {
  readonly role?: Track['role']
  readonly gain?: number
  readonly pan?: number
  readonly muted?: boolean
  readonly duck?: Ducking | null
}

/** A track with other settings. */
export function setTrack(arrangement: Arrangement, track: number, settings: TrackSettings): Arrangement {
  const old = arrangement.tracks[track]
  if (!old) return arrangement
  const { gain: _g, pan: _p, muted: _m, duck: _d, ...rest } = old
  const gain = settings.gain ?? old.gain ?? 0
  const pan = settings.pan ?? old.pan ?? 0
  const muted = settings.muted ?? old.muted ?? false
  const duck = settings.duck === undefined ? old.duck : (settings.duck ?? undefined)
  const next: Track = {
    ...rest,
    ...(settings.role ? { role: settings.role } : {}),
    ...(gain === 0 ? {} : { gain: Math.max(-96, Math.min(48, gain)) }),
    ...(pan === 0 ? {} : { pan: Math.max(-1, Math.min(1, pan)) }),
    ...(muted ? { muted } : {}),
    ...(duck ? { duck } : {}),
  }
  if (JSON.stringify(next) === JSON.stringify({ ...rest, ...said(old) })) return arrangement
  return { ...arrangement, tracks: arrangement.tracks.map((one, i) => (i === track ? next : one)) }
}

/** The settings of a track that say anything. */
function said({ gain, pan, muted, duck }: Track) {
  return {
    ...(gain ? { gain } : {}),
    ...(pan ? { pan } : {}),
    ...(muted ? { muted } : {}),
    ...(duck ? { duck } : {}),
  }
}
