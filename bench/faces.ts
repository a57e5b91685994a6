import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemorySink } from '@sotto/media'
import { readCanonicalFace } from '@sotto/media/face/canonical'
import { FaceFinder } from '@sotto/media/face/node/finder'
import { openPictureTemplate, templateOf } from '@sotto/media/face/node/templates'
import { faceWeight } from '@sotto/media/face/node/weights'
import { blankPixels, copyPixels, type Pixels } from '@sotto/media/face/pixels'
import { faceRegion } from '@sotto/media/face/region'
import { prepareSource, swapFace } from '@sotto/media/face/swap'
import { faceClip } from '@sotto/media/operation/face-clip'
import { readPicture } from '@sotto/media/picture/read'
import { type Row, ratioRow, type Section, sideBySide } from './measure.ts'

/** A 720p picture with the face of another in its middle, about 300 pixels wide. */
function wide(from: Pixels): { readonly pixels: Pixels; readonly left: number; readonly top: number } {
  const pixels = blankPixels(1280, 720)
  const [left, top] = [280, -100]
  for (let y = 0; y < from.height; y++)
    for (let x = 0; x < from.width; x++) {
      const to = ((y + top) * 1280 + x + left) * 4
      if (y + top >= 0 && y + top < 720)
        pixels.data.set(from.data.subarray((y * from.width + x) * 4, (y * from.width + x) * 4 + 4), to)
    }
  return { pixels, left, top }
}

/** Mean difference of the cheeks' colours between two pictures, levels: what a seam is made of. */
function cheeks(made: Pixels, before: Pixels, points: Float32Array): number {
  let [sum, count] = [0, 0]
  for (const n of [50, 205, 280, 425])
    for (let y = -10; y <= 10; y++)
      for (let x = -10; x <= 10; x++) {
        const i =
          (Math.round((points[3 * n + 1] as number) + y) * made.width + Math.round((points[3 * n] as number) + x)) * 4
        for (let c = 0; c < 3; c++) sum += Math.abs((made.data[i + c] as number) - (before.data[i + c] as number))
        count += 3
      }
  return sum / count
}

/** Points and composition for one face at 720p, and relighting against none. */
export async function faces(): Promise<Section> {
  const bytes = readFileSync(join(import.meta.dirname, '..', 'media', 'fixtures', 'faces', 'astronaut.jpg'))
  const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
  using finder = new FaceFinder()
  const astronaut = await readPicture(bytes, { pixels: 1e8 })
  const { faces: found } = await finder.find(astronaut)
  const source = prepareSource({ pixels: astronaut, points: found[0]?.points ?? new Float32Array(1404) })
  const scholar = await openPictureTemplate(templateOf('scholar'))
  const { pixels, left, top } = wide(scholar.pixels)
  const points = scholar.points.map((value, i) => (i % 3 === 0 ? value + left : i % 3 === 1 ? value + top : value))
  const times = await sideBySide(25, {
    find: () => finder.find(pixels, { tiles: 'auto' }),
    track: () => finder.track(pixels, points),
    swap: () => swapFace(region, source, { pixels, points }),
  })
  const queen = await openPictureTemplate(templateOf('queen'))
  const [lit = 0, plain = 1] = [true, false].map((relight) => {
    const made = { ...queen, pixels: copyPixels(queen.pixels) }
    swapFace(region, source, made, { relight })
    return cheeks(made.pixels, queen.pixels, queen.points)
  })
  const row = (what: string, ms: number, aim: number): Row => ({
    what,
    value: `${ms.toFixed(1)} ms`,
    aim: `<= ${aim} ms`,
    met: ms <= aim,
  })
  const fps = 1000 / (times.track + times.swap)
  // A whole clip: finding the selfie's face, decoding, composing, labelling, encoding, signing.
  const used = process.cpuUsage()
  const clip = await faceClip(bytes, undefined, new MemorySink(), { template: 'summit' }, {})
  const { user, system } = process.cpuUsage(used)
  const perCore = clip.frames / ((user + system) / 1e6)
  return {
    title: 'Faces at 720p, one face',
    rows: [
      row('points, whole picture', times.find, 40),
      row('composition', times.swap, 30),
      { what: 'track and composition', value: `${fps.toFixed(0)} frames/s`, aim: '>= 20 frames/s', met: fps >= 20 },
      {
        what: 'a clip of 4 s whole, 432 x 540, by processor time',
        value: `${perCore.toFixed(0)} frames/s a core`,
        aim: '>= 20 frames/s a core',
        met: perCore >= 20,
      },
      ratioRow('light skin on a dark template, plain / relit difference of the cheeks', plain / lit, 2),
    ],
  }
}
