import type { Pixels } from '../face/pixels.ts'
import { pictureEngine } from './read.ts'

/** Formats pictures are written in. */
export const stillFormats = ['png', 'jpg', 'webp'] as const
/** One of them. */
export type StillFormat = (typeof stillFormats)[number]

/** Encodes a picture. Nothing but the pixels goes into the file. */
export async function writePicture(pixels: Pixels, format: StillFormat): Promise<Buffer> {
  const sharp = await pictureEngine()
  const { width, height, data } = pixels
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const image = sharp(raw, { raw: { width, height, channels: 4 } }).removeAlpha()
  switch (format) {
    case 'png':
      return await image.png({ compressionLevel: 6 }).toBuffer()
    case 'jpg':
      return await image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer()
    case 'webp':
      return await image.webp({ quality: 90, effort: 3 }).toBuffer()
  }
}
