/**
 * A timeline as a file: tracks whose clips name sound files by path, or a made sound by name. Everything is checked before
 * anything is opened, and a complaint says where in the file it is.
 */
import { isAbsolute, join } from 'node:path'
import { bedNames, isBed } from '@sotto/media'
import {
  type Arrangement,
  type Clip,
  clipLength,
  type Ducking,
  type Track,
  trackRoles,
} from '@sotto/media/mix/arrangement'
import { mixDefaults } from '@sotto/media/mix/mix-defaults'

/** The file is no timeline: where in it, and what is expected there, in signs that need no translation. */
export class TimelineFileError extends Error {
  override name = 'TimelineFileError'
  readonly code = 'bad_timeline'
}

/** A clip as it is written: what is left out is filled in when the files are known. */
interface WrittenClip extends Partial<Omit<Clip, 'source'>> {
  readonly source: string
}
interface WrittenTrack extends Omit<Track, 'clips'> {
  readonly clips: readonly WrittenClip[]
}
/** A timeline as it is written. */
export interface WrittenTimeline {
  readonly tracks: readonly WrittenTrack[]
  /** LUFS. */
  readonly loudness?: number
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TimelineFileError(`${where}: {...}`)
  const strange = Object.keys(value).find((name) => !known.includes(name))
  if (strange !== undefined) throw new TimelineFileError(`${where}.${strange}: ${known.join('|')}`)
  return value as Fields // an object: asked above
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TimelineFileError(`${where}: [...]`)
  return value
}

/** The numbers among the fields that are given, each in its range. */
function numbersOf<N extends string>(
  fields: Fields,
  where: string,
  ranges: Readonly<Record<N, readonly [number, number]>>,
): { [name in N]?: number } {
  const found: { [name in N]?: number } = {}
  for (const [name, [least, most]] of Object.entries(ranges) as [N, readonly [number, number]][]) {
    const value = fields[name]
    if (value === undefined) continue
    if (typeof value !== 'number' || !(value >= least && value <= most))
      throw new TimelineFileError(`${where}.${name}: ${least}..${most}`)
    found[name] = value
  }
  return found
}

function flagOf<N extends string>(fields: Fields, where: string, name: N): { [n in N]?: boolean } {
  const value = fields[name]
  if (value === undefined) return {}
  if (typeof value !== 'boolean') throw new TimelineFileError(`${where}.${name}: true|false`)
  return { [name]: value } as { [n in N]?: boolean } // one field of that name
}

const LONG = 86_400
const dB = [-96, 48] as const

function clipOf(value: unknown, where: string): WrittenClip {
  const seconds = ['from', 'to', 'at', 'length', 'offset', 'fadeIn', 'fadeOut'] as const
  const fields = fieldsOf(value, where, ['source', ...seconds, 'gain', 'loop'])
  if (typeof fields.source !== 'string' || fields.source === '')
    throw new TimelineFileError(`${where}.source: PATH|${bedNames.join('|')}`)
  const span = [0, LONG] as const
  return {
    source: fields.source,
    ...numbersOf(fields, where, {
      from: span,
      to: span,
      at: span,
      length: span,
      offset: span,
      fadeIn: [0, 3600],
      fadeOut: [0, 3600],
      gain: dB,
    }),
    ...flagOf(fields, where, 'loop'),
  }
}

function duckOf(value: unknown, where: string): { duck?: Ducking } {
  if (value === undefined) return {}
  const fields = fieldsOf(value, where, ['depth', 'attack', 'release'])
  const given = numbersOf(fields, where, { depth: [0, 60], attack: [0, 10], release: [0, 10] })
  return { duck: { ...mixDefaults.duck, ...given } }
}

function trackOf(value: unknown, where: string): WrittenTrack {
  const fields = fieldsOf(value, where, ['role', 'clips', 'gain', 'pan', 'muted', 'duck'])
  const role = trackRoles.find((one) => one === fields.role)
  if (role === undefined) throw new TimelineFileError(`${where}.role: ${trackRoles.join('|')}`)
  return {
    role,
    clips: listOf(fields.clips, `${where}.clips`).map((clip, i) => clipOf(clip, `${where}.clips[${i}]`)),
    ...numbersOf(fields, where, { gain: dB, pan: [-1, 1] }),
    ...flagOf(fields, where, 'muted'),
    ...duckOf(fields.duck, `${where}.duck`),
  }
}

/** Reads the text of a timeline. @throws TimelineFileError */
export function parseTimeline(text: string): WrittenTimeline {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new TimelineFileError('JSON')
  }
  const fields = fieldsOf(value, 'timeline', ['tracks', 'loudness'])
  const tracks = listOf(fields.tracks, 'tracks').map((track, i) => trackOf(track, `tracks[${i}]`))
  if (tracks.length === 0) throw new TimelineFileError('tracks: [{...}]')
  return { tracks, ...numbersOf(fields, 'timeline', { loudness: [-60, -5] }) }
}

/** The files that clips name, each once; paths are relative to `folder`. */
export function filesOf({ tracks }: WrittenTimeline, folder: string): string[] {
  const named = tracks.flatMap(({ clips }) => clips.map(({ source }) => source)).filter((source) => !isBed(source))
  return [...new Set(named.map((path) => (isAbsolute(path) ? path : join(folder, path))))]
}

/**
 * The arrangement, now that the files' lengths are known (in the order of {@link filesOf}): a clip without `to` plays to the
 * end of its file, one of a made sound without `length` until everything else is over.
 * @throws TimelineFileError where nothing says how long a made sound lasts
 */
export function arrangementOf(timeline: WrittenTimeline, durations: readonly number[]): Arrangement {
  const names = filesOf(timeline, '')
  const file = (written: WrittenClip): Clip => {
    const source = names.indexOf(isAbsolute(written.source) ? written.source : join('', written.source))
    return {
      ...written,
      source,
      from: written.from ?? 0,
      to: written.to ?? durations[source] ?? 0,
      at: written.at ?? 0,
    }
  }
  const clips = timeline.tracks.flatMap((track) => track.clips)
  const over = Math.max(
    0,
    ...clips.map((clip) => {
      if (!isBed(clip.source)) return (clip.at ?? 0) + clipLength(file(clip))
      return clip.length === undefined ? 0 : (clip.at ?? 0) + clip.length
    }),
  )
  const made = (written: WrittenClip, where: string): Clip => {
    const at = written.at ?? 0
    const length = written.length ?? over - at
    if (!(length > 0) || !isBed(written.source)) throw new TimelineFileError(`${where}.length: > 0`)
    return { ...written, source: written.source, from: 0, to: length, at, length }
  }
  return {
    tracks: timeline.tracks.map((track, t) => ({
      ...track,
      clips: track.clips.map((clip, c) => (isBed(clip.source) ? made(clip, `tracks[${t}].clips[${c}]`) : file(clip))),
    })),
  }
}
