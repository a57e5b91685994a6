/**
 * Makes one whole WebM of a recording. A recorder writes no length and no index, so what it wrote cannot be sought in;
 * and one that begins anew after an interruption writes another file with its own clock. Here the first header is
 * kept, the clusters of all parts follow on one clock, and length and index (cues) are added. Nothing is re-encoded.
 */
import { type Bytes, blockFacts, scanWebm, WEBM } from './webm-read.ts'

/** One part: the bytes of one recorder, and the seconds recorded before it. */
export interface RecordedPart {
  readonly bytes: Bytes
  readonly startsAt: number
}

function idBytes(id: number): number[] {
  const bytes = [(id >>> 24) & 255, (id >>> 16) & 255, (id >>> 8) & 255, id & 255]
  return bytes.slice(bytes.findIndex((byte) => byte !== 0))
}

/** Id and an eight-byte size: always as long as its id and eight, so places can be known beforehand. */
function header(id: number, size: number): Bytes {
  const start = idBytes(id)
  const bytes = new Uint8Array(start.length + 8)
  bytes.set(start)
  new DataView(bytes.buffer).setBigUint64(start.length, BigInt(size))
  bytes[start.length] = 0x01
  return bytes
}

/** An element with an unsigned number of eight bytes. */
function unsigned(id: number, value: number): Bytes {
  const start = idBytes(id)
  const bytes = new Uint8Array(start.length + 9)
  bytes.set(start)
  bytes[start.length] = 0x88
  new DataView(bytes.buffer).setBigUint64(start.length + 1, BigInt(Math.max(0, Math.round(value))))
  return bytes
}

function float(id: number, value: number): Bytes {
  const start = idBytes(id)
  const bytes = new Uint8Array(start.length + 9)
  bytes.set(start)
  bytes[start.length] = 0x88
  new DataView(bytes.buffer).setFloat64(start.length + 1, value)
  return bytes
}

const sizeOf = (pieces: readonly Bytes[]) => pieces.reduce((sum, piece) => sum + piece.length, 0)
const element = (id: number, body: readonly Bytes[]): Bytes[] => [header(id, sizeOf(body)), ...body]

const SEEK = 0x4dbb
const SEEK_ID = 0x53ab
const SEEK_POSITION = 0x53ac
const CUE_POINT = 0xbb
const CUE_TIME = 0xb3
const CUE_TRACK_POSITIONS = 0xb7
const CUE_TRACK = 0xf7
const CUE_CLUSTER_POSITION = 0xf1

/** Where the index lies, counted from the body of the segment. Its own length does not depend on the place. */
function seekHead(cuesAt: number): Bytes[] {
  const id = idBytes(WEBM.CUES)
  const seekId = new Uint8Array([...idBytes(SEEK_ID), 0x80 | id.length, ...id])
  return element(WEBM.SEEK_HEAD, element(SEEK, [seekId, unsigned(SEEK_POSITION, cuesAt)]))
}

/** One WebM of all parts, as pieces for a Blob. Throws RangeError where no part has a whole header. */
export function joinWebm(parts: readonly RecordedPart[]): Bytes[] {
  const scanned = parts.map((part) => ({ ...scanWebm(part.bytes), startsAt: part.startsAt }))
  const first = scanned.find((part) => part.ebml && part.tracks)
  if (!first?.ebml || !first.tracks) throw new RangeError('no part has a whole WebM header')
  const scale = first.scale
  const clusters = scanned.flatMap((part) =>
    part.clusters
      .filter((cluster) => cluster.blocks.length > 0)
      .map((cluster) => ({
        ticks: Math.round((part.startsAt * 1e9 + cluster.ticks * part.scale) / scale),
        blocks: cluster.blocks,
      })),
  )
  const times = clusters.flatMap((cluster) =>
    cluster.blocks.map((block) => cluster.ticks + (blockFacts(block)?.ticks ?? 0)),
  )
  // the last block lasts as long as the one before it did
  const last = times.at(-1) ?? 0
  const duration = last + Math.max(0, last - (times.at(-2) ?? last))
  const info = element(WEBM.INFO, [...first.info, float(WEBM.DURATION, duration)])
  const before = sizeOf(seekHead(0)) + sizeOf(info) + first.tracks.length
  let at = before
  const cues: Bytes[] = []
  const body: Bytes[] = []
  for (const cluster of clusters) {
    const pieces = element(WEBM.CLUSTER, [unsigned(WEBM.TIMESTAMP, cluster.ticks), ...cluster.blocks])
    const track = cluster.blocks.map(blockFacts).find((facts) => facts)?.track ?? 1
    cues.push(
      ...element(CUE_POINT, [
        unsigned(CUE_TIME, cluster.ticks),
        ...element(CUE_TRACK_POSITIONS, [unsigned(CUE_TRACK, track), unsigned(CUE_CLUSTER_POSITION, at)]),
      ]),
    )
    body.push(...pieces)
    at += sizeOf(pieces)
  }
  const segment = [...seekHead(at), ...info, first.tracks, ...body, ...element(WEBM.CUES, cues)]
  return [first.ebml, ...element(WEBM.SEGMENT, segment)]
}
