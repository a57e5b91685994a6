import { randomUUID } from 'node:crypto'
import { decode } from '../container/decode.ts'
import { writeFilm } from '../container/film.ts'
import { probe } from '../container/probe.ts'
import { RepaintedPictures } from '../container/repaint.ts'
import { type ByteSink, MemorySink } from '../container/sink.ts'
import { type ByteSource, memorySource } from '../container/source.ts'
import { BadRequestError, LimitError, TooLongError } from '../error.ts'
import { readCanonicalFace } from '../face/canonical.ts'
import { drawLabel } from '../face/label.ts'
import { filmPoints, longestFilm } from '../face/node/film-points.ts'
import { FaceFinder } from '../face/node/finder.ts'
import { openClipTemplate, templateOf } from '../face/node/templates.ts'
import { faceWeight } from '../face/node/weights.ts'
import type { Pixels } from '../face/pixels.ts'
import type { FaceReason } from '../face/quality.ts'
import { faceRegion } from '../face/region.ts'
import { type MouthMode, prepareSource, swapFace } from '../face/swap.ts'
import { defaultLimits } from '../limits.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { readPicture } from '../picture/read.ts'
import { aigcLabel } from '../provenance/aigc.ts'
import { newSigner, withCredential } from '../provenance/credential.ts'
import { noFace } from './face-points.ts'
import { progressOf, type Work } from './operation.ts'

/** What is put into which clip, and how. */
export interface FaceClipTask {
  /** A clip of the studio; without it the clip is the second input. */
  readonly template?: string
  readonly strength?: number
  readonly mouth?: MouthMode
  readonly relight?: boolean
  /** Number of the selfie's face, largest first. Default 0. */
  readonly face?: number
  /** Who makes it, for the labels. */
  readonly producer?: string
}

/** What was made: an MP4 with a label on every picture, the AIGC fields and a C2PA credential. */
export interface FaceClipMade {
  readonly width: number
  readonly height: number
  /** Seconds. */
  readonly duration: number
  readonly frames: number
  /** Pictures in which no face was found: they are as they were. */
  readonly without: number
  /** Number in the labels; says nothing of a person. */
  readonly id: string
  readonly reasons: readonly FaceReason[]
}

/** Longest side of a result, and of what is taken of a selfie. */
const longest = { film: 1280, selfie: 2560 } as const
/** A film is signed in memory. */
const mostBytes = 256 * 2 ** 20

/**
 * Puts a face into every picture of a clip of up to 30 seconds; the sound stays. The clip's own metadata goes nowhere.
 * @param selfie a picture's bytes
 * @param clip the clip, where it is not a template
 * @throws NoFaceError when selfie or clip has no face that can be used
 * @throws TooLongError
 */
export async function faceClip(
  selfie: Uint8Array,
  clip: ByteSource | undefined,
  sink: ByteSink,
  task: FaceClipTask,
  work: Work,
): Promise<FaceClipMade> {
  const { limits = defaultLimits, signal } = work
  using finder = new FaceFinder()
  const picture = await readPicture(selfie, { pixels: limits.pixels, longest: longest.selfie })
  const found = await finder.find(picture, signal === undefined ? {} : { signal })
  if (found.faces.length === 0) throw noFace(found.refused)
  const face = found.faces[task.face ?? 0]
  if (face === undefined) throw new BadRequestError(`there are ${found.faces.length} faces in the picture`)
  const { source, points, mouth } = await materialOf(clip, finder, task, work)
  const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
  const prepared = prepareSource({ pixels: picture, points: face.points })
  const options = {
    mouth: task.mouth ?? mouth,
    ...(task.strength === undefined ? {} : { strength: task.strength }),
    ...(task.relight === undefined ? {} : { relight: task.relight }),
  }
  const made = { frames: 0, without: 0, width: 0, height: 0 }
  const paint = (pixels: Pixels, index: number) => {
    const at = points[index]
    if (at === undefined) made.without++
    else swapFace(region, prepared, { pixels, points: at }, options)
    drawLabel(pixels)
    made.frames++
    made.width = pixels.width
    made.height = pixels.height
  }
  const { duration, streams } = await probe(source, work)
  const id = randomUUID()
  const producer = task.producer ?? 'Sotto'
  const label = aigcLabel(producer, id)
  const film = new MemorySink()
  const tell = progressOf(work, 'compose', duration)
  await writeFilm(
    film,
    {
      format: 'mp4',
      limits: { ...limits, outputBytes: Math.min(limits.outputBytes, mostBytes) },
      ...(signal === undefined ? {} : { signal }),
      onSecond: tell,
      // Under the name the standard gives it, for players and platforms that read tags (GB 45438-2025, annex E).
      tags: { AIGC: JSON.stringify(label) },
      muxerOptions: { movflags: 'use_metadata_tags' },
    },
    (output, caps) => new RepaintedPictures(source, output, caps, { longest: longest.film, paint }),
    streams.some(({ type }) => type === 'audio') ? decode(source, { limits }) : silent(),
  )
  const signed = await withCredential(film.bytes, id, await newSigner(producer))
  if (signed.length > limits.outputBytes) throw new LimitError('output bytes')
  sink.write(0, signed)
  sink.end()
  return { ...made, duration: duration, id, reasons: face.quality.reasons }
}

async function* silent(): AsyncGenerator<Pcm> {
  // A film without sound stays one.
}

interface Material {
  readonly source: ByteSource
  readonly points: readonly (Float32Array | undefined)[]
  readonly mouth: MouthMode
}

async function materialOf(
  clip: ByteSource | undefined,
  finder: FaceFinder,
  task: FaceClipTask,
  work: Work,
): Promise<Material> {
  if (task.template !== undefined) {
    const record = templateOf(task.template)
    if (record.kind !== 'clip') throw new BadRequestError('this template is a picture, not a clip')
    const { bytes, points } = openClipTemplate(record)
    return { source: memorySource(bytes), points, mouth: record.mouth }
  }
  if (clip === undefined) throw new BadRequestError('neither a template nor a clip of one’s own')
  const limits = work.limits ?? defaultLimits
  const { duration } = await probe(clip, work)
  if (duration > longestFilm + 0.5) throw new TooLongError(`faces are put into films of at most ${longestFilm} seconds`)
  const points = await filmPoints(clip, finder, {
    limits,
    longest: longest.film,
    signal: work.signal,
    onSecond: progressOf(work, 'look', duration),
  })
  return { source: clip, points, mouth: 'auto' }
}
