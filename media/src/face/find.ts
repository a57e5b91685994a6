import { throwIfCancelled } from '../error.ts'
import { farAnchors, nearAnchors } from './anchors.ts'
import { type Box, type Detection, detect, merged, overlap } from './detect.ts'
import { at, type Mesh, meshIn, squareOfDetection, squareOfPoints } from './mesh.ts'
import type { FaceNetworks } from './networks.ts'
import { type Pixels, Pyramid } from './pixels.ts'
import { type Pose, poseOf } from './pose.ts'
import { boxOf, distance, type FaceQuality, qualityOf } from './quality.ts'
import type { Square } from './sample.ts'

/** A face in a picture. */
export interface Face {
  readonly box: Box
  /** `x, y, z` for each of the 468 points: pixels of the picture; z in the same unit, smaller is nearer. */
  readonly points: Float32Array
  readonly pose: Pose
  readonly quality: FaceQuality
}

/** A place that looks like a face but cannot be used: seen from the side, or hidden too far. */
export interface RefusedFace {
  readonly box: Box
  readonly reason: 'profile' | 'hidden'
}

/** What was found, largest face first. */
export interface Found {
  readonly faces: readonly Face[]
  readonly refused: readonly RefusedFace[]
}

/** How thoroughly to look. */
export interface FindOptions {
  /** Look through the picture in tiles too, for faces down to 25 pixels. `auto`: when the largest face is small, or none is found. */
  readonly tiles?: 'auto' | 'always' | 'never'
  /** Look at the picture turned, too, when it shows nothing upright. Default true. */
  readonly turned?: boolean
  readonly signal?: AbortSignal
}

/** Beyond this the far half of the face is not seen, and its points are guesses. Degrees. */
const profileYaw = 50

/** Side of the smallest tile, pixels: a face of 25 pixels is 15 of the far detector's 192 in it. */
const smallestTile = 320

/** Finds all faces of a picture. Source: MediaPipe's two BlazeFace detectors and face mesh, with tiles and turning of our own. */
export async function findFaces(networks: FaceNetworks, pixels: Pixels, options: FindOptions = {}): Promise<Found> {
  const { tiles = 'auto', turned = true, signal } = options
  const pyramid = new Pyramid(pixels)
  const side = Math.max(pixels.width, pixels.height)
  const whole: Square = { x: pixels.width / 2, y: pixels.height / 2, side, rotation: 0 }
  const look = async (square: Square): Promise<Detection[]> => [
    ...(await detect(networks.near, nearAnchors, pyramid, square)),
    ...(await detect(networks.far, farAnchors, pyramid, square)),
  ]
  let detections = merged(await look(whole))
  const largest = Math.max(0, ...detections.map((one) => one.width))
  const wantsTiles = tiles === 'always' || (tiles === 'auto' && largest < 0.2 * Math.min(pixels.width, pixels.height))
  if (wantsTiles)
    for (const square of tilesOf(pixels)) {
      throwIfCancelled(signal)
      const inTile = await detect(networks.far, farAnchors, pyramid, square)
      // What touches the tile's edge is seen whole in another one.
      detections.push(...inTile.filter((one) => inside(one, square)))
    }
  detections = merged(detections)
  if (detections.length === 0 && turned)
    for (const quarter of [1, 3, 2]) {
      throwIfCancelled(signal)
      detections = merged(await look({ ...whole, rotation: (quarter * Math.PI) / 2 }))
      if (detections.length > 0) break
    }
  const faces: Face[] = []
  const refused: RefusedFace[] = []
  for (const detection of detections) {
    throwIfCancelled(signal)
    const first = await meshIn(networks.mesh, pyramid, squareOfDetection(detection))
    const mesh = await meshIn(networks.mesh, pyramid, squareOfPoints(first.points))
    const pose = poseOf(mesh.points, networks.canonical)
    const { x, y, width, height } = detection
    const box = { x, y, width, height }
    if (mesh.sure < 0.5 || !agrees(detection, mesh)) {
      if (detection.score > 0.75) refused.push({ box, reason: sideways(detection) ? 'profile' : 'hidden' })
    } else if (Math.abs(pose.yaw) > profileYaw) refused.push({ box, reason: 'profile' })
    else
      faces.push({
        box: boxOf(mesh.points),
        points: mesh.points,
        pose,
        quality: qualityOf(pixels, mesh.points, mesh.sure, pose),
      })
  }
  const kept = withoutDoubles(faces)
  return {
    faces: kept.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height),
    refused: refused.filter((one) => !kept.some((face) => overlap(one.box, face.box) > 0.2)),
  }
}

/** Follows a face from the picture before: one pass of the mesh, no detector. None when it is lost. */
export async function trackFace(
  networks: FaceNetworks,
  pixels: Pixels,
  before: Float32Array,
): Promise<{ readonly points: Float32Array; readonly sure: number; readonly pose: Pose } | undefined> {
  const mesh = await meshIn(networks.mesh, new Pyramid(pixels), squareOfPoints(before))
  if (mesh.sure < 0.5) return undefined
  return { ...mesh, pose: poseOf(mesh.points, networks.canonical) }
}

/** Tiles of halving size over the picture, overlapping by a quarter. */
function* tilesOf({ width, height }: Pixels): Generator<Square> {
  for (let side = Math.max(width, height) / 2; side >= smallestTile * 0.75; side /= 2) {
    const across = steps(width, side)
    const down = steps(height, side)
    // A picture of a hundred megapixels is not searched for faces of 25 pixels: they would be one in a million.
    if (across.length * down.length > 150) return
    for (const y of down) for (const x of across) yield { x, y, side, rotation: 0 }
  }
}

/** Middles of tiles along one side of the picture. */
function steps(length: number, side: number): number[] {
  if (length <= side) return [length / 2]
  const count = Math.ceil((length - side) / (side * 0.75)) + 1
  return Array.from({ length: count }, (_, i) => side / 2 + ((length - side) * i) / (count - 1))
}

function inside(box: Box, square: Square): boolean {
  const half = square.side / 2
  const slack = -0.02 * square.side
  return (
    box.x >= square.x - half - slack &&
    box.y >= square.y - half - slack &&
    box.x + box.width <= square.x + half + slack &&
    box.y + box.height <= square.y + half + slack
  )
}

/** Do detector and mesh mean the same eyes? On things that are no faces they do not. */
function agrees({ keys, width }: Detection, { points }: Mesh): boolean {
  const middle = (a: number, b: number, c: 0 | 1) => ((points[3 * a + c] as number) + (points[3 * b + c] as number)) / 2
  const off = (key: number, outer: number, inner: number) =>
    Math.hypot(
      (keys[2 * key] as number) - middle(outer, inner, 0),
      (keys[2 * key + 1] as number) - middle(outer, inner, 1),
    )
  const allowed = 0.25 * width
  return off(0, at.rightEyeOuter, at.rightEyeInner) < allowed && off(1, at.leftEyeOuter, at.leftEyeInner) < allowed
}

/** Do the key points show a head from the side: the nose near or beyond an eye? */
function sideways({ keys, width }: Detection): boolean {
  const [rx = 0, , lx = 0, , nx = 0] = keys
  return Math.abs(lx - rx) < 0.28 * width || nx < Math.min(lx, rx) || nx > Math.max(lx, rx)
}

/** Two detections can become one face only after the mesh pulled them together: nearly the same eyes and nose. */
function withoutDoubles(faces: readonly Face[]): Face[] {
  const kept: Face[] = []
  for (const face of faces.toSorted((a, b) => b.quality.sure - a.quality.sure)) {
    const same = kept.some((other) => {
      const size = Math.min(distance(face.points, at.chin, at.forehead), distance(other.points, at.chin, at.forehead))
      const between = Math.hypot(
        (face.points[3 * at.noseRoot] as number) - (other.points[3 * at.noseRoot] as number),
        (face.points[3 * at.noseRoot + 1] as number) - (other.points[3 * at.noseRoot + 1] as number),
      )
      return between < 0.3 * size || overlap(face.box, other.box) > 0.5
    })
    if (!same) kept.push(face)
  }
  return kept
}
