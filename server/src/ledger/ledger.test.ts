import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HostKeys, hostKeys } from '../keys/host-key.ts'
import { KeyStore } from '../keys/keyring.ts'
import { Ledger, LedgerBrokenError } from './ledger.ts'
import { verifyConsistency } from './tree.ts'

let root: string
let host: HostKeys
let keys: KeyStore
const person = randomUUID()
const now = () => new Date('2026-11-23T12:00:00Z')
const open = () => Ledger.open(join(root, 'ledger'), keys, host, now)
const shown = (n: number) => ({ version: `v${n}`, hash: 'h', locale: 'en', channel: 'page' })

async function versions(ledger: Ledger, of = person): Promise<string[]> {
  const found: string[] = []
  for await (const { content } of ledger.of(of, 'notice_shown')) found.push(content.version)
  return found.reverse()
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-ledger-'))
  host = await hostKeys({ value: randomBytes(32) })
  keys = new KeyStore(join(root, 'keys'), host.wrapping)
  await keys.createPerson(person)
})
afterEach(() => rm(root, { recursive: true }))

test('entries come back in order after a restart, also those appended together', async () => {
  {
    await using ledger = await open()
    await Promise.all(Array.from({ length: 50 }, (_, n) => ledger.append(person, 'notice_shown', shown(n))))
  }
  await using again = await open()
  expect(await versions(again)).toEqual(Array.from({ length: 50 }, (_, n) => `v${n}`))
  expect(again.head.size).toBe(50)
})

test('a torn end is cut off and the ledger goes on; a head signed before still holds', async () => {
  let head: Ledger['head']
  {
    await using ledger = await open()
    await ledger.append(person, 'notice_shown', shown(1))
    head = ledger.head
  }
  const [file] = (await readdir(join(root, 'ledger'))).filter((name) => name.endsWith('.ledger')) as [string]
  await appendFile(join(root, 'ledger', file), Buffer.from([0, 0, 1, 0, 1, 2, 3]))
  await using again = await open()
  await again.append(person, 'notice_shown', shown(2))
  expect(await versions(again)).toEqual(['v1', 'v2'])
  expect(verifyConsistency(head, again.head, again.consistency(1, 2))).toBe(true)
})

test('a ledger that was cut or changed after its head was signed is refused (C173)', async () => {
  {
    await using ledger = await open()
    for (let n = 0; n < 3; n++) await ledger.append(person, 'notice_shown', shown(n))
  }
  const [name] = (await readdir(join(root, 'ledger'))).filter((n) => n.endsWith('.ledger')) as [string]
  const file = join(root, 'ledger', name)
  const bytes = await readFile(file)
  await truncate(file, bytes.length - 1)
  await expect(open()).rejects.toThrow(LedgerBrokenError)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
  await writeFile(file, bytes)
  await expect(open()).rejects.toThrow(LedgerBrokenError)
})

test('forgetting a person leaves every head true and none of their entries readable (C211)', async () => {
  await using ledger = await open()
  const other = randomUUID()
  await keys.createPerson(other)
  await ledger.append(person, 'notice_shown', shown(1))
  await ledger.append(other, 'notice_shown', shown(2))
  const { head } = ledger
  await keys.destroyPerson(person)
  expect(await versions(ledger)).toEqual([])
  expect(await versions(ledger, other)).toEqual(['v2'])
  expect(ledger.head).toEqual(head)
})

test('what the policy does not declare is not written, also where someone casts (C16)', async () => {
  await using ledger = await open()
  await expect(ledger.append(person, 'notice_shown', { ...shown(1), number: '138' } as never)).rejects.toThrow(
    "'number' is not declared",
  )
  await expect(ledger.append(person, 'gossip' as never, {} as never)).rejects.toThrow('not in the policy')
  expect(ledger.head.size).toBe(0)
})
