import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { SealBrokenError } from '../error.ts'
import { wrappedKeyBytes } from './header.ts'

const nonceBytes = 12
const keyBytes = 32

/** A new random object key, 32 bytes. Fill it with zeros when it is no longer needed. */
export function newObjectKey(): Buffer {
  return randomBytes(keyBytes)
}

/** A key for node:crypto. Raw buffers are measured 4 to 5 times slower per chunk. */
export function keyObject(key: Uint8Array): KeyObject {
  return createSecretKey(key)
}

/**
 * Wraps an object key under an item's key: AES-256-GCM with a random nonce; `aad` ties it to its place (object id,
 * item, version).
 * @returns nonce 12, key 32, tag 16
 */
export function wrapKey(wrapping: KeyObject, key: Uint8Array, aad: Uint8Array): Buffer {
  if (key.length !== keyBytes) throw new RangeError('an object key has 32 bytes')
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

/** The object key out of `wrapKey`'s 60 bytes. @throws SealBrokenError when key, place or bytes are not the same */
export function unwrapKey(wrapping: KeyObject, wrapped: Uint8Array, aad: Uint8Array): Buffer {
  if (wrapped.length !== wrappedKeyBytes) throw new SealBrokenError('the wrapped key is broken')
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, nonceBytes)).setAAD(aad)
    decipher.setAuthTag(wrapped.subarray(nonceBytes + keyBytes))
    const key = decipher.update(wrapped.subarray(nonceBytes, nonceBytes + keyBytes))
    decipher.final()
    return key
  } catch {
    throw new SealBrokenError('the object key does not unwrap')
  }
}
