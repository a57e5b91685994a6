/**
 * `npm run face:sheet [SELFIE ...]`: every selfie in every template of the gallery, side by side in one picture, to be
 * looked at: artefacts/face-sheet.webp. Without selfies the fixture alone. Real people's pictures stay on this machine.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCanonicalFace } from '@sotto/media/face/canonical'
import { FaceFinder } from '@sotto/media/face/node/finder'
import { openPictureTemplate, templates } from '@sotto/media/face/node/templates'
import { faceWeight } from '@sotto/media/face/node/weights'
import { blankPixels, halved, type Pixels } from '@sotto/media/face/pixels'
import { faceRegion } from '@sotto/media/face/region'
import { prepareSource, swapFace } from '@sotto/media/face/swap'
import { readPicture } from '@sotto/media/picture/read'
import { writePicture } from '@sotto/media/picture/write'

const root = join(import.meta.dirname, '..')
const given = process.argv.slice(2)
const selfies = given.length > 0 ? given : [join(root, 'media', 'fixtures', 'faces', 'astronaut.jpg')]
const region = faceRegion(readCanonicalFace(faceWeight('canonical')))
using finder = new FaceFinder()
const cell = { width: 240, height: 300 }
const pictures = templates().filter(({ kind }) => kind === 'picture')
const sheet = blankPixels(cell.width * pictures.length, cell.height * selfies.length)

/** Puts a picture into its cell, small enough to fit. */
function put(pixels: Pixels, column: number, row: number): void {
  let small = pixels
  while (small.width > cell.width * 1.5) small = halved(small)
  const scale = Math.max(small.width / cell.width, small.height / cell.height)
  for (let y = 0; y < cell.height; y++)
    for (let x = 0; x < cell.width; x++) {
      const [sx, sy] = [Math.floor(x * scale), Math.floor(y * scale)]
      if (sx >= small.width || sy >= small.height) continue
      const from = (sy * small.width + sx) * 4
      sheet.data.set(
        small.data.subarray(from, from + 4),
        ((row * cell.height + y) * sheet.width + column * cell.width + x) * 4,
      )
    }
}

for (const [row, path] of selfies.entries()) {
  const pixels = await readPicture(readFileSync(path), { pixels: 1e8, longest: 2560 })
  const [face] = (await finder.find(pixels)).faces
  if (face === undefined) {
    console.log(`${path}: no face`)
    continue
  }
  console.log(`${path}: ${face.quality.reasons.join(', ') || 'good'}`)
  const source = prepareSource({ pixels, points: face.points })
  for (const [column, template] of pictures.entries()) {
    const target = await openPictureTemplate(template)
    swapFace(region, source, target, { mouth: template.mouth })
    put(target.pixels, column, row)
  }
}
mkdirSync(join(root, 'artefacts'), { recursive: true })
writeFileSync(join(root, 'artefacts', 'face-sheet.webp'), await writePicture(sheet, 'webp'))
console.log(`artefacts/face-sheet.webp: ${pictures.length} templates x ${selfies.length} selfies`)
