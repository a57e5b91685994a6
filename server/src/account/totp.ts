/** The second step (C167): time-based codes (RFC 6238) of an authenticator app, and recovery codes for a lost one. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'

/** A secret of 160 bits in base32, and the address that an app reads from a picture of it. */
export function newSecret(handle: string): { secret: string; uri: string } {
  const secret = generateSecret({ length: 20 })
  return { secret, uri: generateURI({ issuer: 'Sotto', label: handle, secret }) }
}

/** One step behind is allowed: somebody types slowly. None ahead. */
const TOLERANCE: [number, number] = [30, 0]

/**
 * The time step a code belongs to, or `undefined` for a wrong one. Steps up to `after` are used up: a code works once
 * (RFC 6238 5.2).
 */
export function stepOf(secret: string, token: string, now: Date, after: number | undefined): number | undefined {
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const result = verifySync({
    secret,
    token,
    epoch,
    epochTolerance: TOLERANCE,
    ...(after === undefined ? {} : { afterTimeStep: after }),
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Ten recovery codes of 80 bits, as they are shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const letters = Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]).join('')
    return letters.match(/.{4}/g)?.join('-') ?? letters
  })
}

/** What is kept of a recovery code. 80 random bits need no slow hash. */
export function recoveryHash(code: string): string {
  return createHash('sha256').update(code.toLowerCase().replace(/[\s-]/g, '')).digest('base64')
}

/** The hashes without the one of this code; `undefined` where it is none of them. Takes the same time for each. */
export function withoutRecovery(hashes: readonly string[], code: string): string[] | undefined {
  const given = Buffer.from(recoveryHash(code))
  const left = hashes.filter((hash) => !timingSafeEqual(Buffer.from(hash), given))
  return left.length < hashes.length ? left : undefined
}
