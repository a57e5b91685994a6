/** A timeline being edited, as a plain value: recordings that are named, tracks, the loudness to reach. Pure. */
import type { Arrangement, Clip } from '@sotto/media/mix/arrangement'
import { clipEnd, LEAST_CLIP } from '@sotto/media/mix/arrangement-edit'
import type { BedName } from '@sotto/media/mix/bed-names'
import type { Answer } from '../api/api.ts'

/** A timeline as the server keeps it. */
export type Timeline = Answer<'GET /api/items/:id/timeline'>

/** What is edited. `items` only grows while a page is open, so that every step back still knows its sounds. */
export interface Draft {
  readonly items: readonly string[]
  readonly arrangement: Arrangement
  readonly loudness: number | null
}

/** The draft that a kept timeline is. */
export function draftOf({ items, tracks, loudness }: Timeline): Draft {
  // What the contract calls optional is not there in JSON; media's type says the same.
  return { items, arrangement: { tracks: tracks as Arrangement['tracks'] }, loudness }
}

/** The draft without clips of recordings that are gone; the same one where none is. */
export function withoutGone(draft: Draft, gone: ReadonlySet<string>): Draft {
  const lost = (clip: Clip) => typeof clip.source === 'number' && gone.has(draft.items[clip.source] ?? '')
  if (gone.size === 0 || !draft.arrangement.tracks.some((track) => track.clips.some(lost))) return draft
  const tracks = draft.arrangement.tracks.map((track) => ({
    ...track,
    clips: track.clips.filter((clip) => !lost(clip)),
  }))
  return { ...draft, arrangement: { tracks } }
}

/** What is kept and saved of a draft: only recordings that are played, and the item itself, which is always the first. */
export function keptOf(draft: Draft): Pick<Timeline, 'items' | 'tracks' | 'loudness'> {
  const items = draft.items.slice(0, 1)
  const tracks = draft.arrangement.tracks.map((track) => ({
    ...track,
    clips: track.clips.map((clip) => {
      if (typeof clip.source !== 'number') return { ...clip, source: clip.source }
      const item = draft.items[clip.source] ?? ''
      if (!items.includes(item)) items.push(item)
      return { ...clip, source: items.indexOf(item) }
    }),
  }))
  return { items, tracks, loudness: draft.loudness }
}

/** Which number a recording has in the draft; it is named from now on. */
export function sourceOf(draft: Draft, item: string): { draft: Draft; source: number } {
  const known = draft.items.indexOf(item)
  if (known >= 0) return { draft, source: known }
  return { draft: { ...draft, items: [...draft.items, item] }, source: draft.items.length }
}

/** A clip of a whole recording, or of a made sound for so long. */
export function clipOf(source: number | BedName, length: number, at: number): Clip {
  const lasts = Math.max(LEAST_CLIP, length)
  return typeof source === 'number'
    ? { source, from: 0, to: lasts, at }
    : { source, from: 0, to: lasts, at, length: lasts, fadeIn: 1, fadeOut: Math.min(3, lasts / 2) }
}

/** Tracks of one role are counted: "Voice 2". Undefined where there is but one. */
export function numberOfTrack({ tracks }: Arrangement, index: number): number | undefined {
  const role = tracks[index]?.role
  if (tracks.filter((track) => track.role === role).length < 2) return undefined
  return tracks.slice(0, index + 1).filter((track) => track.role === role).length
}

/** The clip under a moment of a track, or the one nearest to it; undefined on an empty track. */
export function clipNear({ tracks }: Arrangement, track: number, time: number): number | undefined {
  const clips = tracks[track]?.clips ?? []
  const away = (clip: Clip) => Math.max(clip.at - time, time - clipEnd(clip), 0)
  let best: number | undefined
  for (const [index, clip] of clips.entries())
    if (best === undefined || away(clip) < away(clips[best] as Clip)) best = index
  return best
}
