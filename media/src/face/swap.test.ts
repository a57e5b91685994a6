import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPicture } from '../picture/read.ts'
import { readCanonicalFace } from './canonical.ts'
import { drawLabel, labelHeight } from './label.ts'
import { FaceFinder } from './node/finder.ts'
import { openClipTemplate, openPictureTemplate, templateFile, templateOf, templates } from './node/templates.ts'
import { faceWeight } from './node/weights.ts'
import { blankPixels, copyPixels, type Pixels } from './pixels.ts'
import { faceRegion } from './region.ts'
import { type PreparedSource, prepareSource, type SwapTarget, swapFace } from './swap.ts'

const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
const finder = new FaceFinder()
afterAll(() => finder[Symbol.dispose]())

let selfie: PreparedSource
let target: SwapTarget
beforeAll(async () => {
  const bytes = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'faces', 'astronaut.jpg'))
  const pixels = await readPicture(bytes, { pixels: 1e7 })
  const { faces } = await finder.find(pixels)
  selfie = prepareSource({ pixels, points: faces[0]?.points ?? new Float32Array() })
  target = await openPictureTemplate(templateOf('scholar'))
})

const fresh = (): SwapTarget => ({ ...target, pixels: copyPixels(target.pixels) })

/** Mean difference of two pictures per channel, in a box or everywhere. */
function difference(a: Pixels, b: Pixels, box = { x: 0, y: 0, width: a.width, height: a.height }): number {
  let sum = 0
  for (let y = Math.round(box.y); y < Math.round(box.y + box.height); y++)
    for (let x = Math.round(box.x); x < Math.round(box.x + box.width); x++)
      for (let c = 0; c < 3; c++) {
        const i = (y * a.width + x) * 4 + c
        sum += Math.abs((a.data[i] as number) - (b.data[i] as number))
      }
  return sum / (box.width * box.height * 3)
}

const boxAround = (points: Float32Array, n: number, size: number) => ({
  x: (points[3 * n] as number) - size / 2,
  y: (points[3 * n + 1] as number) - size / 2,
  width: size,
  height: size,
})

describe('a face in a template (C268)', () => {
  test('changes the face and nothing else', () => {
    const made = fresh()
    swapFace(region, selfie, made)
    expect(difference(made.pixels, target.pixels, boxAround(target.points, 4, 60))).toBeGreaterThan(4)
    const { width, height } = made.pixels
    for (const corner of [
      { x: 0, y: 0, width, height: 200 },
      { x: 0, y: 640, width, height: height - 640 },
      { x: 0, y: 0, width: 180, height },
    ])
      expect(difference(made.pixels, target.pixels, corner)).toBe(0)
  })

  test('a face put onto itself stays as it is', () => {
    const same = { pixels: copyPixels(selfie.pixels), points: selfie.points }
    swapFace(region, selfie, same)
    expect(difference(same.pixels, selfie.pixels, boxAround(selfie.points, 4, 80))).toBeLessThan(1.5)
  })

  test('takes the light of the template: closer to its skin than without', async () => {
    const queen = await openPictureTemplate(templateOf('queen'))
    const lit = { ...queen, pixels: copyPixels(queen.pixels) }
    const plain = { ...queen, pixels: copyPixels(queen.pixels) }
    swapFace(region, selfie, lit)
    swapFace(region, selfie, plain, { relight: false })
    for (const cheek of [50, 280]) {
      const box = boxAround(queen.points, cheek, 40)
      expect(difference(lit.pixels, queen.pixels, box)).toBeLessThan(0.4 * difference(plain.pixels, queen.pixels, box))
    }
  })

  test('two coloured lamps in the selfie make no rainbow', () => {
    const pixels = copyPixels(selfie.pixels)
    for (let y = 0; y < pixels.height; y++)
      for (let x = 0; x < pixels.width; x++) {
        const i = (y * pixels.width + x) * 4
        const warm = x < 224
        pixels.data[i] = (pixels.data[i] as number) * (warm ? 1 : 0.35)
        pixels.data[i + 2] = (pixels.data[i + 2] as number) * (warm ? 0.35 : 1)
      }
    const made = fresh()
    swapFace(region, prepareSource({ pixels, points: selfie.points }), made)
    // The quotient alone would push each cheek's missing colour up to the template's: noise in colour, and patches.
    const chroma = (of: Pixels, points: Float32Array, n: number, c: 0 | 2): number => {
      const { x, y, width, height } = boxAround(points, n, 20)
      const sum = [0, 0, 0]
      for (let v = Math.round(y); v < y + height; v++)
        for (let u = Math.round(x); u < x + width; u++)
          for (let k = 0; k < 3; k++) sum[k] = (sum[k] ?? 0) + (of.data[(v * of.width + u) * 4 + k] as number)
      return (sum[c] ?? 0) / sum.reduce((total, value) => total + value)
    }
    const between = (of: Pixels, points: Float32Array, c: 0 | 2) =>
      Math.abs(chroma(of, points, 50, c) - chroma(of, points, 280, c))
    for (const c of [0, 2] as const)
      expect(between(made.pixels, target.points, c)).toBeLessThan(1.1 * between(pixels, selfie.points, c))
    // And inside of one cheek the colour stays one.
    for (const [a, b] of [
      [50, 205],
      [280, 425],
    ] as const)
      expect(
        Math.abs(chroma(made.pixels, target.points, a, 0) - chroma(made.pixels, target.points, b, 0)),
      ).toBeLessThan(0.06)
  })

  test('strength goes from nothing to all', () => {
    const at = [0, 0.5, 1].map((strength) => {
      const made = fresh()
      swapFace(region, selfie, made, { strength })
      return difference(made.pixels, target.pixels)
    })
    expect(at[0]).toBe(0)
    expect(at[1]).toBeGreaterThan(0.35 * (at[2] as number))
    expect(at[1]).toBeLessThan(0.65 * (at[2] as number))
  })

  test('the template keeps its mouth where it is asked to', async () => {
    const open = await openPictureTemplate(templateOf('dancer'))
    const [kept, own] = [
      { ...open, pixels: copyPixels(open.pixels) },
      { ...open, pixels: copyPixels(open.pixels) },
    ]
    swapFace(region, selfie, kept, { mouth: 'template' })
    swapFace(region, selfie, own, { mouth: 'own' })
    const between = [13, 14].map((n) => [open.points[3 * n] as number, open.points[3 * n + 1] as number])
    const [x, y] = [0, 1].map((c) => ((between[0]?.[c] ?? 0) + (between[1]?.[c] ?? 0)) / 2) as [number, number]
    const box = { x: x - 6, y: y - 2, width: 12, height: 4 }
    expect(difference(kept.pixels, open.pixels, box)).toBeLessThan(8)
    expect(difference(own.pixels, open.pixels, box)).toBeGreaterThan(difference(kept.pixels, open.pixels, box) + 10)
  })

  test('glasses of the template stay in front', async () => {
    const glasses = await openPictureTemplate(templateOf('professor'))
    const before = copyPixels(glasses.pixels)
    swapFace(region, selfie, glasses)
    const { over } = glasses
    let [sum, count] = [0, 0]
    for (let i = 0; i < before.width * before.height; i++)
      if (over?.[i] === 255) {
        sum += Math.abs((before.data[4 * i] as number) - (glasses.pixels.data[4 * i] as number))
        count++
      }
    expect(count).toBeGreaterThan(1000)
    expect(sum / count).toBe(0)
  })

  test('a face at the edge of the picture, or outside of it, breaks nothing', () => {
    for (const shift of [-400, 400, 5000]) {
      const moved = target.points.map((value, i) => (i % 3 === 2 ? value : value + shift))
      const made = fresh()
      swapFace(region, selfie, { ...made, points: moved })
      expect(made.pixels.data.length).toBe(target.pixels.data.length)
    }
  })
})

describe('the gallery', () => {
  test('16 pictures and 4 clips at least, each with files, points, a release and a credit', async () => {
    const all = templates()
    expect(all.filter(({ kind }) => kind === 'picture').length).toBeGreaterThanOrEqual(16)
    expect(all.filter(({ kind }) => kind === 'clip').length).toBeGreaterThanOrEqual(4)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const one of all) {
      for (const part of ['media', 'points', ...(one.over === undefined ? [] : (['over'] as const))] as const)
        expect(templateFile(one, part), `${one.id} ${part}`).toBeDefined()
      for (const words of [one.title, one.credit]) expect(words.en.length * words.zh.length).toBeGreaterThan(0)
      expect(one.release.statement).not.toBe('')
      if (one.kind === 'clip') expect(openClipTemplate(one).points.length).toBe(one.frames)
    }
  })

  test('the drawn faces are faces to the networks, and lie where their points say', async () => {
    for (const id of ['queen', 'professor', 'scholar', 'detective']) {
      const { pixels, points } = await openPictureTemplate(templateOf(id))
      const { faces } = await finder.find(pixels)
      expect(faces.length, id).toBe(1)
      let sum = 0
      for (let n = 0; n < 468; n++)
        sum += Math.hypot(
          (points[3 * n] as number) - (faces[0]?.points[3 * n] as number),
          (points[3 * n + 1] as number) - (faces[0]?.points[3 * n + 1] as number),
        )
      // Of a face 280 pixels wide.
      expect(sum / 468, id).toBeLessThan(9)
    }
  })
})

describe('the visible label (GB 45438)', () => {
  test.each([
    [720, 900],
    [1920, 1080],
    [512, 512],
    [200, 900],
  ])('%i x %i: words of 5 %% of the shortest side, readable on black and white', (width, height) => {
    for (const ground of [0, 255]) {
      const pixels = blankPixels(width, height)
      for (let i = 0; i < pixels.data.length; i++) if (i % 4 !== 3) pixels.data[i] = ground
      const place = drawLabel(pixels)
      expect(place.height).toBeGreaterThanOrEqual(0.05 * Math.min(width, height))
      expect(place.x + place.width).toBeLessThanOrEqual(width)
      expect(labelHeight).toBeGreaterThan(0.05)
      let [white, dark] = [0, 0]
      for (let y = place.y; y < place.y + place.height; y++)
        for (let x = place.x; x < place.x + place.width; x++) {
          const value = pixels.data[(y * width + x) * 4] as number
          if (value > 220) white++
          if (value < 120) dark++
        }
      expect(white).toBeGreaterThan(0.12 * place.width * place.height)
      expect(dark).toBeGreaterThan(0.3 * place.width * place.height)
    }
  })
})
