/** Checking that the studio's ledger only grew since this browser last saw it (RFC 6962; verification: RFC 9162, 2.1.4.2). */
import { api } from '../api/api.ts'

/** A head as this browser keeps it. `root` is base64. */
export interface KeptHead {
  readonly size: number
  readonly root: string
}

/** What a check found. `broken`: the ledger does not contain what was seen before. */
export type LedgerState = 'first' | 'good' | 'broken'

/** Declared in the policy's list of what is kept in the browser. */
const KEY = 'ledger_head'

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
async function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const joined = new Uint8Array(1 + left.length + right.length)
  joined[0] = 1
  joined.set(left, 1)
  joined.set(right, 1 + left.length)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined))
}
function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Whether `proof` shows that the tree of `before` is the beginning of the tree of `now`. */
export async function isConsistent(before: KeptHead, now: KeptHead, proof: readonly string[]): Promise<boolean> {
  if (before.size > now.size) return false
  if (before.size === now.size) return proof.length === 0 && before.root === now.root
  if (before.size === 0) return proof.length === 0
  const path = proof.map(bytesOf)
  // a whole power of two is its own subtree, and its root is left out of the proof
  if ((before.size & (before.size - 1)) === 0) path.unshift(bytesOf(before.root))
  const [first, ...rest] = path
  if (!first) return false
  let fn = before.size - 1
  let sn = now.size - 1
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  let oldRoot: Uint8Array = first
  let newRoot: Uint8Array = first
  for (const hash of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      oldRoot = await node(hash, oldRoot)
      newRoot = await node(hash, newRoot)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else newRoot = await node(newRoot, hash)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && same(oldRoot, bytesOf(before.root)) && same(newRoot, bytesOf(now.root))
}

/** The head this browser keeps, if it keeps one. */
export function keptHead(): KeptHead | null {
  const text = localStorage.getItem(KEY)
  return text ? (JSON.parse(text) as KeptHead) : null
}

/** Asks for the head, checks it against the kept one, and keeps it where it is good. */
export async function checkLedger(): Promise<{ state: LedgerState; head: KeptHead; signed: string }> {
  const { size, root, signed } = await api.call('GET /api/ledger/head', {})
  const head = { size, root }
  const before = keptHead()
  let state: LedgerState = 'first'
  if (before) {
    const shrunk = before.size > size
    const proof = shrunk
      ? []
      : (await api.call('GET /api/ledger/consistency', { query: { from: before.size, to: size } })).proof
    state = !shrunk && (await isConsistent(before, head, proof)) ? 'good' : 'broken'
  }
  // a head that contradicts what was seen is not taken for the truth: it is shown as broken until it is explained
  if (state !== 'broken') localStorage.setItem(KEY, JSON.stringify(head))
  return { state, head, signed }
}

/** Forgets the kept head: everything of the person was erased. */
export function forgetHead(): void {
  localStorage.removeItem(KEY)
}
