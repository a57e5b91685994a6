import sharp from 'sharp'
import type { CanonicalFace } from '../../src/face/canonical.ts'
import type { Pixels } from '../../src/face/pixels.ts'
import { bentFace, project } from './head.ts'
import { layers } from './layers.ts'
import type { Portrait } from './portrait.ts'
import { painted, paintFace } from './raster.ts'
import { textureSvg } from './texture.ts'

/** A drawn portrait, the points of its face, and what lies over the face (0..255 a pixel). */
export interface Drawn {
  readonly pixels: Pixels
  readonly points: Float32Array
  readonly over: Uint8Array
}

const kept = new Map<string, Promise<Pixels>>()

/** Drawn once: the paint of a face and what is behind a head do not change from frame to frame. */
function once(key: string, make: () => Promise<Pixels>): Promise<Pixels> {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}

async function drawn(svg: string, width: number, height: number): Promise<Pixels> {
  // Reading pictures blocks SVG in the same process; here it is our own.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  const data = await sharp(Buffer.from(svg)).resize(width, height, { fit: 'fill' }).ensureAlpha().raw().toBuffer()
  return { width, height, data: new Uint8ClampedArray(data) }
}

function lay(onto: Pixels, layer: Pixels): void {
  for (let i = 0; i < onto.data.length; i += 4) {
    const a = (layer.data[i + 3] as number) / 255
    if (a === 0) continue
    for (let c = 0; c < 3; c++)
      onto.data[i + c] = (onto.data[i + c] as number) * (1 - a) + (layer.data[i + c] as number) * a
  }
}

/** Draws a portrait. */
export async function draw(
  face: CanonicalFace,
  portrait: Portrait,
  width: number,
  height: number,
  brush: number,
): Promise<Drawn> {
  const scale = (width * 0.395) / 15
  const points = project(bentFace(face, portrait), portrait.pose, { x: width * 0.5, y: height * 0.44, scale })
  const { ground, behind, front } = layers(portrait, points, scale, width, height)
  const base = await once(`ground ${portrait.id} ${width}`, () => drawn(ground, width, height))
  const pixels = { ...base, data: base.data.slice() }
  lay(pixels, await drawn(behind, width, height))
  const texture = await once(`face ${portrait.id} ${portrait.mouth.open > 0.15}`, () =>
    drawn(textureSvg(face, portrait), 1024, 1024),
  )
  paintFace(pixels, face, points, texture, portrait.light)
  const over = await drawn(front, width, height)
  lay(pixels, over)
  const alpha = new Uint8Array(width * height)
  for (let i = 0; i < alpha.length; i++) alpha[i] = over.data[4 * i + 3] as number
  return { pixels: painted(pixels, brush), points, over: alpha }
}
