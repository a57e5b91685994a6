import { FilmFrames } from '../../container/frames.ts'
import type { ByteSource } from '../../container/source.ts'
import { TooLongError, throwIfCancelled } from '../../error.ts'
import type { Limits } from '../../limits.ts'
import { noFace } from '../../operation/face-points.ts'
import type { Found } from '../find.ts'
import { OneEuro } from '../one-euro.ts'
import { boxOf } from '../quality.ts'
import type { FaceFinder } from './finder.ts'

/** Longest film a face is put into, seconds. */
export const longestFilm = 30

/** Pictures between two looks for a face that was lost. */
const lookEvery = 5

/**
 * The points of the largest face in each picture of a film, smoothed over time; none where it is not seen. One pass of
 * the mesh a picture, from where the face was before; the detectors are asked only at first and when it was lost.
 * @throws NoFaceError when no picture has a face that can be used
 * @throws TooLongError
 */
export async function filmPoints(
  source: ByteSource,
  finder: FaceFinder,
  options: {
    readonly limits: Limits
    readonly longest: number
    readonly signal?: AbortSignal | undefined
    readonly onSecond?: (at: number) => void
  },
): Promise<(Float32Array | undefined)[]> {
  using frames = new FilmFrames(source, options.limits, options.longest)
  const all: (Float32Array | undefined)[] = []
  const smooth = new OneEuro()
  let before: Float32Array | undefined
  let refused: Found['refused'] = []
  let lost = 0
  for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
    throwIfCancelled(options.signal)
    if (frame.at > longestFilm) throw new TooLongError(`faces are put into films of at most ${longestFilm} seconds`)
    const tracked = before === undefined ? undefined : await finder.track(frame.pixels, before)
    let points = tracked?.points
    if (points === undefined) {
      if (before !== undefined || lost % lookEvery === 0) {
        const found = await finder.find(frame.pixels, { tiles: 'never', turned: false })
        points = found.faces[0]?.points
        if (points === undefined && found.refused.length > 0) refused = found.refused
      }
      smooth.reset()
    }
    lost = points === undefined ? lost + 1 : 0
    before = points
    all.push(points === undefined ? undefined : smooth.next(points, frame.at, boxOf(points).width))
    options.onSecond?.(frame.at)
  }
  if (all.every((points) => points === undefined)) throw noFace(refused)
  return all
}
