/** Pictures of the person, and of the gallery, as pixels in the page's memory. */
import type { Pixels } from '@sotto/media/face/pixels'
import type { Template } from '@sotto/media/face/template'

/** Longest side of a picture here; more is not seen in a result. */
const longest = 2048

/** The file is no picture this browser can read. */
export class NoPictureError extends Error {}

/** A picture's pixels, upright by its EXIF orientation; nothing else of the file is looked at. @throws NoPictureError */
export async function pixelsOf(file: Blob, most = longest): Promise<Pixels> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new NoPictureError('unreadable')
  }
  const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height))
  const pixels = drawn(
    bitmap,
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  )
  bitmap.close()
  return pixels
}

/** What a source shows now, in this size. */
export function drawn(source: CanvasImageSource, width: number, height: number): Pixels {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new NoPictureError('no canvas')
  context.fillStyle = '#808080'
  context.fillRect(0, 0, width, height)
  context.drawImage(source, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return { width, height, data: new Uint8ClampedArray(data) }
}

/** Shows pixels on a canvas of the page. */
export function show(pixels: Pixels, canvas: HTMLCanvasElement): void {
  canvas.width = pixels.width
  canvas.height = pixels.height
  canvas
    .getContext('2d')
    ?.putImageData(new ImageData(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height), 0, 0)
}

const fileOf = (template: Template, part: 'media' | 'over' | 'points'): string => {
  const name =
    part === 'media'
      ? template.file
      : part === 'over'
        ? (template.over ?? '')
        : template.kind === 'clip'
          ? '.gz'
          : '.json'
  return `/face/${template.id}.${part}${name.slice(name.lastIndexOf('.'))}`
}

/** Address of a template's picture. */
export function templateAddress(template: Template): string {
  return fileOf(template, 'media')
}

/** The gallery's pictures and clips; empty where this studio was built without faces. */
export async function gallery(): Promise<readonly Template[]> {
  const answer = await fetch('/face/templates.json')
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return []
  return (await answer.json()) as readonly Template[]
}

/** What a face goes into: a picture with the points of its faces, and what lies over them. */
export interface Target {
  readonly pixels: Pixels
  readonly points: readonly Float32Array[]
  readonly over?: Uint8Array
}

/** A template with all that belongs to it. */
export async function openTemplate(template: Template): Promise<Target> {
  const get = async (part: 'media' | 'over' | 'points') => (await fetch(fileOf(template, part))).blob()
  const [media, points] = await Promise.all([get('media'), get('points')])
  const pixels = await pixelsOf(media, Infinity)
  const known = JSON.parse(await points.text()) as { points: number[] }
  const target = { pixels, points: [Float32Array.from(known.points)] }
  if (template.over === undefined) return target
  const mask = await pixelsOf(await get('over'), Infinity)
  return {
    ...target,
    over: Uint8Array.from({ length: mask.width * mask.height }, (_, i) => mask.data[4 * i] as number),
  }
}

/** A film a face goes into; without points they are found. */
export interface Film {
  readonly bytes: ArrayBuffer
  readonly points?: readonly Float32Array[]
  /** Name of the studio's clip. */
  readonly template?: string
}

/** A clip of the gallery with the points of its pictures. */
export async function openClip(template: Template): Promise<Film> {
  const get = async (part: 'media' | 'points') => (await fetch(fileOf(template, part))).arrayBuffer()
  const [bytes, packed] = await Promise.all([get('media'), get('points')])
  const { clipPoints } = await import('@sotto/media/face/template')
  const unpacked = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')))
  return { bytes, points: clipPoints(new Uint8Array(await unpacked.arrayBuffer())), template: template.id }
}

/** The same target, made small: what a live preview composes has to be done thirty times a second. */
export function smallTarget(target: Target, most: number): Target {
  const scale = Math.min(1, most / Math.max(target.pixels.width, target.pixels.height))
  const width = Math.round(target.pixels.width * scale)
  const height = Math.round(target.pixels.height * scale)
  const scaled = (pixels: Pixels): Pixels => {
    const canvas = new OffscreenCanvas(pixels.width, pixels.height)
    canvas
      .getContext('2d')
      ?.putImageData(new ImageData(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height), 0, 0)
    return drawn(canvas, width, height)
  }
  const points = target.points.map((one) => one.map((value) => value * scale))
  const small = { pixels: scaled(target.pixels), points }
  if (target.over === undefined) return small
  const grey = new Uint8ClampedArray(target.over.length * 4)
  for (const [i, value] of target.over.entries()) grey.fill(value, 4 * i, 4 * i + 3)
  for (let i = 3; i < grey.length; i += 4) grey[i] = 255
  const mask = scaled({ ...target.pixels, data: grey })
  return { ...small, over: Uint8Array.from({ length: width * height }, (_, i) => mask.data[4 * i] as number) }
}
