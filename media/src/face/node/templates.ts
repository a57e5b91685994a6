import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { BadRequestError } from '../../error.ts'
import { pictureEngine, readPicture } from '../../picture/read.ts'
import type { SwapTarget } from '../swap.ts'
import { clipPoints, type Template } from '../template.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'templates')

let listed: readonly Template[] | undefined

/** All templates that ship with the studio. */
export function templates(): readonly Template[] {
  listed ??= JSON.parse(readFileSync(join(folder, 'templates.json'), 'utf8')) as readonly Template[]
  return listed
}

/** The template of a name. @throws BadRequestError when there is none */
export function templateOf(id: string): Template {
  const found = templates().find((one) => one.id === id)
  if (found === undefined) throw new BadRequestError('there is no template of that name')
  return found
}

/** Files of a template that a page may load, by what they are; the path of each on this machine. */
export function templateFile(template: Template, part: 'media' | 'over' | 'points'): string | undefined {
  const name =
    part === 'media'
      ? template.file
      : part === 'over'
        ? template.over
        : `${template.id}${template.kind === 'clip' ? '.points.gz' : '.json'}`
  const path = name === undefined ? undefined : join(folder, name)
  return path !== undefined && existsSync(path) ? path : undefined
}

const bytesOf = (template: Template, part: 'media' | 'over' | 'points'): Buffer =>
  readFileSync(templateFile(template, part) ?? '')

/** A picture template, decoded, with its points and mask. */
export async function openPictureTemplate(template: Template): Promise<SwapTarget> {
  const pixels = await readPicture(bytesOf(template, 'media'), { pixels: 1e8 })
  const { points } = JSON.parse(bytesOf(template, 'points').toString()) as { points: number[] }
  const target = { pixels, points: Float32Array.from(points) }
  if (template.over === undefined) return target
  const sharp = await pictureEngine()
  const over = await sharp(bytesOf(template, 'over')).toColourspace('b-w').extractChannel(0).raw().toBuffer()
  return { ...target, over: new Uint8Array(over) }
}

/** A clip template: its file and the points of each of its frames. */
export function openClipTemplate(template: Template): { readonly bytes: Uint8Array; readonly points: Float32Array[] } {
  return { bytes: bytesOf(template, 'media'), points: clipPoints(gunzipSync(bytesOf(template, 'points'))) }
}
