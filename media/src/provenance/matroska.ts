/** Is it Matroska or WebM, by its first four bytes (RFC 8794, EBML header)? */
export function isMatroska(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3
}

/** Length of an EBML element's data: value, and bytes it takes (RFC 8794, 4). */
function sizeAt(bytes: Uint8Array, at: number): { readonly value: number; readonly length: number } {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  let value = first & ((1 << (8 - length)) - 1)
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return { value, length }
}

/**
 * The string of a simple tag (RFC 9559, 5.1.8) of a name, or none. Found by its name's own element, wherever it lies: a
 * file written as a stream has no index to follow.
 */
export function matroskaTag(bytes: Uint8Array, name: string): string | undefined {
  for (let at = bytes.indexOf(0x45); at >= 0; at = bytes.indexOf(0x45, at + 1)) {
    // The name's length may be written in more bytes than it needs.
    const { value, length } = sizeAt(bytes, at + 2)
    if (bytes[at + 1] !== 0xa3 || value !== name.length) continue
    const text = (from: number, size: number) => new TextDecoder().decode(bytes.slice(from, from + size))
    if (text(at + 2 + length, value) !== name) continue
    for (let next = at + 2 + length + value, i = 0; i < 4 && next + 2 < bytes.length; i++) {
      const id = ((bytes[next] ?? 0) << 8) | (bytes[next + 1] ?? 0)
      const size = sizeAt(bytes, next + 2)
      if (id === 0x4487) return text(next + 2 + size.length, size.value)
      next += 2 + size.length + size.value
    }
  }
  return undefined
}
