import type { ByteSource } from '../container/source.ts'
import { NoFaceError } from '../error.ts'
import type { Found } from '../face/find.ts'
import { FaceFinder } from '../face/node/finder.ts'
import type { Pose } from '../face/pose.ts'
import type { FaceQuality } from '../face/quality.ts'
import { defaultLimits } from '../limits.ts'
import { readPicture } from '../picture/read.ts'
import { readAll } from '../picture/read-all.ts'
import type { Work } from './operation.ts'

/** A face as it is written to JSON. */
export interface FacePoints {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** 468 times `[x, y, z]`, pixels of the upright picture; z: smaller is nearer. */
  readonly points: readonly (readonly [number, number, number])[]
  readonly pose: Pose
  readonly quality: FaceQuality
}

/** The faces of a picture, largest first, and what was refused. */
export interface PicturePoints {
  readonly width: number
  readonly height: number
  readonly faces: readonly FacePoints[]
  readonly refused: Found['refused']
}

/** Longest side that faces are looked for in: a face of 25 pixels in a larger picture is one in a crowd. */
const longest = 4096

const round = (value: number) => Math.round(value * 100) / 100

/** What was found, with places in the file's own pixels. */
export function asPoints(found: Found, scale: number): Pick<PicturePoints, 'faces' | 'refused'> {
  const box = ({ x, y, width, height }: FacePoints['box']) => ({
    x: round(x * scale),
    y: round(y * scale),
    width: round(width * scale),
    height: round(height * scale),
  })
  return {
    faces: found.faces.map((face) => ({
      box: box(face.box),
      points: Array.from({ length: face.points.length / 3 }, (_, n) => [
        round((face.points[3 * n] as number) * scale),
        round((face.points[3 * n + 1] as number) * scale),
        round((face.points[3 * n + 2] as number) * scale),
      ]),
      pose: { yaw: round(face.pose.yaw), pitch: round(face.pose.pitch), roll: round(face.pose.roll) },
      quality: { ...face.quality, eyes: round(face.quality.eyes * scale) },
    })),
    refused: found.refused.map((one) => ({ ...one, box: box(one.box) })),
  }
}

/** Why nothing can be used, in words. */
export function noFace(refused: Found['refused']): NoFaceError {
  const [first] = refused
  if (first === undefined) return new NoFaceError('no face was found in the picture')
  return new NoFaceError(
    first.reason === 'profile'
      ? 'the face is seen from the side: half of it is hidden'
      : 'the face is covered, cut or blurred too far',
  )
}

/**
 * Finds the feature points of the faces in a picture (C262).
 * @throws NoFaceError when no face can be used; the message says why
 */
export async function facePoints(
  source: ByteSource,
  { limits = defaultLimits, signal, onProgress }: Work,
): Promise<PicturePoints> {
  const picture = await readPicture(readAll(source), { pixels: limits.pixels, longest })
  onProgress?.({ stage: 'look', done: 0, total: 1 })
  using finder = new FaceFinder()
  const found = await finder.find(picture, { tiles: 'always', ...(signal === undefined ? {} : { signal }) })
  if (found.faces.length === 0) throw noFace(found.refused)
  return {
    width: Math.round(picture.width * picture.scale),
    height: Math.round(picture.height * picture.scale),
    ...asPoints(found, picture.scale),
  }
}
