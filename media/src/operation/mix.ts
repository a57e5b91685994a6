import { decode } from '../container/decode.ts'
import { copiedPictures, mayCopyPicture } from '../container/film.ts'
import type { Output } from '../container/output.ts'
import { PictureTranscoder } from '../container/picture.ts'
import { probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import type { Limits } from '../limits.ts'
import type { Loudness } from '../loudness/meter.ts'
import { type Arrangement, arrangementLength, checkArrangement, type Ducking } from '../mix/arrangement.ts'
import { bedTurn } from '../mix/bed.ts'
import type { BedName } from '../mix/bed-names.ts'
import type { MixSource } from '../mix/clip-sound.ts'
import { openSources, render } from '../mix/render.ts'
import { speechOf } from '../mix/speech-look.ts'
import { sampleForm } from './convert.ts'
import { loudness, loudnessOf } from './loudness.ts'
import { master } from './master.ts'
import { type PictureFormat, pictureFormats, type Work, type Written } from './operation.ts'

/** A background sound under a voice. */
export interface MixOptions {
  /** A picture format keeps the pictures of a voice that is a film, as they are. */
  readonly format: SoundFormat | PictureFormat
  /** A sound made by code; without it the second source is the background. */
  readonly bed?: BedName
  /** How loud the background is in pauses, LU against the voice: -14 is clearly behind it. */
  readonly level: number
  /** Down under speech; off without. */
  readonly duck?: Ducking
  /** Seconds. */
  readonly fadeIn: number
  readonly fadeOut: number
  /** Again and again until the voice ends; else it ends when it ends. */
  readonly loop: boolean
  /** Integrated loudness to reach, LUFS; without, the voice stays as loud as it is. */
  readonly loudness?: number
  /** Only this stretch of the voice: to listen before the whole is made. */
  readonly from?: number
  readonly to?: number
}

/** What a mix became. */
export interface Mixed extends Written {
  /** Of the voice alone. */
  readonly before: Loudness
  /** Of the result. */
  readonly after: Loudness
}

/**
 * Puts a background sound under a voice, as long as the voice. No true peak passes -1 dBTP.
 * @param sources the voice, and the background where none is made
 * @throws BadRequestError when there is no background
 */
export async function mix(
  sources: readonly ByteSource[],
  sink: ByteSink,
  options: MixOptions,
  work: Work = {},
): Promise<Mixed> {
  const [voice] = sources
  const background = options.bed ?? (sources.length > 1 ? 1 : undefined)
  if (voice === undefined || background === undefined) throw new BadRequestError('there is no background sound')
  if (!(options.level >= -60 && options.level <= 20)) throw new BadRequestError('the level is -60 to 20 LU')
  const from = options.from ?? 0
  const opened = await openSources(sources.slice(0, background === 1 ? 2 : 1), work)
  const to = Math.min(options.to ?? Number.POSITIVE_INFINITY, opened[0]?.duration ?? 0)
  if (!(from >= 0 && from < to)) throw new BadRequestError('this stretch holds no sound')
  const before = await loudnessOf(decode(voice, { ...work, from, to }))
  const loud = await backgroundLoudness(background, opened, work)
  // Silence has no loudness: then the background plays as it is, turned down by the level.
  const gain = options.level + (before.integrated !== null && loud !== null ? before.integrated - loud : 0)
  const arrangement = arrangementOf(background, opened, Math.min(48, Math.max(-96, gain)), { ...options, from, to })
  checkArrangement(arrangement, opened.length)
  const speech = await speechOf(arrangement, opened, work)
  const { format } = options
  const film = await filmOf(voice, format, work)
  const done = await master(
    () => render(arrangement, opened, speech, work),
    sink,
    {
      format,
      sample: film ? 's16' : sampleForm(voice, format as SoundFormat, work),
      ...film,
      ...(options.loudness === undefined ? {} : { loudness: options.loudness }),
    },
    arrangementLength(arrangement),
    work,
  )
  return { format, duration: done.duration, before, after: done.after }
}

/** The pictures of the voice, where the result is to have some: copied where the container takes them. */
export async function filmOf(voice: ByteSource, format: SoundFormat | PictureFormat, work: Work) {
  if (!(pictureFormats as readonly string[]).includes(format)) return undefined
  const container = format as PictureFormat // one of them: asked above
  const { streams, duration } = await probe(voice, work)
  const picture = streams.find(({ type }) => type === 'video')
  if (picture === undefined) throw new BadRequestError('the voice has no picture')
  if (mayCopyPicture(picture.codec, container)) return { pictures: copiedPictures(voice) }
  const codec = container === 'webm' ? 'vp9' : 'h264'
  return {
    pictures: (output: Output, limits: Limits) =>
      new PictureTranscoder(voice, output, codec, [{ start: 0, end: duration }], limits),
  }
}

async function backgroundLoudness(
  background: BedName | number,
  sources: readonly MixSource[],
  work: Work,
): Promise<number | null> {
  if (typeof background === 'number') return (await loudness((sources[background] as MixSource).bytes, work)).integrated
  async function* turn() {
    yield bedTurn(background as BedName)
  }
  return (await loudnessOf(turn())).integrated
}

function arrangementOf(
  background: BedName | number,
  sources: readonly MixSource[],
  gain: number,
  options: MixOptions & { readonly from: number; readonly to: number },
): Arrangement {
  const length = options.to - options.from
  const own = typeof background === 'number' ? (sources[background]?.duration ?? 0) : length
  const lasts = options.loop ? length : Math.min(length, own)
  return {
    tracks: [
      { role: 'voice', clips: [{ source: 0, from: options.from, to: options.to, at: 0 }] },
      {
        role: 'background',
        ...(options.duck ? { duck: options.duck } : {}),
        clips: [
          {
            source: background,
            from: 0,
            to: own,
            at: 0,
            length: lasts,
            gain,
            fadeIn: Math.min(options.fadeIn, lasts / 2),
            fadeOut: Math.min(options.fadeOut, lasts / 2),
          },
        ],
      },
    ],
  }
}
