/**
 * Joins the parts of an interrupted recording into one WebM: a recorder that begins anew writes a whole new file, with
 * its own header and clock. The first header is kept; the clusters of later parts follow with their times moved on.
 * (EBML: RFC 8794; Matroska elements: RFC 9559.)
 */

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TRACKS = 0x1654ae6b
const CLUSTER = 0x1f43b675
const TIMESTAMP_SCALE = 0x2ad7b1
const TIMESTAMP = 0xe7
const SIMPLE_BLOCK = 0xa3
const BLOCK_GROUP = 0xa0
const PREV_SIZE = 0xab
const POSITION = 0xa7
const IN_CLUSTER = new Set([TIMESTAMP, SIMPLE_BLOCK, BLOCK_GROUP, PREV_SIZE, POSITION, 0xec, 0xbf])

/** One part: the bytes of one recorder, and the seconds recorded before it. */
export interface RecordedPart {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly startsAt: number
}

interface Element {
  readonly id: number
  readonly start: number
  readonly body: number
  /** Where it ends; null where its size was not known when it was written (live recording). */
  readonly end: number | null
}

/** The element that begins at `at`, or null where the bytes end before its header or body does. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
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

const UNKNOWN_SIZE = new Uint8Array([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])

function idBytes(id: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array([id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255])
}

function timestamp(ticks: number): Uint8Array<ArrayBuffer> {
  const element = new Uint8Array(10)
  element[0] = TIMESTAMP
  element[1] = 0x88
  new DataView(element.buffer).setBigUint64(2, BigInt(Math.max(0, Math.round(ticks))))
  return element
}

interface Scanned {
  readonly head: readonly Uint8Array<ArrayBuffer>[]
  readonly scale: number
  readonly clusters: readonly { readonly ticks: number; readonly blocks: readonly Uint8Array<ArrayBuffer>[] }[]
}

/** Reads one part; whatever is torn at its end is left out. */
function scan(bytes: Uint8Array<ArrayBuffer>): Scanned {
  const head: Uint8Array<ArrayBuffer>[] = []
  const clusters: { ticks: number; blocks: Uint8Array<ArrayBuffer>[] }[] = []
  let scale = 1_000_000
  let at = 0
  for (let element = elementAt(bytes, at); element; element = elementAt(bytes, at)) {
    const open = clusters.at(-1)
    if (element.id === SEGMENT || element.id === CLUSTER) {
      if (element.id === CLUSTER) clusters.push({ ticks: 0, blocks: [] })
      at = element.body // step inside
      continue
    }
    if (element.end === null) break
    if (IN_CLUSTER.has(element.id)) {
      if (element.id === TIMESTAMP && open) open.ticks = numberIn(bytes, element)
      if (element.id === SIMPLE_BLOCK || element.id === BLOCK_GROUP)
        open?.blocks.push(bytes.subarray(element.start, element.end))
    } else if (element.id === EBML || element.id === INFO || element.id === TRACKS) {
      head.push(bytes.subarray(element.start, element.end))
      if (element.id === INFO) scale = scaleIn(bytes, element) ?? scale
    }
    at = element.end
  }
  return { head, scale, clusters }
}

function scaleIn(bytes: Uint8Array, info: Element): number | null {
  let at = info.body
  for (
    let element = elementAt(bytes, at);
    element?.end && element.end <= (info.end ?? 0);
    element = elementAt(bytes, at)
  ) {
    if (element.id === TIMESTAMP_SCALE) return numberIn(bytes, element)
    at = element.end
  }
  return null
}

/** One WebM of all parts, as pieces for a Blob. Throws RangeError where the first part has no header. */
export function joinWebm(parts: readonly RecordedPart[]): Uint8Array<ArrayBuffer>[] {
  const scanned = parts.map((part) => ({ ...scan(part.bytes), startsAt: part.startsAt }))
  const first = scanned.find((part) => part.head.length >= 3)
  const [ebml, ...rest] = first?.head ?? []
  if (!first || !ebml) throw new RangeError('no part has a whole WebM header')
  const out: Uint8Array<ArrayBuffer>[] = [ebml, idBytes(SEGMENT), UNKNOWN_SIZE, ...rest]
  for (const part of scanned) {
    for (const cluster of part.clusters) {
      if (cluster.blocks.length === 0) continue
      const seconds = part.startsAt + (cluster.ticks * part.scale) / 1e9
      out.push(idBytes(CLUSTER), UNKNOWN_SIZE, timestamp((seconds * 1e9) / first.scale), ...cluster.blocks)
    }
  }
  return out
}
