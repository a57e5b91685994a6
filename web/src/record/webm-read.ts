/** Reads what a browser's recorder writes: WebM without sizes, torn at its end by a crash. (RFC 8794, RFC 9559.) */

/** Element ids used here (RFC 9559, section 5). */
export const WEBM = {
  EBML: 0x1a45dfa3,
  SEGMENT: 0x18538067,
  SEEK_HEAD: 0x114d9b74,
  INFO: 0x1549a966,
  TRACKS: 0x1654ae6b,
  CLUSTER: 0x1f43b675,
  CUES: 0x1c53bb6b,
  TIMESTAMP_SCALE: 0x2ad7b1,
  DURATION: 0x4489,
  TIMESTAMP: 0xe7,
  SIMPLE_BLOCK: 0xa3,
  BLOCK_GROUP: 0xa0,
  PREV_SIZE: 0xab,
  POSITION: 0xa7,
  VOID: 0xec,
  CRC32: 0xbf,
} as const
const IN_CLUSTER: ReadonlySet<number> = new Set([
  WEBM.TIMESTAMP,
  WEBM.SIMPLE_BLOCK,
  WEBM.BLOCK_GROUP,
  WEBM.PREV_SIZE,
  WEBM.POSITION,
  WEBM.VOID,
  WEBM.CRC32,
])

/** Bytes of a part of a file. */
export type Bytes = Uint8Array<ArrayBuffer>

/** An element: where it starts, where its body starts, and where it ends; null where its size was not known when written. */
export interface Element {
  readonly id: number
  readonly start: number
  readonly body: number
  readonly end: number | null
}

/** A group of blocks with its own clock, in ticks of the file's scale. */
export interface Cluster {
  readonly ticks: number
  readonly blocks: readonly Bytes[]
}

/** One recorder's file, as far as it is whole. `scale` is nanoseconds a tick. */
export interface ScannedWebm {
  readonly ebml: Bytes | null
  readonly info: readonly Bytes[]
  readonly tracks: Bytes | null
  readonly scale: number
  readonly clusters: readonly Cluster[]
}

/** The element that begins at `at`, or null where the bytes end before its header or body does. */
export function elementAt(bytes: Uint8Array, at: number): Element | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const idLength = Math.clz32(first) - 23
  if (idLength > 4 || at + idLength >= bytes.length) return null
  let id = 0
  for (let index = 0; index < idLength; index += 1) id = id * 256 + (bytes[at + index] ?? 0)
  const sizeAt = at + idLength
  const lead = bytes[sizeAt] ?? 0
  const sizeLength = Math.clz32(lead) - 23
  if (lead === 0 || sizeLength > 8 || sizeAt + sizeLength > bytes.length) return null
  let size = lead & (0xff >> sizeLength)
  let unknown = size === 0xff >> sizeLength
  for (let index = 1; index < sizeLength; index += 1) {
    const byte = bytes[sizeAt + index] ?? 0
    unknown &&= byte === 0xff
    size = size * 256 + byte
  }
  const body = sizeAt + sizeLength
  if (unknown) return { id, start: at, body, end: null }
  return body + size <= bytes.length ? { id, start: at, body, end: body + size } : null
}

function numberIn(bytes: Uint8Array, element: Element): number {
  let value = 0
  for (let at = element.body; at < (element.end ?? element.body); at += 1) value = value * 256 + (bytes[at] ?? 0)
  return value
}

/** The children of an element of known size, those of unknown size and torn ones left out. */
function childrenOf(bytes: Uint8Array, parent: Element): Element[] {
  const children: Element[] = []
  let at = parent.body
  for (let child = elementAt(bytes, at); child?.end && at < (parent.end ?? 0); child = elementAt(bytes, at)) {
    children.push(child)
    at = child.end
  }
  return children
}

/** Reads one file from its beginning; whatever is torn at its end is left out. */
export function scanWebm(bytes: Bytes): ScannedWebm {
  let ebml: Bytes | null = null
  let tracks: Bytes | null = null
  let info: Bytes[] = []
  let scale = 1_000_000
  const clusters: { ticks: number; blocks: Bytes[] }[] = []
  let at = 0
  for (let element = elementAt(bytes, at); element; element = elementAt(bytes, at)) {
    const open = clusters.at(-1)
    if (element.id === WEBM.SEGMENT || element.id === WEBM.CLUSTER) {
      if (element.id === WEBM.CLUSTER) clusters.push({ ticks: 0, blocks: [] })
      at = element.body // step inside
      continue
    }
    if (element.end === null) break
    const whole = bytes.subarray(element.start, element.end)
    if (IN_CLUSTER.has(element.id)) {
      if (element.id === WEBM.TIMESTAMP && open) open.ticks = numberIn(bytes, element)
      if (element.id === WEBM.SIMPLE_BLOCK || element.id === WEBM.BLOCK_GROUP) open?.blocks.push(whole)
    } else if (element.id === WEBM.EBML) ebml = whole
    else if (element.id === WEBM.TRACKS) tracks = whole
    else if (element.id === WEBM.INFO) {
      const children = childrenOf(bytes, element)
      const given = children.find((child) => child.id === WEBM.TIMESTAMP_SCALE)
      if (given) scale = numberIn(bytes, given)
      info = children
        .filter((child) => child.id !== WEBM.DURATION && child.id !== WEBM.CRC32)
        .map((child) => bytes.subarray(child.start, child.end ?? child.start))
    }
    at = element.end
  }
  return { ebml, info, tracks, scale, clusters }
}

/** Track and time (ticks after its cluster's) of a SimpleBlock; null for another element. */
export function blockFacts(block: Bytes): { track: number; ticks: number } | null {
  const element = elementAt(block, 0)
  if (element?.id !== WEBM.SIMPLE_BLOCK || block.length < element.body + 4) return null
  const track = (block[element.body] ?? 0) & 0x7f // recorders number their tracks from 1, in one byte
  return { track, ticks: new DataView(block.buffer, block.byteOffset).getInt16(element.body + 1) }
}
