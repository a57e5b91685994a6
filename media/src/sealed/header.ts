import { randomBytes } from 'node:crypto'
import { SealBrokenError } from '../error.ts'

/**
 * The sealed object format, version 1: a header of `headerBytes`, then chunks of `chunkBytes` plaintext, each sealed by
 * AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, the way Tink and age use it):
 *
 * ```
 * offset bytes  header
 *      0     6  magic "SOTTO" 0x00
 *      6     2  format version, big endian
 *      8    16  object id
 *     24     7  nonce prefix, random
 *     31     1  0
 *     32    60  wrapped object key (opaque here; see key.ts): nonce 12, key 32, tag 16
 *     92     4  0
 *     96   416  resume table: up to 104 chunk numbers, big endian, 0xffffffff where unused
 * chunk i: ciphertext (65,536; the last one 0 to 65,536), tag 16
 * nonce: prefix 7 (last two bytes xor epoch) | chunk number 4, big endian | 1 for the last chunk, else 0
 * AAD:   object id | format version
 * ```
 *
 * The key belongs to one object and one attempt at writing it, and no (key, nonce) ever seals twice. A resumed upload
 * that had to drop a torn chunk would come back to that chunk's nonce: so it first adds the chunk's number to the
 * resume table; the *epoch* of a chunk is how many entries are not above its number. A header that was touched gives
 * other nonces, and nothing unseals.
 */
export const headerBytes = 512
/** Plaintext bytes of a chunk. */
export const chunkBytes = 65_536
/** Bytes of an AES-GCM tag. */
export const tagBytes = 16
/** Bytes of a whole chunk on the disk. */
export const sealedChunkBytes = chunkBytes + tagBytes
/** Bytes of a wrapped key: nonce 12, key 32, tag 16. */
export const wrappedKeyBytes = 60
/** Bytes of an object id (a UUID). */
export const objectIdBytes = 16

const magic = Buffer.from('SOTTO\0', 'latin1')
const version = 1
const prefixBytes = 7
const tableAt = 96
const unused = 0xffffffff
/** Torn chunks one upload may survive. */
export const maxResumes = (headerBytes - tableAt) / 4

/** What stands before the chunks. */
export interface SealedHeader {
  readonly objectId: Uint8Array
  readonly prefix: Uint8Array
  readonly wrapped: Uint8Array
  /** Numbers of the chunks that were dropped and sealed anew, ascending. */
  readonly resumed: readonly number[]
}

/** A header for a new object; its nonce prefix is drawn here. */
export function newHeader(objectId: Uint8Array, wrapped: Uint8Array): SealedHeader {
  if (objectId.length !== objectIdBytes) throw new RangeError('an object id has 16 bytes')
  if (wrapped.length !== wrappedKeyBytes) throw new RangeError('a wrapped object key has 60 bytes')
  return { objectId, wrapped, prefix: randomBytes(prefixBytes), resumed: [] }
}

/** The header as bytes. */
export function writeHeader(header: SealedHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  magic.copy(bytes)
  bytes.writeUInt16BE(version, 6)
  bytes.set(header.objectId, 8)
  bytes.set(header.prefix, 24)
  bytes.set(header.wrapped, 32)
  for (let i = 0; i < maxResumes; i++) bytes.writeUInt32BE(header.resumed[i] ?? unused, tableAt + 4 * i)
  return bytes
}

/** @throws SealBrokenError when these are not the first bytes of a sealed object of this version */
export function readHeader(bytes: Uint8Array): SealedHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length < headerBytes || !view.subarray(0, magic.length).equals(magic))
    throw new SealBrokenError('not a sealed object')
  if (view.readUInt16BE(6) !== version) throw new SealBrokenError('a sealed object of another version')
  if (view[31] !== 0 || view.readUInt32BE(92) !== 0) throw new SealBrokenError('the header of the object is broken')
  const resumed: number[] = []
  for (let i = 0; i < maxResumes; i++) {
    const chunk = view.readUInt32BE(tableAt + 4 * i)
    if (chunk === unused) continue
    if (resumed.length < i || chunk < (resumed.at(-1) ?? 0))
      throw new SealBrokenError('the header of the object is broken')
    resumed.push(chunk)
  }
  return {
    objectId: Buffer.from(view.subarray(8, 24)),
    prefix: Buffer.from(view.subarray(24, 31)),
    wrapped: Buffer.from(view.subarray(32, 92)),
    resumed,
  }
}

/** What every chunk's tag also covers. */
export function additionalData(header: SealedHeader): Buffer {
  const aad = Buffer.alloc(objectIdBytes + 2)
  aad.set(header.objectId)
  aad.writeUInt16BE(version, objectIdBytes)
  return aad
}

/** The nonce of a chunk. */
export function chunkNonce(header: SealedHeader, chunk: number, last: boolean): Buffer {
  let epoch = 0
  for (const resumed of header.resumed) if (resumed <= chunk) epoch++
  const nonce = Buffer.alloc(12)
  nonce.set(header.prefix)
  nonce.writeUInt16BE(nonce.readUInt16BE(prefixBytes - 2) ^ epoch, prefixBytes - 2)
  nonce.writeUInt32BE(chunk, prefixBytes)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Plaintext bytes that a finished object of `fileBytes` bytes holds. @throws SealBrokenError when no object has that size */
export function plainSize(fileBytes: number): number {
  const body = fileBytes - headerBytes
  const chunks = Math.ceil(body / sealedChunkBytes)
  const last = body - (chunks - 1) * sealedChunkBytes
  if (body < tagBytes || last < tagBytes) throw new SealBrokenError('the object is cut short')
  return body - chunks * tagBytes
}

/** Bytes on disk of an object that `sealedSink` wrote; an appended one may end in one more, empty chunk. */
export function sealedSize(plainBytes: number): number {
  return headerBytes + plainBytes + Math.max(1, Math.ceil(plainBytes / chunkBytes)) * tagBytes
}

/** Plaintext bytes that an unfinished object holds in whole chunks: what an upload may acknowledge. */
export function plainOffset(fileBytes: number): number {
  return Math.max(0, Math.floor((fileBytes - headerBytes) / sealedChunkBytes)) * chunkBytes
}
