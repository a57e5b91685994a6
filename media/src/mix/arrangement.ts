import { BadRequestError } from '../error.ts'
import { type BedName, isBed } from './bed-names.ts'

/** What a track is for: background goes down under voices. */
export const trackRoles = ['voice', 'background', 'effects'] as const
/** One of them. */
export type TrackRole = (typeof trackRoles)[number]

/** A stretch of a sound, somewhere in time. Times are seconds. */
export interface Clip {
  /** Which of the sources, counted from 0, or a background sound made by code. */
  readonly source: number | BedName
  /** The stretch of the source, `[from, to)`. */
  readonly from: number
  readonly to: number
  /** When it begins in the result. */
  readonly at: number
  /** How long it lasts there: longer than the stretch means again and again. The stretch's own length by default. */
  readonly length?: number
  /** Again and again, however long it lasts: said of the parts of a clip that was. */
  readonly loop?: boolean
  /** Of a sound that goes again and again: how many seconds of that went by before it begins. 0 by default. */
  readonly offset?: number
  /** dB. */
  readonly gain?: number
  readonly fadeIn?: number
  readonly fadeOut?: number
}

/** How a track goes down while somebody speaks. */
export interface Ducking {
  /** By how many dB. */
  readonly depth: number
  /** Seconds to go down; it is down when the speech begins. */
  readonly attack: number
  /** Seconds to come up again after it. */
  readonly release: number
}

/** Clips that are treated alike. */
export interface Track {
  readonly role: TrackRole
  readonly clips: readonly Clip[]
  /** dB. */
  readonly gain?: number
  /** -1 left, 1 right: the far side is turned down, the near one stays. */
  readonly pan?: number
  readonly muted?: boolean
  /** Go down under the tracks that are voices. */
  readonly duck?: Ducking
}

/** Several tracks, played together. */
export interface Arrangement {
  readonly tracks: readonly Track[]
}

/** Most tracks, and clips in all: more is a mistake. */
export const MOST_TRACKS = 32
/** Clips in all tracks together. */
export const MOST_CLIPS = 5000

/** Seconds that a clip lasts in the result. */
export function clipLength(clip: Clip): number {
  return clip.length ?? clip.to - clip.from
}

/** Whether a clip goes on after its stretch has ended: a made sound has no end, and any other begins again. */
export function isLooped(clip: Clip): boolean {
  return typeof clip.source !== 'number' || clip.loop === true || clipLength(clip) > clip.to - clip.from + 1e-9
}

/** Seconds of the result: until the last clip ends. */
export function arrangementLength(arrangement: Arrangement): number {
  const ends = arrangement.tracks.flatMap((track) => track.clips.map((clip) => clip.at + clipLength(clip)))
  return Math.max(0, ...ends)
}

const within = (value: number | undefined, low: number, high: number): boolean =>
  value === undefined || (value >= low && value <= high)

/** @throws BadRequestError where an arrangement makes no sense for so many sources */
export function checkArrangement({ tracks }: Arrangement, sources: number): void {
  if (tracks.length === 0 || tracks.length > MOST_TRACKS) throw new BadRequestError(`1 to ${MOST_TRACKS} tracks`)
  if (tracks.reduce((sum, track) => sum + track.clips.length, 0) > MOST_CLIPS)
    throw new BadRequestError(`more than ${MOST_CLIPS} clips`)
  for (const track of tracks) {
    if (!within(track.gain, -96, 48) || !within(track.pan, -1, 1))
      throw new BadRequestError('a gain or pan is out of range')
    const { duck } = track
    if (duck && !(within(duck.depth, 0, 60) && within(duck.attack, 0, 10) && within(duck.release, 0, 10)))
      throw new BadRequestError('ducking is 0 to 60 dB, attack and release 0 to 10 s')
    for (const clip of track.clips) {
      if (typeof clip.source === 'number' ? !(clip.source in Array(sources).fill(0)) : !isBed(clip.source))
        throw new BadRequestError('a clip names no source')
      if (!(clip.from >= 0 && clip.to > clip.from && clip.at >= 0 && clipLength(clip) > 0))
        throw new BadRequestError('a clip is empty or lies before the beginning')
      if (!within(clip.offset, 0, 86_400)) throw new BadRequestError('an offset is out of range')
      if (!within(clip.gain, -96, 48) || !within(clip.fadeIn, 0, 3600) || !within(clip.fadeOut, 0, 3600))
        throw new BadRequestError('a gain or fade is out of range')
    }
  }
}
