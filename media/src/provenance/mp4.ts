/** The little of MP4 (ISO/IEC 14496-12) that labels need: top-level boxes, one more of them, and chunk offsets that follow. */

/** A box of an MP4: where it begins, how long it is, where its content begins; bytes. */
export interface Mp4Box {
  readonly type: string
  readonly start: number
  readonly size: number
  readonly content: number
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The boxes of a stretch of a file; ends where the structure is broken. */
export function* mp4Boxes(bytes: Uint8Array, from = 0, to = bytes.length): Generator<Mp4Box> {
  const bits = view(bytes)
  for (let at = from; at + 8 <= to; ) {
    let size = bits.getUint32(at)
    let content = at + 8
    if (size === 0) size = to - at
    else if (size === 1) {
      if (at + 16 > to) return
      size = Number(bits.getBigUint64(at + 8))
      content = at + 16
    }
    if (size < content - at || at + size > to) return
    yield { type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), start: at, size, content }
    at += size
  }
}

/** Is it an MP4 (or QuickTime) film, by its first box? */
export function isMp4(bytes: Uint8Array): boolean {
  const brand = String.fromCharCode(...bytes.subarray(4, 12))
  return /^ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |M4A |qt {2}|dash)/.test(brand)
}

/** The value of a tag of a film (QuickTime's `keys` and `ilst`, as libav writes names of its own), or none. */
export function mp4Tag(file: Uint8Array, name: string): string | undefined {
  const bits = view(file)
  const text = (from: number, to: number) => new TextDecoder().decode(file.slice(from, to))
  const inside = (box: Mp4Box | undefined, type: string, skip = 0): Mp4Box | undefined =>
    box && [...mp4Boxes(file, box.content + skip, box.start + box.size)].find((one) => one.type === type)
  const moov = [...mp4Boxes(file)].find(({ type }) => type === 'moov')
  for (const meta of [inside(moov, 'meta'), inside(inside(moov, 'udta'), 'meta')]) {
    // With version and flags as ISO writes it, without as QuickTime does.
    const skip = inside(meta, 'hdlr') === undefined ? 4 : 0
    const [keys, list] = [inside(meta, 'keys', skip), inside(meta, 'ilst', skip)]
    if (keys === undefined || list === undefined) continue
    let number = 0
    for (let at = keys.content + 8, i = 1; at + 8 <= keys.start + keys.size; i++) {
      const size = bits.getUint32(at)
      if (size < 8) break
      if (text(at + 8, at + size) === name) number = i
      at += size
    }
    for (const item of mp4Boxes(file, list.content, list.start + list.size)) {
      const data = bits.getUint32(item.start + 4) === number ? inside(item, 'data') : undefined
      if (data !== undefined) return text(data.content + 8, data.start + data.size)
    }
  }
  return undefined
}

/** Room for `length` bytes behind the first box; what lies behind moves, and the tables of chunks are told. */
export function mp4WithRoom(file: Uint8Array, length: number): { readonly bytes: Uint8Array; readonly at: number } {
  const first = mp4Boxes(file).next().value
  const at = first === undefined ? 0 : first.size
  const bytes = new Uint8Array(file.length + length)
  bytes.set(file.subarray(0, at))
  bytes.set(file.subarray(at), at + length)
  // The hole must look like a box while the boxes are walked.
  view(bytes).setUint32(at, length)
  bytes.set(new TextEncoder().encode('free'), at + 4)
  shiftChunks(bytes, 0, bytes.length, length)
  return { bytes, at }
}

const nested = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])

function shiftChunks(bytes: Uint8Array, from: number, to: number, by: number): void {
  const bits = view(bytes)
  for (const { type, start, size, content } of mp4Boxes(bytes, from, to)) {
    if (nested.has(type)) shiftChunks(bytes, content, start + size, by)
    if (type !== 'stco' && type !== 'co64') continue
    const wide = type === 'co64' ? 8 : 4
    const count = Math.min(bits.getUint32(content + 4), Math.floor((start + size - content - 8) / wide))
    for (let i = 0; i < count; i++) {
      const at = content + 8 + i * wide
      if (wide === 4) bits.setUint32(at, bits.getUint32(at) + by)
      else bits.setBigUint64(at, bits.getBigUint64(at) + BigInt(by))
    }
  }
}
