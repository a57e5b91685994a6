/**
 * Every key there still is, read from the files by the layout that `keyring.ts` documents and by nothing of its code:
 * whoever has the machine could do the same. Tags are not checked: a key that "does not fit" for the program still turns
 * bytes into what they were.
 */
import { createDecipheriv } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hostKeys } from '../../server/src/keys/host-key.ts'

const HEADER = 16
const SLOT = 96

/** AES-256-GCM without its tag: counter mode that starts at 2 (NIST SP 800-38D, 7.1). */
export function turn(key: Buffer, nonce: Buffer, bytes: Buffer): Buffer {
  const counter = Buffer.concat([nonce, Buffer.from([0, 0, 0, 2])])
  return createDecipheriv('aes-256-ctr', key, counter).update(bytes)
}

/** The host key and everything made from it. */
export async function keysOfHost(hostKey: Buffer): Promise<Buffer[]> {
  const made = await hostKeys({ value: hostKey })
  const seed = Buffer.from(made.signing.export({ format: 'jwk' }).d ?? '', 'base64url')
  const secret = [made.wrapping, made.lookup, made.house, made.hashing].map((key) => key.export() as Buffer)
  return [hostKey, seed, ...secret]
}

/** Ring keys and slot keys of every keyring below a directory. */
export async function keysBelow(directory: string, hostKey: Buffer): Promise<Buffer[]> {
  const wrapping = (await hostKeys({ value: hostKey })).wrapping.export() as Buffer
  const keys: Buffer[] = []
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    const slot = (i: number) => bytes.subarray(HEADER + i * SLOT + 16, HEADER + i * SLOT + 60)
    const unwrap = (key: Buffer, i: number) => turn(key, slot(i).subarray(0, 12), slot(i).subarray(12))
    if (bytes.length < HEADER + SLOT) continue
    const ring = unwrap(wrapping, 0)
    keys.push(ring)
    for (let i = 1; HEADER + (i + 1) * SLOT <= bytes.length; i++)
      if (slot(i).some((byte) => byte !== 0)) keys.push(unwrap(ring, i))
  }
  return keys
}
