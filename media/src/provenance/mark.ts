/**
 * The invisible mark: 40 bits of the number in the labels, hidden in the lightness of a picture, best effort. Spread
 * transform dither modulation (Chen and Wornell 2001) of low DCT coefficients of the picture brought to 256 x 256 cells, so
 * that other sizes of the same picture say the same. It holds JPEG and resizing; cutting, turning and painting over
 * destroy it, and so can anybody who knows of it. It proves nothing by being absent.
 */
import type { Pixels } from '../face/pixels.ts'

/** Cells of the picture along each side. */
const side = 256
/** Bits of the number, and of its check. */
const bits = { number: 40, check: 24 } as const
const total = bits.number + bits.check
/** Steps of the lattice: the half of one is what noise must not reach. Levels of lightness, in the sum over one bit's coefficients. */
const step = 72
/** Frequencies used in each block of 8 x 8 cells: low enough for JPEG, high enough not to be seen. */
const frequencies = [
  [1, 1],
  [0, 2],
  [2, 0],
  [1, 2],
  [2, 1],
  [0, 3],
  [3, 0],
  [2, 2],
] as const
/** Pictures smaller than this have no room for it; pixels. */
const smallest = 256

/** A mark that was read. */
export interface InvisibleMark {
  /** The first ten hexadecimal digits of the number in the labels. */
  readonly id: string
}

interface Place {
  /** Number of the block, and of its frequency. */
  readonly block: number
  readonly frequency: number
  readonly sign: number
}

const blocks = (side / 8) ** 2
const basis = frequencies.map(([u, v]) =>
  Float32Array.from({ length: 64 }, (_, i) => {
    const scale = (k: number) => (k === 0 ? Math.SQRT1_2 : 1) / 2
    const wave = (k: number, n: number) => scale(k) * Math.cos(((2 * n + 1) * k * Math.PI) / 16)
    return wave(u, i & 7) * wave(v, i >> 3)
  }),
)

let spread: readonly (readonly Place[])[] | undefined

/** Which coefficients carry which bit, the same everywhere. */
function places(): readonly (readonly Place[])[] {
  if (spread !== undefined) return spread
  let state = 0x534f5454
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state ^ (state >>> 13)) >>> 0
  }
  const all = Array.from({ length: blocks * frequencies.length }, (_, i) => i)
  for (let i = all.length - 1; i > 0; i--) {
    const j = random() % (i + 1)
    ;[all[i], all[j]] = [all[j] as number, all[i] as number]
  }
  const each = Math.floor(all.length / total)
  spread = Array.from({ length: total }, (_, bit) =>
    all.slice(bit * each, (bit + 1) * each).map((n) => ({
      block: Math.floor(n / frequencies.length),
      frequency: n % frequencies.length,
      sign: random() & 4096 ? 1 : -1,
    })),
  )
  return spread
}

/** How `length` pixels lie in the cells: for each the first cell, and how much of the pixel is in it; the rest is in the next ones. */
function cellsAlong(length: number): { readonly first: Uint16Array; readonly edges: Float32Array } {
  const first = new Uint16Array(length)
  const edges = new Float32Array(length + 1)
  for (let n = 0; n <= length; n++) edges[n] = (n * side) / length
  for (let n = 0; n < length; n++) first[n] = Math.min(side - 1, Math.floor(edges[n] as number))
  return { first, edges }
}

/** Sums lines of values into cells, by how much of each lies in which. */
function gathered(from: Float32Array, lines: number, length: number, along: number, across: number): Float32Array {
  const { first, edges } = cellsAlong(length)
  const into = new Float32Array(lines * side)
  for (let n = 0; n < length; n++) {
    const end = edges[n + 1] as number
    let begin = edges[n] as number
    for (let cell = first[n] as number; cell < side && begin < end - 1e-6; cell++) {
      const part = Math.min(end, cell + 1) - begin
      begin = cell + 1
      for (let line = 0; line < lines; line++) {
        const to = line * side + cell
        into[to] = (into[to] as number) + part * (from[n * along + line * across] as number)
      }
    }
  }
  return into
}

/** Mean lightness in each cell. */
function cellsOf({ width, height, data }: Pixels): Float32Array {
  const light = new Float32Array(width * height)
  for (let i = 0, at = 0; i < light.length; i++, at += 4)
    light[i] = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number)
  const rows = gathered(light, height, width, 1, width)
  // `rows` has `side` values a line: now down, cell by cell.
  const columns = gathered(rows, side, height, side, 1)
  const cells = new Float32Array(side * side)
  for (let x = 0; x < side; x++) for (let y = 0; y < side; y++) cells[y * side + x] = columns[x * side + y] as number
  return cells
}

const cellAt = (block: number, i: number) => ((block >> 5) * 8 + (i >> 3)) * side + (block & 31) * 8 + (i & 7)

/** What each bit's coefficients sum to. */
function sums(cells: Float32Array): Float32Array {
  return Float32Array.from(places(), (list) => {
    let sum = 0
    for (const { block, frequency, sign } of list) {
      const wave = basis[frequency] as Float32Array
      for (let i = 0; i < 64; i++) sum += sign * (wave[i] as number) * (cells[cellAt(block, i)] as number)
    }
    return sum / Math.sqrt(list.length)
  })
}

/** CRC-24 (RFC 4880, 6.1) of the number's five bytes. */
function checkOf(number: readonly number[]): number {
  let crc = 0xb704ce
  for (const byte of number) {
    crc ^= byte << 16
    for (let i = 0; i < 8; i++) crc = crc & 0x800000 ? ((crc << 1) ^ 0x1864cfb) & 0xffffff : (crc << 1) & 0xffffff
  }
  return crc
}

function wordOf(id: string): boolean[] {
  const bytes = (id.replaceAll('-', '').match(/../g) ?? []).slice(0, 5).map((hex) => Number.parseInt(hex, 16))
  const check = checkOf(bytes)
  return [...bytes, check >> 16, (check >> 8) & 255, check & 255].flatMap((byte) =>
    Array.from({ length: 8 }, (_, i) => ((byte >> (7 - i)) & 1) === 1),
  )
}

/** Hides the beginning of a number in a picture, in place. Pictures under 256 pixels a side are left as they are: false. */
export function hideMark(pixels: Pixels, id: string): boolean {
  if (Math.min(pixels.width, pixels.height) < smallest) return false
  const word = wordOf(id)
  const change = new Float32Array(side * side)
  // Smoothing and rounding on the way back take a little off: what is missing is added in the next round.
  const original = Uint8ClampedArray.from(pixels.data)
  for (let round = 0; round < 3; round++) {
    const now = sums(cellsOf(pixels))
    for (const [bit, list] of places().entries()) {
      const value = now[bit] as number
      const offset = word[bit] ? step / 2 : 0
      const missing = Math.round((value - offset) / step) * step + offset - value
      for (const { block, frequency, sign } of list) {
        const wave = basis[frequency] as Float32Array
        const part = (sign * missing) / Math.sqrt(list.length)
        for (let i = 0; i < 64; i++) {
          const cell = cellAt(block, i)
          change[cell] = (change[cell] as number) + part * (wave[i] as number)
        }
      }
    }
    pixels.data.set(original)
    add(pixels, change)
  }
  return true
}

/** Adds cells to a picture's lightness, smoothly between their middles. */
function add({ width, height, data }: Pixels, cells: Float32Array): void {
  const place = (n: number, length: number) => Math.min(side - 1.001, Math.max(0, ((n + 0.5) * side) / length - 0.5))
  for (let y = 0; y < height; y++) {
    const v = place(y, height)
    const row = Math.floor(v) * side
    const fy = v - Math.floor(v)
    for (let x = 0; x < width; x++) {
      const u = place(x, width)
      const i = row + Math.floor(u)
      const fx = u - Math.floor(u)
      const upper = (cells[i] as number) * (1 - fx) + (cells[i + 1] as number) * fx
      const lower = (cells[i + side] as number) * (1 - fx) + (cells[i + side + 1] as number) * fx
      const by = upper * (1 - fy) + lower * fy
      const to = (y * width + x) * 4
      for (let c = 0; c < 3; c++) data[to + c] = (data[to + c] as number) + by
    }
  }
}

/** The mark of a picture, or none that could be read. One picture in sixteen million without a mark seems to have one. */
export function readMark(pixels: Pixels): InvisibleMark | undefined {
  if (Math.min(pixels.width, pixels.height) < 64) return undefined
  const bytes = new Array<number>(total / 8).fill(0)
  for (const [bit, value] of sums(cellsOf(pixels)).entries()) {
    const part = value / step - Math.floor(value / step)
    if (part > 0.25 && part <= 0.75) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (128 >> (bit & 7))
  }
  const number = bytes.slice(0, 5)
  const [a = 0, b = 0, c = 0] = bytes.slice(5)
  if (checkOf(number) !== ((a << 16) | (b << 8) | c)) return undefined
  return { id: number.map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}
