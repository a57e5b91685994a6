/** The invisible mark: what it survives, what not, and that pictures without one have none. */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { templateFile, templates } from '../face/node/templates.ts'
import { readPicture } from '../picture/read.ts'
import { writePicture } from '../picture/write.ts'
import { hideMark, readMark } from './mark.ts'

const id = '0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e'
const pictures = templates()
  .filter(({ kind }) => kind === 'picture')
  .slice(0, 4)

test.each(pictures)('$id: unseen, and read after JPEG 85, JPEG 50, half the size, twice the size', async (template) => {
  const pixels = await readPicture(readFileSync(templateFile(template, 'media') ?? ''), { pixels: 1e8 })
  expect(readMark(pixels)).toBeUndefined()
  const before = Uint8ClampedArray.from(pixels.data)
  expect(hideMark(pixels, id)).toBe(true)
  const error = pixels.data.reduce((sum, value, i) => sum + (value - (before[i] as number)) ** 2, 0)
  const psnr = 10 * Math.log10(255 ** 2 / (error / (before.length * 0.75)))
  expect(psnr).toBeGreaterThan(48)
  const png = await writePicture(pixels, 'png')
  const changes = {
    'JPEG 85': sharp(png).jpeg({ quality: 85 }),
    'JPEG 50': sharp(png).jpeg({ quality: 50 }),
    half: sharp(png).resize(Math.round(pixels.width / 2)),
    twice: sharp(png).resize(pixels.width * 2),
    'half, JPEG 85': sharp(png)
      .resize(Math.round(pixels.width / 2))
      .jpeg({ quality: 85 }),
  }
  for (const [name, image] of Object.entries(changes)) {
    const back = await readPicture(await image.toBuffer(), { pixels: 1e8 })
    expect(readMark(back), name).toEqual({ id: '0f1e2d3c4b' })
  }
  // Cut, it is gone: best effort.
  const cut = await sharp(png)
    .extract({ left: 0, top: 0, width: Math.round(pixels.width * 0.9), height: pixels.height })
    .png()
    .toBuffer()
  expect(readMark(await readPicture(cut, { pixels: 1e8 }))).toBeUndefined()
})
