import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Lookup } from './lookup.ts'

let directory: string
let lookup: Lookup
const number = '+8613800138000'
const [li, wang] = [randomUUID(), randomUUID()]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sotto-look-up-'))
  lookup = new Lookup(directory, { lookup: createSecretKey(randomBytes(32)), house: createSecretKey(randomBytes(32)) })
})
afterEach(() => rm(directory, { recursive: true }))

test('a number leads to one person, however many claim it at once', async () => {
  const claimants = Array.from({ length: 20 }, () => randomUUID())
  const won = await Promise.all(claimants.map((person) => lookup.claim('phone', number, person)))
  expect(won.filter(Boolean)).toHaveLength(1)
  expect(await lookup.find('phone', number)).toBe(claimants[won.indexOf(true)])
  expect((await readdir(directory)).sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'of'])
  // Whoever lost is in no index.
  expect(await readdir(join(directory, 'of'))).toHaveLength(1)
})

test('neither number nor person can be read from a look-up, and the name tells nothing without the key (C163)', async () => {
  await lookup.claim('phone', number, li)
  const [name = ''] = await readdir(directory)
  const bytes = await readFile(join(directory, name))
  expect(bytes.includes(number)).toBe(false)
  expect(bytes.includes(li)).toBe(false)
  const guess = new Lookup(directory, {
    lookup: createSecretKey(randomBytes(32)),
    house: createSecretKey(randomBytes(32)),
  })
  expect(await guess.find('phone', number)).toBeUndefined()
})

test('a released handle is kept from others for its time, then free (C31)', async () => {
  await lookup.claim('handle', 'lark', li)
  await lookup.release('handle', 'lark', wang)
  expect(await lookup.find('handle', 'lark')).toBe(li)
  const now = Date.now()
  await lookup.release('handle', 'lark', li, 1000, now)
  expect(await lookup.find('handle', 'lark')).toBeUndefined()
  expect(await lookup.claim('handle', 'lark', wang, now + 999)).toBe(false)
  expect(await lookup.claim('handle', 'lark', wang, now + 1001)).toBe(true)
})

test('forgetting a person takes every look-up that leads to them, reserved ones too, and no other (C211)', async () => {
  await lookup.claim('phone', number, li)
  await lookup.claim('handle', 'lark', li)
  await lookup.release('handle', 'lark', li, 1000)
  await lookup.claim('handle', 'wren', wang)
  expect(await lookup.count(li)).toEqual({ read: 2, found: 2 })
  const gone = await lookup.forget(li)
  expect(gone).toHaveLength(2)
  expect(await lookup.count(li, gone)).toEqual({ read: 2, found: 0 })
  // The certificate is a new look: what came back in the old place is found.
  await lookup.claim('phone', number, li)
  expect(await lookup.count(li, gone)).toEqual({ read: 2, found: 1 })
  expect(await lookup.forget(li)).toHaveLength(1)
  expect(await readdir(join(directory, 'of'))).toHaveLength(1)
  expect(await lookup.find('handle', 'wren')).toBe(wang)
})

test('what a crash left of a claim that was never acknowledged is taken away, and nothing else (C211)', async () => {
  await lookup.claim('phone', number, li)
  const [name = ''] = await readdir(directory)
  for (const draft of [`${randomUUID()}.draft`, `${name}.${randomUUID()}`]) await writeFile(join(directory, draft), 'x')
  await lookup.clean()
  expect(await readdir(directory)).toEqual([name, 'of'])
  expect(await lookup.find('phone', number)).toBe(li)
})

test('which look-ups are whose is opaque, goes with them, and is set right at a start, wherever a crash cut it off (C211)', async () => {
  await lookup.claim('phone', number, li)
  const [owner = ''] = await readdir(join(directory, 'of'))
  expect(owner).not.toContain(li.slice(0, 8))
  await lookup.claim('handle', 'lark', wang)
  await lookup.release('handle', 'lark', wang)
  expect(await readdir(join(directory, 'of'))).toEqual([owner])
  // Made before there was an index, or the index was lost.
  await rm(join(directory, 'of'), { recursive: true })
  expect(await lookup.forget(li)).toEqual([])
  await lookup.clean()
  expect(await readdir(join(directory, 'of'))).toEqual([owner])
  // A folder whose entry never came to be, and an entry whose look-up never did.
  await mkdir(join(directory, 'of', 'a'.repeat(64)))
  const [, entry = ''] = [owner, ...(await readdir(join(directory, 'of', owner)))]
  await unlink(join(directory, entry))
  await lookup.clean()
  expect(await readdir(join(directory, 'of'))).toEqual([])
  // One without an entry that leads to somebody who is gone.
  await lookup.claim('phone', number, li)
  await rm(join(directory, 'of'), { recursive: true })
  await lookup.clean(async (person) => person !== li)
  expect(await lookup.size()).toBe(0)
})

test('a name that was reserved and then taken by somebody else leads to them alone (C31)', async () => {
  await lookup.claim('handle', 'lark', li)
  const now = Date.now()
  await lookup.release('handle', 'lark', li, 1000, now)
  expect(await lookup.count(li)).toEqual({ read: 1, found: 1 })
  expect(await lookup.claim('handle', 'lark', wang, now + 2000)).toBe(true)
  expect(await lookup.count(li)).toEqual({ read: 0, found: 0 })
  expect(await lookup.forget(li)).toEqual([])
  expect(await lookup.find('handle', 'lark')).toBe(wang)
})
