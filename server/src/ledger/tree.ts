/**
 * The Merkle tree of RFC 6962 section 2.1 over the ledger's entries: leaf = SHA-256(0x00 || entry), node =
 * SHA-256(0x01 || left || right). Hashes of complete subtrees are kept by level (64 bytes an entry in all), so a head, an
 * inclusion proof or a consistency proof takes O(log n) hashes.
 */
import { createHash } from 'node:crypto'

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])
const SIZE = 32

/** Hash of a leaf. */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest()
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** Largest power of two smaller than `n` (n > 1). */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** A growing row of hashes. */
class Level {
  #bytes = Buffer.alloc(1024 * SIZE)
  length = 0

  push(hash: Buffer): void {
    if ((this.length + 1) * SIZE > this.#bytes.length) {
      const larger = Buffer.alloc(this.#bytes.length * 2)
      this.#bytes.copy(larger)
      this.#bytes = larger
    }
    hash.copy(this.#bytes, this.length * SIZE)
    this.length++
  }

  at(index: number): Buffer {
    return this.#bytes.subarray(index * SIZE, (index + 1) * SIZE)
  }
}

/** A growing Merkle tree. */
export class Tree {
  readonly #levels: Level[] = [new Level()]

  get size(): number {
    return (this.#levels[0] as Level).length
  }

  /** Appends a leaf's hash and completes the subtrees it completes. */
  push(leaf: Buffer): void {
    let hash = leaf
    for (let height = 0; ; height++) {
      let level = this.#levels[height]
      if (!level) {
        level = new Level()
        this.#levels[height] = level
      }
      level.push(hash)
      if (level.length % 2 === 1) return
      hash = nodeHash(Buffer.from(level.at(level.length - 2)), Buffer.from(level.at(level.length - 1)))
    }
  }

  /** Root of the first `size` entries (all, when not given). */
  root(size = this.size): Buffer {
    if (size > this.size) throw new RangeError('the tree is smaller')
    return size === 0 ? createHash('sha256').digest() : this.#hash(0, size)
  }

  /** Audit path of entry `index` in the tree of `size` entries (RFC 6962 section 2.1.1). */
  inclusion(index: number, size = this.size): Buffer[] {
    const path = (m: number, from: number, to: number): Buffer[] => {
      if (to - from === 1) return []
      const k = split(to - from)
      return m < k
        ? [...path(m, from, from + k), this.#hash(from + k, to)]
        : [...path(m - k, from + k, to), this.#hash(from, from + k)]
    }
    if (index >= size || size > this.size) throw new RangeError('no such entry')
    return path(index, 0, size)
  }

  /** Proof that the tree of `from` entries is a prefix of the tree of `to` entries (RFC 6962 section 2.1.2). */
  consistency(from: number, to = this.size): Buffer[] {
    const proof = (m: number, start: number, end: number, whole: boolean): Buffer[] => {
      if (m === end - start) return whole ? [] : [this.#hash(start, end)]
      const k = split(end - start)
      return m <= k
        ? [...proof(m, start, start + k, whole), this.#hash(start + k, end)]
        : [...proof(m - k, start + k, end, false), this.#hash(start, start + k)]
    }
    if (from > to || to > this.size) throw new RangeError('no such tree')
    return from === 0 || from === to ? [] : proof(from, 0, to, true)
  }

  #hash(from: number, to: number): Buffer {
    const width = to - from
    if ((width & (width - 1)) === 0 && from % width === 0) {
      const level = this.#levels[Math.log2(width)] as Level
      return Buffer.from(level.at(from / width))
    }
    const k = split(width)
    return nodeHash(this.#hash(from, from + k), this.#hash(from + k, to))
  }
}

/** Checks an audit path (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
  root: Buffer,
): boolean {
  if (index >= size) return false
  let fn = index
  let sn = size - 1
  let hash = leaf
  for (const node of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(node, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else hash = nodeHash(hash, node)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && hash.equals(root)
}

/** Checks a consistency proof between two heads (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(
  from: { size: number; root: Buffer },
  to: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root)
  if (from.size > to.size) return false
  if (from.size === 0) return true
  const path = (from.size & (from.size - 1)) === 0 ? [from.root, ...proof] : [...proof]
  let fn = from.size - 1
  let sn = to.size - 1
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  const first = path.shift()
  if (!first) return false
  let fr = first
  let sr = first
  for (const node of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(node, fr)
      sr = nodeHash(node, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else sr = nodeHash(sr, node)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && fr.equals(from.root) && sr.equals(to.root)
}
