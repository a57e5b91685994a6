import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeyCopy } from './key-copy.ts'

const DAY = 24 * 3_600_000
let root: string
let now: Date
const copyOf = () => new KeyCopy({ from: join(root, 'keys'), to: join(root, 'keys.copy'), days: 7, now: () => now })
const kept = () => readFile(join(root, 'keys.copy', 'ring'), 'utf8')

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-copy-'))
  now = new Date('2026-11-23T12:00:00Z')
  await mkdir(join(root, 'keys'))
  await writeFile(join(root, 'keys', 'ring'), 'first')
})
afterEach(() => rm(root, { recursive: true }))

test('the copy is made anew when it is half as old as it may become, and an erased key is in none after its days (G16)', async () => {
  expect(await copyOf().refresh()).toBe(true)
  const promised = copyOf().lastCopyGone()
  await writeFile(join(root, 'keys', 'ring'), 'second')
  now = new Date(now.getTime() + 3 * DAY)
  expect(await copyOf().refresh()).toBe(false)
  expect(await kept()).toBe('first')
  now = new Date(now.getTime() + DAY)
  expect(await copyOf().refresh()).toBe(true)
  expect(await kept()).toBe('second')
  expect(now.getTime()).toBeLessThan(promised.getTime())
})

test('what a crash left of a round is taken away at the next start and does not stop the rounds after it (G16)', async () => {
  await copyOf().refresh()
  for (const left of ['keys.copy.old', 'keys.copy.new']) {
    await mkdir(join(root, left))
    await writeFile(join(root, left, 'ring'), 'older than allowed')
  }
  await copyOf().refresh()
  expect((await readdir(root)).sort()).toEqual(['keys', 'keys.copy'])
  await mkdir(join(root, 'keys.copy.old'))
  await writeFile(join(root, 'keys.copy.old', 'ring'), 'older than allowed')
  now = new Date(now.getTime() + 5 * DAY)
  expect(await copyOf().refresh()).toBe(true)
  expect((await readdir(root)).sort()).toEqual(['keys', 'keys.copy'])
})

test('a crash between the two renames leaves no copy, and the next start makes one', async () => {
  await copyOf().refresh()
  await rm(join(root, 'keys.copy'), { recursive: true })
  expect(await copyOf().refresh()).toBe(true)
  expect(await kept()).toBe('first')
})
