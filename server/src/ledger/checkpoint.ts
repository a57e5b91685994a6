/** Signed heads of the ledger: the checkpoint format of C2SP (tlog-checkpoint, signed-note) with Ed25519. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** How large the tree is, and its root. */
export interface Head {
  readonly size: number
  readonly root: Buffer
}

/** The name under which this ledger signs. */
export const ORIGIN = 'sotto.ledger'
const ED25519 = 1

function rawPublic(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

/** First four bytes of SHA-256(name || newline || algorithm || public key). */
function keyHash(verifying: KeyObject): Buffer {
  return createHash('sha256')
    .update(`${ORIGIN}\n`)
    .update(Buffer.from([ED25519]))
    .update(rawPublic(verifying))
    .digest()
    .subarray(0, 4)
}

/** The verifier key as C2SP writes it: `name+hash+key`. */
export function verifierKey(verifying: KeyObject): string {
  const key = Buffer.concat([Buffer.from([ED25519]), rawPublic(verifying)])
  return `${ORIGIN}+${keyHash(verifying).toString('hex')}+${key.toString('base64')}`
}

/** Reads a verifier key back. */
export function parseVerifierKey(text: string): KeyObject {
  const raw = Buffer.from(text.trim().split('+').slice(2).join('+'), 'base64').subarray(1)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}

/** A head as a signed checkpoint. */
export function signHead({ size, root }: Head, keys: { signing: KeyObject; verifying: KeyObject }): string {
  const note = `${ORIGIN}\n${size}\n${root.toString('base64')}\n`
  const signature = Buffer.concat([keyHash(keys.verifying), sign(null, Buffer.from(note), keys.signing)])
  return `${note}\n\u2014 ${ORIGIN} ${signature.toString('base64')}\n`
}

/** The head in a signed checkpoint, or undefined where the signature is not this key's. */
export function verifyHead(checkpoint: string, verifying: KeyObject): Head | undefined {
  const end = checkpoint.indexOf('\n\n')
  const note = checkpoint.slice(0, end + 1)
  const line = checkpoint
    .slice(end + 2)
    .split('\n')
    .find((l) => l.startsWith(`\u2014 ${ORIGIN} `))
  const [origin, size, root] = note.split('\n')
  if (end < 0 || !line || origin !== ORIGIN || !size || !root) return undefined
  const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64')
  if (!signature.subarray(0, 4).equals(keyHash(verifying))) return undefined
  if (!verify(null, Buffer.from(note), verifying, signature.subarray(4))) return undefined
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}
