/** Composed pictures as they were when they were looked at: what changes them more than a little is to be looked at again. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPicture } from '../picture/read.ts'
import { readCanonicalFace } from './canonical.ts'
import { FaceFinder } from './node/finder.ts'
import { openPictureTemplate, templateOf } from './node/templates.ts'
import { faceWeight } from './node/weights.ts'
import type { Pixels } from './pixels.ts'
import { faceRegion } from './region.ts'
import { prepareSource, swapFace } from './swap.ts'
import { rectOf } from './warp.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'faces')
const file = join(fixtures, 'golden.json')
const grid = 24

/** Mean red, green, blue of the face's rectangle in a grid: small enough to keep, fine enough for a face. */
function looks(pixels: Pixels, points: Float32Array): number[] {
  const rect = rectOf(points, pixels.width, pixels.height)
  const sums = new Float64Array(grid * grid * 4)
  for (let y = 0; y < rect.height; y++)
    for (let x = 0; x < rect.width; x++) {
      const cell = (Math.floor((y * grid) / rect.height) * grid + Math.floor((x * grid) / rect.width)) * 4
      const i = ((y + rect.top) * pixels.width + x + rect.left) * 4
      for (let c = 0; c < 3; c++) sums[cell + c] = (sums[cell + c] as number) + (pixels.data[i + c] as number)
      sums[cell + 3] = (sums[cell + 3] as number) + 1
    }
  return Array.from({ length: grid * grid * 3 }, (_, i) => {
    const cell = Math.floor(i / 3) * 4
    return Math.round((sums[cell + (i % 3)] as number) / (sums[cell + 3] as number))
  })
}

test('the astronaut in five templates looks as it did: mean change under 2 levels, nowhere over 12', async () => {
  const astronaut = await readPicture(readFileSync(join(fixtures, 'astronaut.jpg')), { pixels: 1e7 })
  using finder = new FaceFinder()
  const { faces } = await finder.find(astronaut)
  const source = prepareSource({ pixels: astronaut, points: faces[0]?.points ?? new Float32Array(1404) })
  const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
  const made: Record<string, number[]> = {}
  for (const id of ['queen', 'professor', 'dancer', 'reader', 'scholar']) {
    const target = await openPictureTemplate(templateOf(id))
    swapFace(region, source, target, { mouth: templateOf(id).mouth })
    made[id] = looks(target.pixels, target.points)
  }
  // Written anew when the sheet was looked at: SOTTO_GOLDEN=write vitest run media/src/face/golden.test.ts
  if (process.env.SOTTO_GOLDEN === 'write') writeFileSync(file, `${JSON.stringify(made)}\n`)
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]>
  expect(Object.keys(made)).toEqual(Object.keys(kept))
  for (const [id, now] of Object.entries(made)) {
    const changes = now.map((value, i) => Math.abs(value - (kept[id]?.[i] ?? 0)))
    expect(changes.reduce((sum, change) => sum + change) / changes.length, id).toBeLessThan(2)
    expect(Math.max(...changes), id).toBeLessThan(12)
  }
})
