/**
 * Tries keys on everything that could be a sealed value, wherever it lies: in a row, a page of a database file, its
 * write-ahead log, an entry of the ledger, an object. Knows the layouts only, not what belongs to what.
 */
import { createCipheriv } from 'node:crypto'
import { turn } from './keys-left.ts'

const VERSION = 1
const OBJECT = Buffer.from('SOTTO\0', 'latin1')
/** Every payload begins with the name of a field: a brace, a quotation mark, a small letter. */
const BEGINS = Buffer.from('{"')
const [A, Z] = [97, 122]
/** As much as is opened of what begins like a payload. */
const LONGEST = 32 * 1024

/**
 * Whatever one of the keys opens in these bytes. A sealed value is a version byte, a nonce of 12 and the ciphertext of a
 * JSON object, at any place; a sealed object is a header with a wrapped key of its own, then chunks.
 */
export function* opened(bytes: Buffer, keys: readonly Buffer[]): Generator<Buffer> {
  // The first block of the key stream for each place at once: one call of the cipher for each key.
  const places = placesIn(bytes)
  const counters = Buffer.alloc(places.length * 16)
  for (let i = 0; i < places.length; i++) {
    const from = (places[i] as number) + 1
    for (let b = 0; b < 12; b++) counters[i * 16 + b] = bytes[from + b] as number
    counters[i * 16 + 15] = 2
  }
  for (const key of places.length > 0 ? keys : []) {
    const stream = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(counters)
    for (let i = 0; i < places.length; i++) {
      const at = places[i] as number
      if (((stream[i * 16] as number) ^ (bytes[at + 13] as number)) !== BEGINS[0]) continue
      if (((stream[i * 16 + 1] as number) ^ (bytes[at + 14] as number)) !== BEGINS[1]) continue
      const letter = (stream[i * 16 + 2] as number) ^ (bytes[at + 15] as number)
      if (letter < A || letter > Z) continue
      yield turn(key, bytes.subarray(at + 1, at + 13), bytes.subarray(at + 13, at + 13 + LONGEST))
    }
  }
  for (let at = bytes.indexOf(OBJECT); at !== -1; at = bytes.indexOf(OBJECT, at + 1)) {
    const header = bytes.subarray(at, at + 512)
    if (header.length < 512) continue
    const first = bytes.subarray(at + 512, at + 512 + 65_536)
    const chunkNonces = [0, 1].map((last) => Buffer.concat([header.subarray(24, 31), Buffer.from([0, 0, 0, 0, last])]))
    for (const key of keys) {
      const own = turn(key, header.subarray(32, 44), header.subarray(44, 76))
      for (const nonce of chunkNonces) yield turn(own, nonce, first)
    }
  }
}

/** Where a sealed value could begin: at its version byte, unless nothing but zeros follows (most of a database file). */
function placesIn(bytes: Buffer): Uint32Array {
  const places = new Uint32Array(bytes.length)
  let count = 0
  for (let at = 0; at + 16 < bytes.length; at++)
    if (bytes[at] === VERSION && (bytes.readUInt32LE(at + 1) !== 0 || bytes.readUInt32LE(at + 5) !== 0))
      places[count++] = at
  return places.subarray(0, count)
}
