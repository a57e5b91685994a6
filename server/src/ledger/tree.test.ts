import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafHash, Tree, verifyConsistency, verifyInclusion } from './tree.ts'

/** RFC 6962 section 2.1 written down word for word, as the independent statement. */
function rootOf(entries: Buffer[]): Buffer {
  if (entries.length === 0) return createHash('sha256').digest()
  if (entries.length === 1)
    return createHash('sha256')
      .update(Buffer.from([0]))
      .update(entries[0] as Buffer)
      .digest()
  let k = 1
  while (k * 2 < entries.length) k *= 2
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(rootOf(entries.slice(0, k)))
    .update(rootOf(entries.slice(k)))
    .digest()
}

const entries = (n: number) => Array.from({ length: n }, (_, i) => Buffer.from(`entry ${i}`))

function treeOf(list: Buffer[]): Tree {
  const tree = new Tree()
  for (const entry of list) tree.push(leafHash(entry))
  return tree
}

test('the root is that of RFC 6962 at every size', () => {
  const list = entries(70)
  const tree = treeOf(list)
  for (let size = 0; size <= 70; size++) expect(tree.root(size)).toEqual(rootOf(list.slice(0, size)))
})

test('every entry proves that it is in the ledger, and no other entry does (C173)', () => {
  const list = entries(41)
  const tree = treeOf(list)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 41 }), fc.nat(), fc.nat(), (size, a, b) => {
      const index = a % size
      const other = b % 41
      const path = tree.inclusion(index, size)
      expect(verifyInclusion(leafHash(list[index] as Buffer), index, size, path, tree.root(size))).toBe(true)
      if (other !== index)
        expect(verifyInclusion(leafHash(list[other] as Buffer), index, size, path, tree.root(size))).toBe(false)
    }),
  )
})

test('a later head proves that it continues an earlier one; a rewritten history does not (C173)', () => {
  const tree = treeOf(entries(65))
  const forged = treeOf([Buffer.from('another beginning'), ...entries(64)])
  for (let from = 0; from <= 65; from++)
    for (let to = from; to <= 65; to++) {
      const proof = tree.consistency(from, to)
      const earlier = { size: from, root: tree.root(from) }
      expect(verifyConsistency(earlier, { size: to, root: tree.root(to) }, proof)).toBe(true)
      if (from > 0)
        expect(verifyConsistency(earlier, { size: to, root: forged.root(to) }, forged.consistency(from, to))).toBe(
          false,
        )
    }
})
