/** Looks for many byte strings at once, in one pass over the bytes. */

/** What is looked for. */
export interface Needle {
  readonly name: string
  readonly bytes: Buffer
}

const FIRST = 3

/** A set of needles, each at least 6 bytes long. */
export class Needles {
  readonly #starts = new Uint8Array(1 << 24)
  readonly #byStart = new Map<number, Needle[]>()

  constructor(needles: Iterable<Needle>) {
    for (const needle of needles) {
      if (needle.bytes.length < 6) throw new RangeError(`${needle.name} is too short to be found for sure`)
      const start = needle.bytes.readUIntBE(0, FIRST)
      this.#starts[start] = 1
      const known = this.#byStart.get(start)
      if (known) known.push(needle)
      else this.#byStart.set(start, [needle])
    }
  }

  /** Names of the needles that are in `bytes`. */
  in(bytes: Buffer): Set<string> {
    const found = new Set<string>()
    let start = 0
    for (let i = 0; i < bytes.length; i++) {
      start = ((start << 8) | (bytes[i] as number)) & 0xffffff
      const at = i - FIRST + 1
      if (this.#starts[start] === 0 || at < 0) continue
      for (const needle of this.#byStart.get(start) ?? []) {
        const end = at + needle.bytes.length
        if (end <= bytes.length && bytes.compare(needle.bytes, 0, needle.bytes.length, at, end) === 0)
          found.add(needle.name)
      }
    }
    return found
  }
}

/** A text as programs are used to writing it: UTF-8, UTF-16, hex, base64 wherever in a longer text it stands. */
export function spellings(name: string, value: string | Buffer): Needle[] {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value)
  const forms: Needle[] = [
    { name, bytes },
    { name: `${name} in hex`, bytes: Buffer.from(bytes.toString('hex')) },
    { name: `${name} in HEX`, bytes: Buffer.from(bytes.toString('hex').toUpperCase()) },
  ]
  if (!Buffer.isBuffer(value)) forms.push({ name: `${name} in UTF-16`, bytes: Buffer.from(value, 'utf16le') })
  // Of base64 only the letters that do not depend on the neighbours.
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const safe = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    forms.push({ name: `${name} in base64`, bytes: Buffer.from(safe) })
    const url = safe.replaceAll('+', '-').replaceAll('/', '_')
    if (url !== safe) forms.push({ name: `${name} in base64url`, bytes: Buffer.from(url) })
  }
  return forms
}
