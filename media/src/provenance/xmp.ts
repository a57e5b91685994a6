import { crc32 } from './crc32.ts'

const jpegName = 'http://ns.adobe.com/xap/1.0/\0'
const pngName = 'XML:com.adobe.xmp\0\0\0\0\0'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Puts an XMP packet into a JPEG, PNG or WebP that was just encoded and has none (XMP specification part 3). */
export function withXmp(file: Uint8Array, xmp: string): Uint8Array {
  if (file[0] === 0xff && file[1] === 0xd8) {
    const body = joined([bytesOf(jpegName), bytesOf(xmp)])
    if (body.length > 65_000) throw new RangeError('an XMP packet of more than 65,000 bytes')
    const head = Uint8Array.of(0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255)
    // Behind JFIF's own segment, which must be the first.
    const at = file[2] === 0xff && file[3] === 0xe0 ? 4 + view(file).getUint16(4) : 2
    return joined([file.subarray(0, at), head, body, file.subarray(at)])
  }
  if (ascii(file, 1, 4) === 'PNG') {
    const body = joined([bytesOf('iTXt'), bytesOf(pngName), bytesOf(xmp)])
    const chunk = new Uint8Array(body.length + 8)
    view(chunk).setUint32(0, body.length - 4)
    chunk.set(body, 4)
    view(chunk).setUint32(body.length + 4, crc32(body))
    return joined([file.subarray(0, 33), chunk, file.subarray(33)])
  }
  if (ascii(file, 8, 12) === 'WEBP') return webpWithXmp(file, bytesOf(xmp))
  throw new RangeError('not a picture that can carry XMP')
}

function webpWithXmp(file: Uint8Array, xmp: Uint8Array): Uint8Array {
  const chunk = (name: string, body: Uint8Array): Uint8Array => {
    const out = new Uint8Array(8 + body.length + (body.length & 1))
    out.set(bytesOf(name))
    view(out).setUint32(4, body.length, true)
    out.set(body, 8)
    return out
  }
  let rest = file.subarray(12)
  let extended: Uint8Array
  if (ascii(rest, 0, 4) === 'VP8X') {
    extended = rest.slice(0, 18)
    extended[8] = (extended[8] ?? 0) | 4
    rest = rest.subarray(18)
  } else {
    const lossless = ascii(rest, 0, 4) === 'VP8L'
    const bits = view(rest)
    const width = lossless ? (bits.getUint32(9, true) & 0x3fff) + 1 : bits.getUint16(14, true) & 0x3fff
    const height = lossless ? ((bits.getUint32(9, true) >> 14) & 0x3fff) + 1 : bits.getUint16(16, true) & 0x3fff
    const body = new Uint8Array(10)
    body[0] = 4
    for (let i = 0; i < 3; i++) {
      body[4 + i] = ((width - 1) >> (8 * i)) & 255
      body[7 + i] = ((height - 1) >> (8 * i)) & 255
    }
    extended = chunk('VP8X', body)
  }
  const out = joined([file.subarray(0, 12), extended, rest, chunk('XMP ', xmp)])
  view(out).setUint32(4, out.length - 8, true)
  return out
}

/** The XMP packet of a picture, or none. Damaged structures end the search; nothing is thrown. */
export function readXmp(file: Uint8Array): string | undefined {
  const text = (from: number, to: number) => new TextDecoder().decode(file.slice(from, to))
  const bits = view(file)
  if (file[0] === 0xff && file[1] === 0xd8) {
    for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda; ) {
      const length = bits.getUint16(at + 2)
      if (file[at + 1] === 0xe1 && ascii(file, at + 4, at + 4 + jpegName.length) === jpegName)
        return text(at + 4 + jpegName.length, at + 2 + length)
      at += 2 + Math.max(2, length)
    }
  } else if (ascii(file, 1, 4) === 'PNG') {
    for (let at = 8; at + 12 <= file.length; ) {
      const length = bits.getUint32(at)
      if (ascii(file, at + 4, at + 8) === 'iTXt' && ascii(file, at + 8, at + 8 + pngName.length) === pngName)
        return text(at + 8 + pngName.length, at + 8 + length)
      at += 12 + length
    }
  } else if (ascii(file, 8, 12) === 'WEBP') {
    for (let at = 12; at + 8 <= file.length; ) {
      const length = bits.getUint32(at + 4, true)
      if (ascii(file, at, at + 4) === 'XMP ') return text(at + 8, at + 8 + length)
      at += 8 + length + (length & 1)
    }
  }
  return undefined
}
