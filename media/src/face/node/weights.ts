import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EngineMissingError } from '../../error.ts'
import type { FaceWeights } from '../networks.ts'

/** One part of the weights: in which package, which file or which piece of its packed assets, with size and digest. */
export interface FacePart {
  readonly npm: string
  readonly version: string
  /** A file of the package, or (with `packed`) the end of the name of a piece in the packed assets. */
  readonly file: string
  readonly packed?: boolean
  readonly bytes: number
  readonly sha256: string
}

const mesh = { npm: '@mediapipe/face_mesh', version: '0.4.1657299874' }
const detection = { npm: '@mediapipe/face_detection', version: '0.4.1657300184' }

/** The pins (Apache-2.0, Google). A wrong network fails silently, so nothing is loaded that is not exactly this. */
export const faceParts: { readonly [P in keyof FaceWeights]: FacePart } = {
  detector_near: {
    ...mesh,
    file: 'face_detection_short_range.tflite',
    packed: true,
    bytes: 229032,
    sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
  },
  detector_far: {
    ...detection,
    file: 'face_detection_full_range_sparse.tflite',
    bytes: 680736,
    sha256: '671dd2f9ed11a78436fc21cc42357a803dfc6f73e9fb86541be942d5716c2dce',
  },
  mesh: {
    ...mesh,
    file: 'face_landmark.tflite',
    packed: true,
    bytes: 1241896,
    sha256: 'c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1',
  },
  canonical: {
    ...mesh,
    file: 'geometry_pipeline_metadata_landmarks.binarypb',
    packed: true,
    bytes: 19376,
    sha256: 'bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4',
  },
}

/** Names of the parts. */
export const facePartNames = Object.keys(faceParts) as (keyof FaceWeights)[]

/** The folder of an npm package, from here upwards; none where it is not installed. */
export function packageFolder(name: string, from: string = import.meta.dirname): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(path)) return path
    if (dirname(folder) === folder) return undefined
  }
}

/** Is every package with weights installed? Cheap: nothing is read. */
export function hasFaceWeights(): boolean {
  return facePartNames.every((name) => packageFolder(faceParts[name].npm) !== undefined)
}

/**
 * Reads one part, out of the package's packed assets by the offsets in the package's own loader, and checks it.
 * @throws EngineMissingError when the package is not there, or its bytes are not the pinned ones
 */
export function faceWeight(name: keyof FaceWeights): Uint8Array {
  const part = faceParts[name]
  const folder = packageFolder(part.npm)
  const install = `npm install ${part.npm}@${part.version}`
  if (folder === undefined) throw new EngineMissingError(`The face engine's weights are not installed: ${install}`)
  const bytes = Uint8Array.from(part.packed ? packedPiece(folder, part.file) : readFileSync(join(folder, part.file)))
  if (bytes.length !== part.bytes || createHash('sha256').update(bytes).digest('hex') !== part.sha256)
    throw new EngineMissingError(
      `The face engine's ${part.file} is not the pinned one. Remove ${part.npm} and run ${install}`,
    )
  return bytes
}

function packedPiece(folder: string, ending: string): Uint8Array {
  const base = join(folder, 'face_mesh_solution_packed_assets')
  const listed = /loadPackage\((\{"files".*?\})\);/s.exec(readFileSync(`${base}_loader.js`, 'utf8'))?.[1]
  const { files = [] } = JSON.parse(listed ?? '{}') as { files?: { filename: string; start: number; end: number }[] }
  const piece = files.find(({ filename }) => filename.endsWith(`/${ending}`))
  return piece === undefined ? new Uint8Array() : readFileSync(`${base}.data`).subarray(piece.start, piece.end)
}

/** All parts. */
export function faceWeights(): FaceWeights {
  return {
    detector_near: faceWeight('detector_near'),
    detector_far: faceWeight('detector_far'),
    mesh: faceWeight('mesh'),
    canonical: faceWeight('canonical'),
  }
}
