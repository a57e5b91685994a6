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
  const name = part === 'media' ? template.file : part === 'over' ? (template.over ?? '') : `${template.id}.json`
  return `/face/${template.id}.${part}${name.slice(name.lastIndexOf('.'))}`
}

/** Address of a template's picture. */
export function templateAddress(template: Template): string {
  return fileOf(template, 'media')
}

/** The gallery's pictures; empty where this studio was built without faces. */
export async function gallery(): Promise<readonly Template[]> {
  const answer = await fetch('/face/templates.json')
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return []
  const all = (await answer.json()) as readonly Template[]
  return all.filter(({ kind }) => kind === 'picture')
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
