import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeyGoneError, KeyStore, rawKey } from './keyring.ts'

let directory: string
const wrapping = createSecretKey(randomBytes(32))
const person = randomUUID()
const fresh = () => new KeyStore(directory, wrapping)
const file = () => join(directory, person.slice(0, 2), `${person}.keys`)

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sotto-keys-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('keys come back after a restart, each its own', async () => {
  const store = fresh()
  await store.createPerson(person)
  const items = Array.from({ length: 20 }, () => randomUUID())
  const made = await Promise.all(items.map((item) => store.add(person, item)))
  const again = fresh()
  for (const [i, item] of items.entries())
    expect(rawKey(await again.key(person, item))).toEqual(rawKey(made[i] as never))
  expect(new Set(made.map((key) => rawKey(key).toString('hex'))).size).toBe(20)
  expect(rawKey(await again.key(person, person))).not.toEqual(rawKey(made[0] as never))
})

test('erasing an item destroys its key in place and nothing else; its slot is used again (C211)', async () => {
  const store = fresh()
  await store.createPerson(person)
  const [gone, stays] = [randomUUID(), randomUUID()]
  await store.add(person, gone)
  const key = await store.add(person, stays)
  const before = await readFile(file())
  expect(await store.destroy(person, gone)).toBe(true)
  expect(await store.destroy(person, gone)).toBe(false)
  const after = await readFile(file())
  expect(after.length).toBe(before.length)
  expect(after.includes(Buffer.from(gone.replaceAll('-', ''), 'hex'))).toBe(false)
  for (const other of [store, fresh()]) {
    await expect(other.key(person, gone)).rejects.toThrow(KeyGoneError)
    expect(rawKey(await other.key(person, stays))).toEqual(rawKey(key))
  }
  await store.add(person, randomUUID())
  expect((await readFile(file())).length).toBe(before.length)
})

test('erasing a person leaves no file, and a copy cut off half way opens nothing (C211)', async () => {
  const store = fresh()
  await store.createPerson(person)
  const item = randomUUID()
  await store.add(person, item)
  expect(await store.destroyPerson(person)).toBe(2)
  expect(await store.destroyPerson(person)).toBe(0)
  expect(await store.has(person)).toBe(false)
  expect(await readdir(join(directory, person.slice(0, 2)))).toEqual([])
  await expect(store.key(person, item)).rejects.toThrow(KeyGoneError)
  await expect(store.add(person, randomUUID())).rejects.toThrow(KeyGoneError)
})

test('a slot torn by a crash was never acknowledged: what is before it is whole, the next key takes its place', async () => {
  const store = fresh()
  await store.createPerson(person)
  const item = randomUUID()
  await store.add(person, item)
  const { length } = await readFile(file())
  await appendFile(file(), randomBytes(40))
  const next = randomUUID()
  const again = fresh()
  await again.add(person, next)
  expect((await readFile(file())).length).toBe(length + 96)
  expect((await fresh().ids(person)).sort()).toEqual([item, next, person].sort())
  await truncate(file(), length - 50)
  expect(await fresh().ids(person)).toEqual([person])
})

test('a keyring under another name or another host key opens nothing', async () => {
  const store = fresh()
  await store.createPerson(person)
  const other = new KeyStore(directory, createSecretKey(randomBytes(32)))
  await expect(other.key(person, person)).rejects.toThrow()
})
