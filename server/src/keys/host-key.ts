/**
 * The host key: 32 random bytes outside the data directory that wrap every person's keyring. From it come, by HKDF
 * (RFC 5869), one key per use, so that no key ever serves two purposes.
 */
import { createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The host key cannot be had: unreadable, of the wrong length, or readable by others. */
export class HostKeyError extends Error {
  override name = 'HostKeyError'
  readonly code = 'host_key'
}

/** The host's keys, one for each use. */
export interface HostKeys {
  /** Wraps the keys in a keyring. */
  readonly wrapping: KeyObject
  /** Names the look-up files (HMAC-SHA-256). */
  readonly lookup: KeyObject
  /** Seals the content of look-up files and the ledger entries that belong to no person. */
  readonly house: KeyObject
  /** Hashes one-time codes and addresses while they are kept in memory. */
  readonly hashing: KeyObject
  /** Signs the heads of the ledger (Ed25519, RFC 8032). */
  readonly signing: KeyObject
  readonly verifying: KeyObject
}

/** Takes the host key as it is or from `file`; makes the file (mode 0600) where there is none. @throws HostKeyError */
export async function hostKeys(from: { value: Buffer } | { file: string }): Promise<HostKeys> {
  const secret = 'value' in from ? from.value : await readOrMake(from.file)
  if (secret.length !== 32) throw new HostKeyError('the host key must be 32 bytes')
  return derive(secret)
}

async function readOrMake(file: string): Promise<Buffer> {
  try {
    const made = await open(file, 'wx', 0o600)
    try {
      const secret = randomBytes(32)
      await made.writeFile(`${secret.toString('base64')}\n`)
      await made.sync()
      await syncDirectory(dirname(file))
      return secret
    } finally {
      await made.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      return readOrMake(file)
    }
    if (code !== 'EEXIST') throw new HostKeyError(`the host key file cannot be made: ${(error as Error).message}`)
  }
  await chmod(file, 0o600)
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
}

function derive(secret: Buffer): HostKeys {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `sotto ${use} 1`, 32))
  // PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410 section 7): node:crypto takes no bare seed.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), key('ledger signature')])
  const signing = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    wrapping: createSecretKey(key('keyring')),
    lookup: createSecretKey(key('look-up name')),
    house: createSecretKey(key('house')),
    hashing: createSecretKey(key('hash')),
    signing,
    verifying: createPublicKey(signing),
  }
}

/** Makes a directory's entries durable (a rename or a new file survives power loss). */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
