import { randomUUID } from 'node:crypto'
import type { ByteSink } from '../container/sink.ts'
import { type ByteSource, memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { readCanonicalFace } from '../face/canonical.ts'
import type { Face } from '../face/find.ts'
import { drawLabel } from '../face/label.ts'
import { FaceFinder } from '../face/node/finder.ts'
import { openPictureTemplate, templateOf } from '../face/node/templates.ts'
import { faceWeight } from '../face/node/weights.ts'
import type { Pixels } from '../face/pixels.ts'
import type { FaceReason } from '../face/quality.ts'
import { faceRegion } from '../face/region.ts'
import { type MouthMode, prepareSource, type SwapTarget, swapFace } from '../face/swap.ts'
import { defaultLimits } from '../limits.ts'
import { readPicture } from '../picture/read.ts'
import { readAll } from '../picture/read-all.ts'
import { type StillFormat, writePicture } from '../picture/write.ts'
import { aigcLabel, aigcXmp } from '../provenance/aigc.ts'
import { newSigner, withCredential } from '../provenance/credential.ts'
import { hideMark } from '../provenance/mark.ts'
import { withXmp } from '../provenance/xmp.ts'
import { noFace } from './face-points.ts'
import type { Work } from './operation.ts'

/** What is put where, and how. */
export interface FaceSwapTask {
  /** A template of the studio, or a picture of one's own (a file's bytes). */
  readonly template: { readonly id: string } | { readonly bytes: Uint8Array }
  readonly format: StillFormat
  readonly strength?: number
  readonly mouth?: MouthMode
  readonly relight?: boolean
  /** Which face of the selfie goes where, by number, largest first. Default: the largest into the largest. */
  readonly map?: readonly { readonly from: number; readonly to: number }[]
  /** Who makes it, for the labels. */
  readonly producer?: string
}

/** What was made. */
export interface FaceSwapped {
  readonly format: StillFormat
  readonly width: number
  readonly height: number
  /** Number in the labels; says nothing of a person. */
  readonly id: string
  /** What spoke against the selfie's faces. */
  readonly reasons: readonly FaceReason[]
  /** Whether the format has a place for a C2PA credential: WebP has none here. */
  readonly credential: boolean
}

/** Longest side of what is taken of a selfie, and of a template of one's own: more is not seen in the result. */
const longest = { selfie: 2560, template: 3840 } as const

/**
 * Puts the faces of a picture into a template, labels the result visibly and in its data, and writes it. The picture's
 * own metadata goes nowhere (C268).
 * @throws NoFaceError when selfie or template has no face that can be used
 */
export async function faceSwap(
  source: ByteSource,
  sink: ByteSink,
  task: FaceSwapTask,
  work: Work,
): Promise<FaceSwapped> {
  const { limits = defaultLimits, signal, onProgress } = work
  const selfie = await readPicture(readAll(source), { pixels: limits.pixels, longest: longest.selfie })
  using finder = new FaceFinder()
  const found = await finder.find(selfie, signal === undefined ? {} : { signal })
  if (found.faces.length === 0) throw noFace(found.refused)
  onProgress?.({ stage: 'compose', done: 0, total: 1 })
  const targets = await targetsOf(task, finder, limits.pixels)
  const pixels = (targets[0] as SwapTarget).pixels // targetsOf gives one at least
  const map = task.map ?? [{ from: 0, to: 0 }]
  const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
  const used: Face[] = []
  for (const { from, to } of map) {
    const face = found.faces[from]
    const target = targets[to]
    if (face === undefined || target === undefined)
      throw new BadRequestError(
        `there are ${found.faces.length} faces in the picture and ${targets.length} in the template`,
      )
    used.push(face)
    swapFace(region, prepareSource({ pixels: selfie, points: face.points }), target, {
      ...(task.strength === undefined ? {} : { strength: task.strength }),
      ...(task.relight === undefined ? {} : { relight: task.relight }),
      mouth: task.mouth ?? ('id' in task.template ? templateOf(task.template.id).mouth : 'auto'),
    })
  }
  const id = randomUUID()
  const file = await labelled(pixels, task.format, task.producer ?? 'Sotto', id)
  sink.write(0, file)
  sink.end()
  return {
    format: task.format,
    width: pixels.width,
    height: pixels.height,
    id,
    reasons: [...new Set(used.flatMap((face) => face.quality.reasons))],
    credential: task.format !== 'webp',
  }
}

async function targetsOf({ template }: FaceSwapTask, finder: FaceFinder, most: number): Promise<SwapTarget[]> {
  if ('id' in template) {
    const record = templateOf(template.id)
    if (record.kind === 'clip') throw new BadRequestError('this template is a clip, not a picture')
    return [await openPictureTemplate(record)]
  }
  using source = memorySource(template.bytes)
  const pixels = await readPicture(readAll(source), { pixels: most, longest: longest.template })
  const found = await finder.find(pixels)
  if (found.faces.length === 0) throw noFace(found.refused)
  return found.faces.map((face) => ({ pixels, points: face.points }))
}

/** Draws the visible label, hides the mark, encodes, and adds the labels in the data. No result leaves without. */
export async function labelled(pixels: Pixels, format: StillFormat, producer: string, id: string): Promise<Uint8Array> {
  drawLabel(pixels)
  hideMark(pixels, id)
  const file = withXmp(await writePicture(pixels, format), aigcXmp(aigcLabel(producer, id)))
  return format === 'webp' ? file : await withCredential(file, id, await newSigner(producer))
}
