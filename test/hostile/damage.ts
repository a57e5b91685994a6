/** Ways to make a media file hostile. Each is deterministic in its random source. */

/** Numbers in [0, below). */
export type Random = (below: number) => number

/** A linear congruential generator (Knuth's MMIX constants do not fit a double; these are Numerical Recipes'). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What a damage may use beside the good file. */
export interface Material {
  readonly random: Random
  /** The file's own kind, e.g. `mp3`. */
  readonly kind: string
  /** A good file of another kind. */
  readonly other: Uint8Array
  /** Minutes of silence in few bytes, and a file with very many streams. */
  readonly bomb: Uint8Array
  readonly streams: Uint8Array
}

export type Damage = (good: Buffer, material: Material) => Buffer

function patched(good: Buffer, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(good)
  change(bytes)
  return bytes
}

function noise(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)))
}

function block(good: Buffer, random: Random): { from: number; to: number } {
  const from = random(good.length)
  return { from, to: Math.min(good.length, from + 1 + random(2000)) }
}

/** Writes `value` over aligned and unaligned 32-bit fields of the first bytes, where headers keep their claims. */
function headerField(value: number): Damage {
  return (good, { random }) =>
    patched(good, (bytes) => {
      for (let i = 0; i < 4; i++) bytes.writeUInt32BE(value, random(Math.max(1, Math.min(600, bytes.length) - 4)))
    })
}

/** Overwrites what follows a marker in the bytes, e.g. a box of MP4 or a chunk of RIFF, everywhere it stands. */
function afterMarker(markers: readonly string[], offset: number, value: readonly number[]): Damage {
  return (good, { random }) =>
    patched(good, (bytes) => {
      let hit = false
      for (const marker of markers)
        for (let at = bytes.indexOf(marker, 0, 'latin1'); at >= 0; at = bytes.indexOf(marker, at + 1, 'latin1')) {
          for (const [i, byte] of value.entries()) if (at + offset + i < bytes.length) bytes[at + offset + i] = byte
          hit = true
        }
      // A container without such a marker gets the same bytes somewhere in its header.
      if (!hit)
        bytes.set(value.slice(0, bytes.length - 1), random(Math.max(1, Math.min(200, bytes.length - value.length))))
    })
}

function flipped(share: number, reach: number): Damage {
  return (good, { random }) =>
    patched(good, (bytes) => {
      const end = Math.min(reach, bytes.length)
      for (let i = 0; i < Math.max(1, Math.ceil(end * share)); i++) {
        const at = random(end)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      }
    })
}

function filled(byte: number): Damage {
  return (good, { random }) =>
    patched(good, (bytes) => bytes.fill(byte, block(good, random).from, block(good, random).to))
}

const text =
  (words: string): Damage =>
  () =>
    Buffer.from(words)

/** Every kind of damage by name. */
export const damages: Readonly<Record<string, Damage>> = {
  'cut in half': (good) => good.subarray(0, good.length >> 1),
  'cut in the header': (good, { random }) => good.subarray(0, 1 + random(64)),
  'cut near the end': (good, { random }) => good.subarray(0, good.length - 1 - random(200)),
  'without its beginning': (good, { random }) => good.subarray(1 + random(good.length - 1)),
  'one flipped bit': flipped(0, Number.POSITIVE_INFINITY),
  'flipped bits everywhere': flipped(0.01, Number.POSITIVE_INFINITY),
  'flipped bits in the header': flipped(0.05, 256),
  'a block of zeros': filled(0),
  'a block of ones': filled(0xff),
  'a random block': (good, { random }) =>
    patched(good, (bytes) => {
      const { from, to } = block(good, random)
      for (let i = from; i < to; i++) bytes[i] = random(256)
    }),
  'a block twice': (good, { random }) => {
    const { from, to } = block(good, random)
    return Buffer.concat([good.subarray(0, to), good.subarray(from)])
  },
  'a block missing': (good, { random }) => {
    const { from, to } = block(good, random)
    return Buffer.concat([good.subarray(0, from), good.subarray(to)])
  },
  'two blocks swapped': (good, { random }) => {
    const third = Math.floor(good.length / 3)
    const at = random(third)
    return Buffer.concat([good.subarray(0, at), good.subarray(2 * third), good.subarray(at, 2 * third)])
  },
  'rubbish in front': (good, { random }) => Buffer.concat([noise(1 + random(5000), random), good]),
  'rubbish behind': (good, { random }) => Buffer.concat([good, noise(1 + random(5000), random)]),
  'another file behind': (good, { other }) => Buffer.concat([good, other]),
  'another file inside': (good, { other, random }) => {
    const at = random(good.length)
    return Buffer.concat([good.subarray(0, at), other, good.subarray(at)])
  },
  'header fields at their greatest': headerField(0xffffffff),
  'header fields at the sign': headerField(0x7fffffff),
  'header fields at zero': headerField(0),
  'absurd sample rate': afterMarker(['fmt ', 'mp4a', 'fLaC', 'OpusHead', '\u00b5'], 12, [0xff, 0xff, 0xff, 0x7f]),
  'absurd channel count': afterMarker(['fmt ', 'mp4a', 'OpusHead', '\u009f'], 10, [0xff, 0xff]),
  'absurd duration': afterMarker(
    ['mvhd', 'tkhd', 'mdhd', 'D\u0089', 'Xing', 'Info', 'data'],
    16,
    [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  ),
  'time base of zero': afterMarker(['mvhd', 'mdhd', '*\u00d7\u00b1'], 16, [0, 0, 0, 0]),
  // MP4 keeps the size 28 bytes into the sample entry, Matroska right behind the element's number.
  'absurd picture': (good, material) =>
    afterMarker(
      ['avc1', 'jpeg', 'mp4v'],
      28,
      [0xff, 0xff, 0xff, 0xff],
    )(
      afterMarker(['\u00b0\u0081', '\u00ba\u0081', '\u00b0\u0082', '\u00ba\u0082'], 2, [0xff, 0xff])(good, material),
      material,
    ),
  'tables that claim billions': afterMarker(
    ['stts', 'stsz', 'stsc', 'stco', 'ctts', 'elst', 'LIST', 'OggS'],
    8,
    [0x3f, 0xff, 0xff, 0xff, 0x3f, 0xff, 0xff, 0xff],
  ),
  'boxes in boxes': (good) => {
    const depth = 4000
    const nested = Buffer.alloc(depth * 8)
    for (let i = 0; i < depth; i++) {
      nested.writeUInt32BE((depth - i) * 8, i * 8)
      nested.write(i === 0 ? 'moov' : i % 2 ? 'trak' : 'udta', i * 8 + 4)
    }
    return Buffer.concat([good.subarray(0, 32), nested, good.subarray(32)])
  },
  'wrong ending, other content': (_good, { other }) => Buffer.from(other),
  'very many streams': (_good, { streams }) => Buffer.from(streams),
  'much silence in little': (_good, { bomb }) => Buffer.from(bomb),
  'an empty file': () => Buffer.alloc(0),
  'nothing but zeros': () => Buffer.alloc(70_000),
  'noise behind a good header': (good, { random }) => Buffer.concat([good.subarray(0, 48), noise(20_000, random)]),
  'an HLS playlist': text(
    '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n',
  ),
  'a concat script': text("ffconcat version 1.0\nfile '/etc/passwd'\nfile 'concat:/etc/hostname|/etc/passwd'\n"),
  'a reference movie': (good) => {
    const alias = Buffer.from('file:///etc/passwd\0', 'latin1')
    const box = (name: string, ...parts: Buffer[]): Buffer => {
      const body = Buffer.concat(parts)
      const head = Buffer.alloc(8)
      head.writeUInt32BE(body.length + 8)
      head.write(name, 4)
      return Buffer.concat([head, body])
    }
    const rdrf = box(
      'rdrf',
      Buffer.from([0, 0, 0, 0]),
      Buffer.from('url '),
      Buffer.from([0, 0, 0, alias.length]),
      alias,
    )
    return Buffer.concat([
      box('ftyp', Buffer.from('qt  \0\0\0\0qt  ')),
      box('moov', box('rmra', box('rmda', rdrf))),
      good,
    ])
  },
  'a program': text(`\u007fELF\u0002\u0001\u0001${'\0'.repeat(60)}${'not media '.repeat(50)}`),
}
