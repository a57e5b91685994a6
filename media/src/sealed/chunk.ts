import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { SealBrokenError } from '../error.ts'
import { additionalData, chunkNonce, type SealedHeader, tagBytes } from './header.ts'

/** Seals and unseals the chunks of one object. */
export class ChunkCipher {
  readonly #key: KeyObject
  readonly #header: SealedHeader
  readonly #aad: Buffer

  constructor(key: KeyObject, header: SealedHeader) {
    this.#key = key
    this.#header = header
    this.#aad = additionalData(header)
  }

  /** Ciphertext and tag, to be written one after the other. Callers seal a chunk number once. */
  seal(chunk: number, last: boolean, plain: Uint8Array): [Buffer, Buffer] {
    const cipher = createCipheriv('aes-256-gcm', this.#key, chunkNonce(this.#header, chunk, last)).setAAD(this.#aad)
    const sealed = cipher.update(plain)
    cipher.final()
    return [sealed, cipher.getAuthTag()]
  }

  /** @throws SealBrokenError when a bit, the order, the object or the key is another */
  unseal(chunk: number, last: boolean, sealed: Uint8Array): Buffer {
    if (sealed.length < tagBytes) throw new SealBrokenError(`chunk ${chunk} of the object is cut short`)
    try {
      const nonce = chunkNonce(this.#header, chunk, last)
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce).setAAD(this.#aad)
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
      const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
      decipher.final()
      return plain
    } catch {
      throw new SealBrokenError(`chunk ${chunk} of the object does not unseal`)
    }
  }

  /** Does this chunk unseal? */
  verifies(chunk: number, last: boolean, sealed: Uint8Array): boolean {
    try {
      this.unseal(chunk, last, sealed)
      return true
    } catch {
      return false
    }
  }
}
