import { expect, test } from 'vitest'
import { isConsistent, type KeptHead } from './ledger.ts'

/** RFC 6962 written down from its definitions: trees and consistency proofs, to check the verifier against. */
type Hash = Uint8Array<ArrayBuffer>
async function sha(...parts: Uint8Array<ArrayBuffer>[]): Promise<Hash> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()))
}
const leaf = (text: string) => sha(new Uint8Array([0]), new TextEncoder().encode(text))
const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1))
async function rootOf(leaves: Hash[]): Promise<Hash> {
  const [first] = leaves
  if (!first) return sha()
  if (leaves.length === 1) return first
  const k = split(leaves.length)
  return sha(new Uint8Array([1]), await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)))
}
async function proofOf(m: number, leaves: Hash[], whole = true): Promise<Hash[]> {
  const n = leaves.length
  if (m === n) return whole ? [] : [await rootOf(leaves)]
  const k = split(n)
  return m <= k
    ? [...(await proofOf(m, leaves.slice(0, k), whole)), await rootOf(leaves.slice(k))]
    : [...(await proofOf(m - k, leaves.slice(k), false)), await rootOf(leaves.slice(0, k))]
}
const base64 = (hash: Hash) => btoa(String.fromCharCode(...hash))
const entries = await Promise.all(Array.from({ length: 33 }, (_, index) => leaf(`entry ${index}`)))
const head = async (size: number, leaves = entries): Promise<KeptHead> => ({
  size,
  root: base64(await rootOf(leaves.slice(0, size))),
})
const proof = async (from: number, to: number, leaves = entries) =>
  from === 0 ? [] : (await proofOf(from, leaves.slice(0, to))).map(base64)

test('every ledger that only grew is accepted', async () => {
  for (let to = 0; to <= 33; to += 1)
    for (let from = 0; from <= to; from += 1)
      expect(await isConsistent(await head(from), await head(to), await proof(from, to)), `${from} to ${to}`).toBe(true)
})

test('a ledger in which one old entry was changed is refused', async () => {
  const forged = [...entries]
  forged[3] = await leaf('forged')
  for (const [from, to] of [
    [5, 9],
    [8, 16],
    [7, 33],
  ] as const)
    expect(
      await isConsistent(await head(from), await head(to, forged), await proof(from, to, forged)),
      `${from} to ${to}`,
    ).toBe(false)
})

test('a ledger that shrank, a foreign proof and a missing proof are refused', async () => {
  const [five, nine] = [await head(5), await head(9)]
  expect(await isConsistent(nine, five, await proof(5, 9))).toBe(false)
  expect(await isConsistent(five, nine, await proof(6, 9))).toBe(false)
  expect(await isConsistent(five, nine, [])).toBe(false)
  expect(await isConsistent(five, nine, [...(await proof(5, 9)), five.root])).toBe(false)
  expect(await isConsistent(five, { ...five, root: nine.root }, [])).toBe(false)
})
