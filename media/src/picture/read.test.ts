import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { readPicture } from './read.ts'

const astronaut = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'faces', 'astronaut.jpg'))
const options = { pixels: 8192 * 8192 }

/** A PNG that claims a size and holds next to nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1 << 20))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('hostile pictures end in a name or in the right pixels', () => {
  test('a bomb of 30,000 x 30,000 is refused by what it claims', async () => {
    await expect(readPicture(bomb(30_000, 30_000), options)).rejects.toMatchObject({ code: 'too-large-picture' })
  })

  test.each([
    ['nothing', ''],
    ['text', 'this is text'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><image href="file:///etc/passwd"/></svg>'],
    ['pdf', '%PDF-1.4\n1 0 obj'],
    ['a cut header', astronaut.subarray(0, 200)],
    ['cut in the middle', astronaut.subarray(0, 20_000)],
    ['a PNG with too few rows', bomb(2000, 2000)],
  ])('%s: unreadable', async (_, bytes) => {
    await expect(readPicture(Buffer.from(bytes), options)).rejects.toMatchObject({ code: 'unreadable-media' })
  })

  test('HEIC is named', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
    await expect(readPicture(heic, options)).rejects.toMatchObject({ code: 'unsupported-picture' })
  })

  test('a polyglot gives its picture, and nothing of what hangs behind it', async () => {
    const both = Buffer.concat([astronaut, Buffer.from('PK\x03\x04<script>alert(1)</script>')])
    const [plain, poly] = [await readPicture(astronaut, options), await readPicture(both, options)]
    expect(Buffer.from(poly.data).equals(Buffer.from(plain.data))).toBe(true)
  })

  test('upright by EXIF; a place in it comes nowhere near the result', async () => {
    const turned = await sharp(astronaut)
      .rotate(90)
      .withExif({ IFD0: { Orientation: '8' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 8 })
      .jpeg({ quality: 95 })
      .toBuffer()
    const plain = await readPicture(astronaut, options)
    const upright = await readPicture(turned, options)
    expect([upright.width, upright.height]).toEqual([plain.width, plain.height])
    let sum = 0
    for (let i = 0; i < plain.data.length; i++) sum += Math.abs((plain.data[i] as number) - (upright.data[i] as number))
    expect(sum / plain.data.length).toBeLessThan(4)
  })

  test('CMYK comes out in sRGB, an animation as its first frame, transparency on grey', async () => {
    const plain = await readPicture(astronaut, options)
    const cmyk = await readPicture(await sharp(astronaut).toColourspace('cmyk').jpeg().toBuffer(), options)
    const middle = (pixels: typeof plain) => [...pixels.data.subarray((200 * 512 + 256) * 4, (200 * 512 + 256) * 4 + 4)]
    for (const [c, value] of middle(cmyk).entries())
      expect(Math.abs(value - (middle(plain)[c] as number))).toBeLessThan(40)
    const frames = await sharp([await solid('red'), await solid('blue')], { join: { animated: true } })
      .gif()
      .toBuffer()
    expect([...(await readPicture(frames, options)).data.subarray(0, 3)]).toEqual([255, 0, 0])
    const clear = await sharp({ create: { width: 32, height: 32, channels: 4, background: '#ff000000' } })
      .png()
      .toBuffer()
    expect([...(await readPicture(clear, options)).data.subarray(0, 4)]).toEqual([128, 128, 128, 255])
  })

  test('a large one is made smaller on the way in', async () => {
    const picture = await readPicture(astronaut, { ...options, longest: 100 })
    expect([picture.width, picture.height, picture.scale]).toEqual([100, 100, 5.12])
  })
})

function solid(background: string): Promise<Buffer> {
  return sharp({ create: { width: 32, height: 32, channels: 3, background } })
    .png()
    .toBuffer()
}
