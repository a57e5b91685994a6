/**
 * Nothing of an erased person or item is left (DESIGN law 3, section 4; C211, G16). Markers are planted in everything a
 * person can leave with a studio, then every byte under its directories, of its database and of its log is searched:
 * as it is, and with every key there still is. Each search is shown to find what is there before it is believed.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { freshDatabase, sorts } from '@sotto/server/testing/databases'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backup, restore } from '../server/src/backup/backup.ts'
import { readConfig } from '../server/src/config.ts'
import { insertJob } from '../server/src/items/items.ts'
import { openStudio } from '../server/src/studio.ts'
import { Person } from './crash/person.ts'
import { type Home, home, type ServerProcess, startServer } from './crash/server-process.ts'
import { keysBelow, keysOfHost } from './residue/keys-left.ts'
import { Needles, spellings } from './residue/needles.ts'
import { guesses, numberNeedles } from './residue/number.ts'
import { decryptable, directoriesOf, readable } from './residue/traces.ts'

const DAY = 24 * 3_600_000
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** A word that stands nowhere else in the world. */
const marker = () => Array.from({ length: 14 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const png = (mark: Buffer) =>
  `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), mark, mark]).toString('base64')}`
const segment = (text: string) => ({ start: 0, end: 1, text, words: [{ start: 0, end: 1, text }] })

/** An item with a marker in everything that is kept of it. */
interface Planted {
  readonly word: string
  readonly sound: Buffer
  readonly id: string
}

/** Somebody with markers in everything that is kept of them. */
interface Somebody {
  readonly person: Person
  readonly word: string
  readonly picture: Buffer
  readonly items: Planted[]
}

const needlesOfItem = (name: string, { word, sound }: Planted) => [
  ...spellings(`${name} words`, word),
  ...spellings(`${name} sound`, sound),
]
const needlesOf = (name: string, { person, word, picture, items }: Somebody) => [
  ...spellings(`${name} words`, word),
  ...spellings(`${name} picture`, picture),
  ...spellings(`${name} token`, person.cookie.split('=')[1] ?? ''),
  ...spellings(`${name} token`, Buffer.from(person.cookie.split('=')[1] ?? '', 'base64url')),
  ...items.flatMap((item, i) => needlesOfItem(`${name} item ${i}`, item)),
]

async function plantItem(person: Person): Promise<Planted> {
  const word = marker()
  const sound = randomBytes(16)
  const bytes = Buffer.alloc(150_000, sound)
  const id = await person.upload(bytes, { name: `${word} one.wav`, type: `audio/${word}` })
  await person.done('PATCH /api/items/:id', { params: { id }, body: { name: `${word} two` } })
  await person.done('GET /api/items', { query: { q: `${word} sought` } })
  const edit = { revision: 0, segments: [segment(`${word} corrected`)], cuts: [[0, 1]] }
  await person.done('PUT /api/items/:id/edit', { params: { id }, body: edit })
  return { word, sound, id }
}

async function plant(address: string, number?: string): Promise<Somebody> {
  const person = new Person(address)
  const word = marker()
  const picture = randomBytes(24)
  person.agent = `Mozilla/5.0 (X11; Linux) ${word}/1 Firefox/1.0`
  await person.begin()
  if (number) expect((await person.signIn(number)).status).toBe(200)
  await person.done('PATCH /api/me', { body: { handle: `${word}-1` } })
  await person.done('PATCH /api/me', {
    body: { handle: `${word}-2`, display_name: `Somebody ${word}`, avatar: png(picture) },
  })
  await person.done('PUT /api/settings', { body: { keep_recordings: 'P90D' } })
  await person.done('PUT /api/me/password', { body: { password: `${word} kettle marble` } })
  const on = { on: true, notice: await person.notice() }
  for (const { setting } of await person.done('GET /api/consents'))
    await person.done('PUT /api/consents/:setting', { params: { setting }, body: on })
  await person.call('GET /api/items/:id', { params: { id: `${word}` } })
  const items = [await plantItem(person), await plantItem(person)]
  // Begun and left: what of it came is kept for a while, sealed like the rest.
  const half = { word: marker(), sound: randomBytes(16) }
  const { upload, item } = await person.beginUpload(200_000, { name: half.word, type: 'audio/wav' })
  await person.sendPiece(upload, 0, Buffer.alloc(100_000, half.sound))
  return { person, word, picture, items: [...items, { ...half, id: item }] }
}

describe.each(sorts)('what an erasure leaves on %s', (sort) => {
  let here: Home
  let server: ServerProcess
  let directories: string[]
  let guest: Somebody
  let account: Somebody
  let neighbour: Somebody
  const number = `+86139${String(randomInt(1e8)).padStart(8, '0')}`
  const people = () => [guest, account, neighbour]
  const everybody = () =>
    ['guest', 'account', 'neighbour'].flatMap((name, i) => needlesOf(name, people()[i] as Somebody))
  const hostKey = () => (here.config.hostKey as { value: Buffer }).value
  const keysIn = async (...under: string[]) => [
    ...(await keysOfHost(hostKey())),
    ...(await Promise.all(under.map((directory) => keysBelow(directory, hostKey())))).flat(),
  ]
  const copy = () => `${here.config.keys}.copy`
  const start = async (days: number, more: Record<string, string> = {}) => {
    server = await startServer(here, { STUDIO_CLOCK_AHEAD: String(days * DAY), ...more })
    for (const somebody of people()) if (somebody) somebody.person.address = server.address
  }
  const openable = async (needles: ReturnType<typeof spellings>, keys: Buffer[]) =>
    decryptable(here, directories, new Needles(needles), keys)

  beforeAll(async () => {
    here = await home(sort)
    server = await startServer(here)
    guest = await plant(server.address)
    account = await plant(server.address, number)
    neighbour = await plant(server.address, '+8613700000001')
    await server.stop()
    // Words as a recogniser writes them, and a task with a name of the person's own.
    await using studio = await openStudio(here.config, { work: false })
    const { db, keys, queue, clock } = studio
    for (const { word, items } of people()) {
      const person = (await studio.lookup.find('handle', `${word}-2`)) ?? ''
      for (const { word: said, id } of items.slice(0, 2)) {
        const mine = await studio.gate.open('transcribe', person, { by: 'job', item: id })
        const words = { language: 'en', model: 'base', duration: 1, segments: [segment(`${said} heard`)] }
        await mine.transcript.add({ ...words, complete: true }, { item: id })
        const job = { person, item: id, operation: 'clip' as const, options: { name: `${said} named` } }
        await db.transaction().execute((tx) => insertJob(tx, { keys, queue, now: clock }, job))
      }
    }
  })
  afterAll(async () => {
    await here[Symbol.asyncDispose]()
  })

  test('before: nothing can be read, and with the keys everything can', async () => {
    // After four days the rolling copy is made anew: now it holds everybody's keys.
    await start(4)
    await server.stop()
    directories = await directoriesOf(here)
    const needles = [...everybody(), ...numberNeedles(number)]
    expect(await readable(here, directories, new Needles(needles))).toEqual([])
    const planted = ['guest', 'account', 'neighbour'].flatMap((name) => [
      `${name} words`,
      `${name} picture in base64`,
      ...[0, 1, 2].flatMap((i) => [`${name} item ${i} words`, `${name} item ${i} sound`]),
    ])
    const keys = await keysIn(here.config.keys)
    expect([...(await openable(needles, keys)).keys()]).toEqual(
      expect.arrayContaining([...planted, 'the number as 11 letters']),
    )
    expect([...(await openable(needles, await keysIn(copy()))).keys()]).toEqual(expect.arrayContaining(planted))
    // The look-up's file name: with the host key one could guess it, as long as the person is here.
    const guessed = await readable(here, directories, new Needles(guesses(number, keys)))
    for (const directory of [here.config.keys, copy()])
      expect(guessed).toContainEqual(
        expect.stringMatching(new RegExp(`^a hash of the number in hex in the name of ${directory}/look-up/`)),
      )
    await backup(here.config, join(here.root, 'backup'), new Date())
  })

  test('a part: the words of a person are out of every store; what the database keeps of the old rows opens by keys of that person alone (C211, C214)', async () => {
    await start(4)
    await guest.person.done('POST /api/session/step-up', { body: { password: `${guest.word} kettle marble` } })
    const body = { category: 'user.content.transcript' }
    const erased = await guest.person.done('POST /api/privacy/erase-part', { body })
    expect(erased.records).toBeGreaterThanOrEqual(2)
    expect(erased.checks.every(({ found }: { found: number }) => found === 0)).toBe(true)
    expect((await guest.person.done('GET /api/privacy/copy')).records.transcript).toEqual([])
    await server.stop()
    directories = await directoriesOf(here)
    const heard = guest.items.slice(0, 2).flatMap(({ word }, i) => spellings(`heard ${i}`, `${word} heard`))
    expect(await readable(here, directories, new Needles(heard))).toEqual([])
    let id = ''
    {
      await using studio = await openStudio(here.config, { work: false })
      id = (await studio.lookup.find('handle', `${guest.word}-2`)) ?? ''
    }
    const theirs = await keysBelow(join(here.config.keys, 'persons', id.slice(0, 2)), hostKey())
    const all = await keysIn(here.config.keys, copy())
    const others = all.filter((key) => !theirs.some((one) => one.equals(key)))
    expect(others.length).toBe(all.length - 2 * theirs.length)
    expect([...(await openable(heard, others)).keys()]).toEqual([])
    // With their keys the log and the free space of the database are all that is left, until the item goes: see below.
    for (const places of (await openable(heard, theirs)).values())
      for (const place of places) expect(place).not.toMatch(/\/(ledger|objects|keys|policy)\//)
  })

  test('one item: nothing of it opens any more, the rest does (C211)', async () => {
    await start(4)
    const [gone, stays] = account.items as [Planted, Planted]
    const certificate = await account.person.done('DELETE /api/items/:id', { params: { id: gone.id } })
    expect(certificate.scope).toBe('item')
    await server.stop()
    directories = await directoriesOf(here)
    const keys = await keysIn(here.config.keys)
    const needles = [...needlesOfItem('gone', gone), ...needlesOfItem('stays', stays)]
    expect(await readable(here, directories, new Needles(needles))).toEqual([])
    expect([...(await openable(needles, keys)).keys()].sort()).toEqual(['stays sound', 'stays words'])
  })

  test('everything: nothing of two persons opens any more, and the number cannot be guessed (C211)', async () => {
    await start(4)
    for (const { person } of [guest, account]) {
      const fresh = { password: `${person === guest.person ? guest.word : account.word} kettle marble` }
      await person.done('POST /api/session/step-up', { body: fresh })
      const body = { confirm: 'erase everything' }
      const cookie = person.cookie
      const certificate = await person.done('POST /api/privacy/erase', { body })
      expect(certificate.checks.every(({ found }: { found: number }) => found === 0)).toBe(true)
      person.cookie = cookie
      expect((await person.call('GET /api/me')).status).toBe(401)
    }
    await server.stop()
    directories = await directoriesOf(here)
    await nothingLeft(await keysIn(here.config.keys), true)
  })

  test('keys that come back from the rolling copy are destroyed again before anything is served (G16)', async () => {
    await rm(here.config.keys, { recursive: true })
    await cp(copy(), here.config.keys, { recursive: true })
    expect((await openable(needlesOf('guest', guest), await keysIn(here.config.keys))).size).toBeGreaterThan(0)
    await start(4)
    for (const { person } of [guest, account]) expect((await person.call('GET /api/me')).status).toBe(401)
    await server.stop()
    await nothingLeft(await keysIn(here.config.keys), true)
  })

  test('after its days the rolling copy holds none of it either (G16)', async () => {
    await start(4 + 7)
    await server.stop()
    directories = await directoriesOf(here)
    await nothingLeft(await keysIn(here.config.keys, copy()))
  })

  test('a backup from before, restored, brings back the neighbour and nobody else', async () => {
    const database = await freshDatabase(sort)
    const elsewhere = {
      SOTTO_DATA: join(here.root, 'restored'),
      ...(database.url ? { DATABASE_URL: database.url } : {}),
    }
    const config = readConfig({ ...here.environment, ...elsewhere })
    await restore(config, join(here.root, 'backup'))
    await start(4 + 7, elsewhere)
    for (const { person } of [guest, account]) expect((await person.call('GET /api/me')).status).toBe(401)
    const names = (await neighbour.person.done('GET /api/items')).map(({ name }: { name: string }) => name)
    expect(names.sort()).toEqual(
      neighbour.items
        .slice(0, 2)
        .map(({ word }) => `${word} two`)
        .sort(),
    )
    const { bytes } = await neighbour.person.call('GET /api/items/:id/media', {
      params: { id: neighbour.items[0]?.id ?? '' },
    })
    expect(bytes.equals(Buffer.alloc(150_000, neighbour.items[0]?.sound))).toBe(true)
    await server.stop()
    const restored: Home = { ...here, config }
    directories = [...new Set([...(await directoriesOf(restored)), ...directories])]
    await nothingLeft(await keysIn(here.config.keys, copy()))
    await database.drop()
  })

  async function nothingLeft(keys: Buffer[], copyStays = false): Promise<void> {
    const needles = [...everybody(), ...numberNeedles(number)]
    expect(await readable(here, directories, new Needles(needles))).toEqual([])
    // The neighbour's still open, so the search works, and nobody else's.
    const found = await openable(needles, keys)
    expect([...found.keys()].filter((name) => !name.startsWith('neighbour'))).toEqual([])
    expect(found.size).toBeGreaterThan(0)
    // The rolling copy may know its look-ups for the days that the certificate names, and nothing else may.
    const guessed = await readable(here, directories, new Needles(guesses(number, keys)))
    expect(guessed.filter((place) => !(copyStays && place.includes(`${copy()}/look-up/`)))).toEqual([])
  }
})
