import { labelGlyphs } from './label-glyphs.ts'
import type { Pixels } from './pixels.ts'

/** Height of the label's words as part of the picture's shortest side: GB 45438-2025 asks for 5 % at least. */
export const labelHeight = 0.055

/** Where a label was drawn: the words alone, without their ground; pixels. */
export interface LabelPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

let coverage: Uint8Array | undefined

function glyphs(): Uint8Array {
  if (coverage !== undefined) return coverage
  const bits = new Uint8Array(labelGlyphs.width * labelGlyphs.height)
  const bytes = atob(labelGlyphs.runs)
  let at = 0
  let ink = 0
  let run = 0
  let shift = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i)
    run |= (byte & 127) << shift
    shift += 7
    if (byte >= 128) continue
    if (ink === 1) bits.fill(1, at, at + run)
    at += run
    ink ^= 1
    run = 0
    shift = 0
  }
  coverage = bits
  return bits
}

/**
 * Draws the label that says a picture was made by a machine into its lower right corner: white words on a dark ground,
 * readable on anything (GB 45438-2025 5.2; AI Act 50). There is no way to leave it out.
 */
export function drawLabel(pixels: Pixels): LabelPlace {
  const words = glyphs()
  const shortest = Math.min(pixels.width, pixels.height)
  const scale = Math.max(Math.ceil(shortest * labelHeight), 8) / labelGlyphs.height
  // In a very narrow picture the words would not fit: then they take what room there is.
  const width = Math.min(Math.round(labelGlyphs.width * scale), pixels.width)
  const height = Math.min(Math.round(labelGlyphs.height * scale), pixels.height)
  const margin = Math.round(shortest * 0.02)
  const x = Math.max(0, pixels.width - width - 2 * margin)
  const y = Math.max(0, pixels.height - height - 2 * margin)
  shadeRect(pixels, x - margin, y - margin, width + 2 * margin, height + 2 * margin)
  const inks = inkOf(words, width, height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const ink = inks[row * width + column] as number
      if (ink === 0) continue
      const i = ((y + row) * pixels.width + x + column) * 4
      for (let c = 0; c < 3; c++) pixels.data[i + c] = (pixels.data[i + c] as number) * (1 - ink) + 255 * ink
    }
  return { x, y, width, height }
}

let drawn: { readonly width: number; readonly height: number; readonly inks: Float32Array } | undefined

/** The words in a size, 0..1 a pixel; kept, because a film has the same in every picture. */
function inkOf(words: Uint8Array, width: number, height: number): Float32Array {
  if (drawn?.width !== width || drawn.height !== height) {
    const inks = new Float32Array(width * height)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        inks[row * width + column] = inkAt(
          words,
          column / width,
          row / height,
          (column + 1) / width,
          (row + 1) / height,
        )
    drawn = { width, height, inks }
  }
  return drawn.inks
}

/** Part of ink in a rectangle of the words, given in parts of their size. */
function inkAt(words: Uint8Array, left: number, top: number, right: number, bottom: number): number {
  const x0 = Math.floor(left * labelGlyphs.width)
  const x1 = Math.max(x0 + 1, Math.floor(right * labelGlyphs.width))
  const y0 = Math.floor(top * labelGlyphs.height)
  const y1 = Math.max(y0 + 1, Math.floor(bottom * labelGlyphs.height))
  let sum = 0
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += words[y * labelGlyphs.width + x] as number
  return sum / ((x1 - x0) * (y1 - y0))
}

function shadeRect(pixels: Pixels, left: number, top: number, width: number, height: number): void {
  for (let y = Math.max(0, top); y < Math.min(pixels.height, top + height); y++)
    for (let x = Math.max(0, left); x < Math.min(pixels.width, left + width); x++) {
      const i = (y * pixels.width + x) * 4
      for (let c = 0; c < 3; c++) pixels.data[i + c] = (pixels.data[i + c] as number) * 0.35
    }
}
