/** Checking a ledger offline: from its files and its public key alone, without any secret and without the studio. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseVerifierKey, verifyHead } from './checkpoint.ts'
import { readSegments } from './segment.ts'
import { leafHash, Tree } from './tree.ts'

/** What checking a ledger found. */
export interface Verified {
  readonly ok: boolean
  /** Entries in the files. */
  readonly entries: number
  /** Entries that the signed head covers. */
  readonly signed: number
  readonly root: string
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[]
}

/** Recomputes the tree of the ledger in `directory` and compares it with its signed head (or another, kept elsewhere). */
export async function verifyLedger(directory: string, checkpoint?: string): Promise<Verified> {
  const tree = new Tree()
  for await (const { bytes } of readSegments(directory)) tree.push(leafHash(bytes))
  const faults: string[] = []
  const key = await readFile(join(directory, 'verifier-key'), 'utf8').catch(() => undefined)
  const signed = checkpoint ?? (await readFile(join(directory, 'checkpoint'), 'utf8').catch(() => undefined))
  const head = key && signed ? verifyHead(signed, parseVerifierKey(key)) : undefined
  if (!key) faults.push('the public key of the ledger is missing')
  else if (!signed) faults.push('there is no signed head')
  else if (!head) faults.push('the signature of the head is not of this key')
  else if (head.size > tree.size) faults.push(`the ledger was cut: ${tree.size} of ${head.size} entries are left`)
  else if (!tree.root(head.size).equals(head.root)) faults.push('an entry was changed, removed or moved')
  return {
    ok: faults.length === 0,
    entries: tree.size,
    signed: head?.size ?? 0,
    root: tree.root().toString('base64'),
    faults,
  }
}
