import { createRequire } from 'node:module'
import type sharpModule from 'sharp'
import {
  BadRequestError,
  EngineMissingError,
  TooLargePictureError,
  UnreadableMediaError,
  UnsupportedPictureError,
} from '../error.ts'
import type { Pixels } from '../face/pixels.ts'
import { pictureKind } from './kind.ts'

let loaded: typeof sharpModule | undefined

/** libvips through sharp, with only the readers of the formats we take: no SVG, PDF, TIFF or anything that opens other files. @throws EngineMissingError */
export async function pictureEngine(): Promise<typeof sharpModule> {
  if (loaded !== undefined) return loaded
  let sharp: typeof sharpModule
  try {
    createRequire(import.meta.url).resolve('sharp')
    sharp = (await import('sharp')).default
  } catch {
    throw new EngineMissingError('the picture engine is not installed: run npm install')
  }
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadHeifBuffer',
    ],
  })
  loaded = sharp
  return sharp
}

/** How a picture is read. */
export interface ReadPictureOptions {
  /** Most pixels the file may claim. */
  readonly pixels: number
  /** The longest side of what comes back; larger pictures are made smaller. */
  readonly longest?: number
}

/** A picture that was read: its pixels, and how many pixels of the file (upright) one of them stands for. */
export interface ReadPicture extends Pixels {
  readonly scale: number
}

/**
 * Reads a picture: upright by its EXIF orientation, in sRGB whatever its colours were (CMYK, profiles, grey), the first
 * frame of an animated one. Only pixels come back: no EXIF, no place, no thumbnail, nothing that hides behind the
 * picture's end.
 * @throws UnsupportedPictureError a known format we have no decoder for, e.g. HEIC
 * @throws TooLargePictureError it claims more pixels than allowed; nothing was decoded
 * @throws UnreadableMediaError no picture, or a broken one
 */
export async function readPicture(bytes: Uint8Array, options: ReadPictureOptions): Promise<ReadPicture> {
  const kind = pictureKind(bytes)
  if (kind === undefined)
    throw new UnreadableMediaError('not a picture that can be read here (JPEG, PNG, WebP, GIF, AVIF)')
  if (kind === 'heic') throw new UnsupportedPictureError('HEIC pictures cannot be read here: save it as JPEG first')
  const sharp = await pictureEngine()
  const input = { failOn: 'error', limitInputPixels: false, pages: 1, sequentialRead: true } as const
  let width: number
  let height: number
  try {
    const about = await sharp(bytes, input).metadata()
    width = about.autoOrient.width
    height = about.autoOrient.height
  } catch (error) {
    throw new UnreadableMediaError(`a broken picture (${firstLine(error)})`)
  }
  if (width * height > options.pixels) throw new TooLargePictureError(`a picture of more than ${options.pixels} pixels`)
  if (width < 16 || height < 16) throw new BadRequestError('a picture of less than 16 pixels')
  const scale = Math.max(1, Math.max(width, height) / (options.longest ?? Infinity))
  try {
    const image = sharp(bytes, input).autoOrient()
    if (scale > 1) image.resize(Math.round(width / scale), Math.round(height / scale), { fit: 'fill' })
    const { data, info } = await image
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 4) throw new UnreadableMediaError('a picture with channels that are no colours')
    return {
      width: info.width,
      height: info.height,
      data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
      scale: width / info.width,
    }
  } catch (error) {
    if (error instanceof UnreadableMediaError) throw error
    throw new UnreadableMediaError(`a broken picture (${firstLine(error)})`)
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
}
