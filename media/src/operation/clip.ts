import { copyStreams } from '../container/copy.ts'
import { decode } from '../container/decode.ts'
import { writeFilm } from '../container/film.ts'
import { Input } from '../container/input.ts'
import { PictureTranscoder } from '../container/picture.ts'
import { type MediaInfo, probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError, NoAudioError } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { convert } from './convert.ts'
import {
  type OutputFormat,
  type PictureFormat,
  pictureFormats,
  progressOf,
  type Work,
  type Written,
} from './operation.ts'

/** What to clip. */
export interface ClipOptions {
  /** Seconds, `[from, to)`. */
  readonly from: number
  readonly to: number
  /** The format of the source by default, or the nearest that can be written. A sound format drops the picture. */
  readonly format?: OutputFormat
  /** Never copy: what lies outside of the clip is not in the file. */
  readonly reencode?: boolean
}

/** What a clip became. */
export interface Clipped extends Written {
  /** `copied`: packets as they were; `encoded`: nothing but the clip is in the file. */
  readonly how: 'copied' | 'encoded'
  /** Seconds of picture and sound before the clip that a copy still holds, unseen: back to the last keyframe. */
  readonly hiddenBefore: number
  /** Seconds after the clip that a copy still holds: of sound none, of pictures at most a few frames. */
  readonly hiddenAfter: number
}

const muxers = { mp4: 'mp4', mov: 'mov', m4a: 'ipod', mkv: 'matroska', webm: 'webm' } as const
/** Containers with edit lists (ISO/IEC 14496-12, 8.6.6): a copy can start between keyframes. */
const exactByCopy = new Set(['mp4', 'mov', 'm4a', '3gp'])
const copyable = /^(h264|hevc|mpeg4|av1|aac|mp3|alac|opus|ac3)$/

/**
 * Cuts `[from, to)` out of a file.
 *
 * mp4, m4a and mov are copied: no loss, exact by edit list to the frame of picture and the sample of sound; but the
 * file then still holds the packets back to the last keyframe (of sound alone: two packets of run-up), and
 * `hiddenBefore` says how much. Everything else, and everything with `reencode`, is decoded and encoded anew, exact to
 * the sample, and holds nothing else.
 * @throws BadRequestError when the range is empty or begins after the end
 */
export async function clip(
  source: ByteSource,
  sink: ByteSink,
  options: ClipOptions,
  work: Work = {},
): Promise<Clipped> {
  const what = await probe(source, work)
  const { from } = options
  const to = Math.min(options.to, what.duration)
  if (!(from >= 0 && options.to > from)) throw new BadRequestError('a clip ends after it begins')
  if (from >= what.duration) throw new BadRequestError('the clip begins after the end of the file')
  const format = options.format ?? nearestFormat(what)
  const mayCopy = options.reencode !== true && exactByCopy.has(what.container) && isCopyTarget(format, what)
  if (mayCopy) {
    const copied = await copyStreams(source, sink, {
      ...work,
      muxer: muxers[format],
      soundOnly: format === 'm4a',
      from,
      to,
      onSecond: progressOf(work, 'clip', to - from),
    })
    return { format, how: 'copied', ...copied }
  }
  const encoded = { how: 'encoded', hiddenBefore: 0, hiddenAfter: 0 } as const
  if (isPictureFormat(format)) {
    const duration = await transcode(source, sink, { format, from, to }, work)
    return { format, duration, ...encoded }
  }
  if (format === 'ogg') throw new BadRequestError('Vorbis is not written anew; choose opus')
  return { ...(await convert(source, sink, { format, from, to }, work)), ...encoded }
}

function isPictureFormat(format: OutputFormat): format is PictureFormat {
  return (pictureFormats as readonly string[]).includes(format)
}

function isCopyTarget(format: OutputFormat, what: MediaInfo): format is 'mp4' | 'mov' | 'm4a' {
  const wanted = what.streams.filter(({ type }) => type === 'audio' || (type === 'video' && format !== 'm4a'))
  return (format === 'mp4' || format === 'mov' || format === 'm4a') && wanted.every(({ codec }) => copyable.test(codec))
}

/** The format a result has when none is asked for: that of the source, or the nearest that we write. */
export function nearestFormat(what: MediaInfo): OutputFormat {
  const picture = what.streams.some(({ type }) => type === 'video')
  switch (what.container) {
    case 'mp3':
    case 'flac':
    case 'mov':
    case 'm4a':
      return what.container === 'mov' && !picture ? 'm4a' : what.container === 'm4a' && picture ? 'mp4' : what.container
    case 'wav':
    case 'w64':
    case 'aiff':
    case 'au':
    case 'caf':
      return 'wav'
    case 'ogg':
      return 'opus'
    case 'webm':
    case 'mkv':
      return picture ? what.container : 'opus'
    default:
      return picture ? 'mp4' : 'm4a'
  }
}

/** Decodes and encodes picture and sound of a range, frame by frame in step. @returns seconds */
export async function transcode(
  source: ByteSource,
  sink: ByteSink,
  options: { readonly format: PictureFormat; readonly from: number; readonly to: number },
  work: Work,
): Promise<number> {
  const { format, from, to } = options
  const limits = work.limits ?? defaultLimits
  let hasSound: boolean
  {
    using input = Input.open(source, limits)
    hasSound = input.best('audio') !== undefined
    if (input.best('video') === undefined) throw new BadRequestError('the file holds no picture')
  }
  await writeFilm(
    sink,
    { ...work, format, onSecond: progressOf(work, 'clip', to - from) },
    (output) =>
      new PictureTranscoder(source, output, format === 'webm' ? 'vp9' : 'h264', [{ start: from, end: to }], limits),
    hasSound ? soundOrNone(decode(source, { ...work, from, to })) : soundOrNone(noSound()),
  )
  return to - from
}

async function* noSound(): AsyncGenerator<Pcm> {}

/** A track of sound that turns out to hold none is left out. */
export async function* soundOrNone(blocks: AsyncGenerator<Pcm>): AsyncGenerator<Pcm> {
  try {
    yield* blocks
  } catch (error) {
    if (!(error instanceof NoAudioError)) throw error
  }
}
