import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readPicture } from '../../picture/read.ts'
import { at } from '../mesh.ts'
import { blankPixels, type Pixels } from '../pixels.ts'
import { distance } from '../quality.ts'
import { FaceFinder } from './finder.ts'
import { facePartNames, faceParts, faceWeight } from './weights.ts'

const finder = new FaceFinder()
afterAll(() => finder[Symbol.dispose]())

const fixture = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'faces', 'astronaut.jpg')
const astronaut = await readPicture(readFileSync(fixture), { pixels: 1e7 })

/** Marked by hand, on the picture enlarged nine times. */
const marks: readonly [number, number, number][] = [
  [at.rightEyeOuter, 193, 101],
  [at.rightEyeInner, 212, 102.5],
  [at.leftEyeInner, 236.5, 105],
  [at.leftEyeOuter, 258.5, 105.5],
  [at.noseTip, 224, 127],
  [at.mouthRight, 202.5, 140],
  [at.mouthLeft, 245, 141],
]

/** Puts a picture into a larger one: scaled by nearest pixels, at a place. */
function placed(onto: Pixels, from: Pixels, scale: number, left: number, top: number): void {
  for (let y = 0; y < Math.floor(from.height * scale); y++)
    for (let x = 0; x < Math.floor(from.width * scale); x++) {
      const source = (Math.floor(y / scale) * from.width + Math.floor(x / scale)) * 4
      onto.data.set(from.data.subarray(source, source + 4), ((top + y) * onto.width + left + x) * 4)
    }
}

function quarterTurned({ width, height, data }: Pixels): Pixels {
  const turned = blankPixels(height, width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      turned.data.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (x * height + height - 1 - y) * 4)
  return turned
}

test('every part of the weights is cut out as pinned: a wrong network fails silently', () => {
  for (const name of facePartNames) expect(faceWeight(name).length, name).toBe(faceParts[name].bytes)
})

describe('points (C262)', () => {
  test('lie where a hand marked them: mean error under 4 % of the distance of the pupils', async () => {
    const { faces, refused } = await finder.find(astronaut)
    expect([faces.length, refused.length]).toEqual([1, 0])
    const { points, pose, quality } = faces[0] as (typeof faces)[number]
    const errors = marks.map(([n, x, y]) =>
      Math.hypot((points[3 * n] as number) - x, (points[3 * n + 1] as number) - y),
    )
    expect(errors.reduce((sum, error) => sum + error) / errors.length).toBeLessThan(0.04 * 45)
    expect(points.length).toBe(468 * 3)
    expect(Math.abs(pose.yaw)).toBeLessThan(10)
    expect(quality.sure).toBeGreaterThan(0.99)
  })

  test('golden: the networks answer as they did when the points were looked at', async () => {
    const { faces } = await finder.find(astronaut)
    const { points } = faces[0] as (typeof faces)[number]
    const seen = [10, 152, 234, 454, 4, 13].map((n) =>
      [points[3 * n], points[3 * n + 1]].map((v) => Math.round(v as number)),
    )
    // Within a pixel: other processors round otherwise.
    const golden = [227, 69, 220, 177, 179, 112, 271, 117, 223, 127, 223, 142]
    for (const [i, value] of seen.flat().entries())
      expect(Math.abs(value - (golden[i] as number))).toBeLessThanOrEqual(1)
  })

  test('a small face in a large picture, and all of a group', async () => {
    const group = blankPixels(1600, 1200)
    for (let i = 0; i < group.data.length; i += 4) group.data.fill(90 + ((i >> 8) % 40), i, i + 3)
    const places = [
      [0.3, 60, 80],
      [0.3, 500, 700],
      [0.5, 900, 300],
      [1, 1050, 640],
      [0.35, 1350, 60],
    ] as const
    for (const [scale, left, top] of places) placed(group, astronaut, scale, left, top)
    const { faces } = await finder.find(group, { tiles: 'always' })
    expect(faces.length).toBe(places.length)
    for (const [scale, left, top] of places)
      expect(
        faces.some(
          ({ points }) =>
            Math.hypot(
              (points[3 * at.noseTip] as number) - left - 224 * scale,
              (points[3 * at.noseTip + 1] as number) - top - 127 * scale,
            ) <
            12 * scale,
        ),
        `face at ${left},${top}`,
      ).toBe(true)
    // The smallest of them is under 30 pixels wide.
    expect(Math.min(...faces.map(({ box }) => box.width))).toBeLessThan(32)
  })

  test('a picture on its side', async () => {
    const { faces } = await finder.find(quarterTurned(astronaut))
    expect(faces.length).toBe(1)
    expect(Math.abs(Math.abs((faces[0] as (typeof faces)[number]).pose.roll) - 90)).toBeLessThan(15)
  })

  test('no face is invented where there is none', async () => {
    const empty = blankPixels(800, 600)
    expect(await finder.find(empty, { tiles: 'always' })).toEqual({ faces: [], refused: [] })
    let state = 7
    for (let i = 0; i < empty.data.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      if (i % 4 !== 3) empty.data[i] = state >>> 24
    }
    expect((await finder.find(empty, { tiles: 'always' })).faces).toEqual([])
  })

  test('a face is followed without being looked for', async () => {
    const { faces } = await finder.find(astronaut)
    const before = (faces[0] as (typeof faces)[number]).points
    const tracked = await finder.track(astronaut, before)
    expect(tracked?.sure).toBeGreaterThan(0.99)
    expect(distance(tracked?.points ?? new Float32Array(1404), at.noseTip, at.chin)).toBeCloseTo(
      distance(before, at.noseTip, at.chin),
      -1,
    )
    expect(await finder.track(blankPixels(512, 512), before)).toBeUndefined()
  })
})

const samples = join(import.meta.dirname, '../../../../../shared/samples/faces')
describe.skipIf(!existsSync(samples))('real pictures', () => {
  test.each([
    ['group-three.jpg', 3],
    ['none-notes.jpg', 0],
    ['small-face.jpg', 1],
    ['two-one-profile.jpg', 1],
    ['president.jpg', 1],
    ['glasses-1.jpg', 1],
  ])('%s: %i', async (name, count) => {
    const picture = await readPicture(readFileSync(join(samples, name)), { pixels: 1e8 })
    expect((await finder.find(picture, { tiles: 'always' })).faces.length).toBe(count)
  })
})
