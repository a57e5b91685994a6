/** Kills a server again and again while it is used, and looks each time whether every promise was kept. */
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { expect } from 'vitest'
import { verifyLedger } from '../../server/src/ledger/verify.ts'
import { openStudio } from '../../server/src/studio.ts'
import { Needles, spellings } from '../residue/needles.ts'
import { directoriesOf, readable } from '../residue/traces.ts'
import type { Chance } from './chance.ts'
import { Member } from './member.ts'
import { Person } from './person.ts'
import { type Home, startServer } from './server-process.ts'

/** Longest time between the moment a server listens and its death. */
const LONGEST_LIFE_MS = 1200
/** Half of the deaths come while one of these is under way: chance alone would seldom meet them. */
const WISHES = ['merge', 'erase', 'leave', 'edit'] as const
/** How long after it began, at most; and how long is waited for it to begin. */
const INTO_IT_MS = 90
const PATIENCE_MS = 4000
const MEMBERS = 3

/**
 * Kills `times` times, at moments that only chance knows; throws where anything acknowledged is not there. Answers how
 * many deeds were acknowledged in all, and how often the server died while one was under way.
 */
export async function killAgainAndAgain(
  home: Home,
  chance: Chance,
  times: number,
): Promise<{ acknowledged: number; cutOff: number }> {
  const marks = { word: randomBytes(9).toString('hex'), sound: randomBytes(16) }
  const needles = new Needles([...spellings('a word', marks.word), ...spellings('sound', marks.sound)])
  const members = Array.from({ length: MEMBERS }, (_, i) => new Member(chance, marks, `+861391234567${i}`))
  let head = ''
  let cutOff = 0
  for (let kill = 0; kill < times; kill++) {
    const server = await startServer(home)
    await everybody(members, (member) => member.check(server.address, false))
    const moment = chance.next() < 0.5 ? pass(chance.whole(0, LONGEST_LIFE_MS)) : wished(members, chance)
    const uses = everybody(members, (member) => member.use(server.address))
    await Promise.race([moment, uses])
    const signed = await new Person(server.address).call('GET /api/ledger/head').catch(() => undefined)
    await server.kill()
    await uses
    cutOff += members.filter((member) => member.underWay).length
    if (signed?.body.signed) head = signed.body.signed
    await checkFiles(home, needles, head)
  }
  const server = await startServer(home)
  await everybody(members, (member) => member.check(server.address, true))
  await everybody(members, async (member) => {
    while ((await member.openJobs()) > 0) await pass(250)
  })
  await everybody(members, (member) => member.check(server.address, true))
  await server.stop()
  await checkFiles(home, needles, head)
  await checkLeftovers(home)
  return { acknowledged: members.reduce((sum, member) => sum + member.acknowledged, 0), cutOff }
}

/** A moment in the middle of something that one of the members is made to do. */
async function wished(members: readonly Member[], chance: Chance): Promise<void> {
  const what = WISHES[chance.whole(0, WISHES.length)] as (typeof WISHES)[number]
  const into = chance.whole(0, INTO_IT_MS)
  const member = members[chance.whole(0, members.length)] as Member
  const began = new Promise<void>((resolve) => {
    member.wish = { what, began: resolve }
  })
  await Promise.race([began, pass(PATIENCE_MS)])
  member.wish = undefined
  await pass(into)
}

async function everybody(members: readonly Member[], what: (member: Member) => Promise<void>): Promise<void> {
  await Promise.all(members.map(what))
}

/** The ledger is whole and goes on from every head it ever signed; nothing on the disk can be read. */
async function checkFiles(home: Home, needles: Needles, head: string): Promise<void> {
  const directory = join(home.config.data, 'ledger')
  for (const signed of head ? [undefined, head] : []) expect((await verifyLedger(directory, signed)).faults).toEqual([])
  expect(await readable(home, await directoriesOf(home), needles)).toEqual([])
  expect(await readdir(home.temp)).toEqual([])
}

/** After a start nothing is there that belongs to nothing: keys, objects, rows, look-ups, drafts. */
async function checkLeftovers(home: Home): Promise<void> {
  await using studio = await openStudio(home.config, { work: false })
  const { db, keys, objects, lookup } = studio
  const rows = await db.selectFrom('record').select(['id', 'person', 'item', 'kind']).execute()
  const persons: string[] = []
  for await (const person of keys.persons()) persons.push(person)
  expect([...new Set(rows.map(({ person }) => person))].sort()).toEqual(persons.sort())
  for (const person of persons) {
    const items = rows.filter((row) => row.person === person && row.item !== null).map(({ item }) => item as string)
    expect((await keys.ids(person)).sort()).toEqual([...new Set([person, ...items])].sort())
  }
  const stored: string[] = []
  for await (const id of objects.ids()) stored.push(id)
  const media = rows.filter(({ kind }) => kind === 'media' || kind === 'upload').map(({ id }) => id)
  expect(stored.sort()).toEqual(media.sort())
  const names = await readdir(lookup.directory)
  expect(names.filter((name) => name.length !== 64)).toEqual(['of'])
  const owners = await readdir(join(lookup.directory, 'of'))
  expect(owners.filter((name) => name.length !== 64)).toEqual([])
  let found = 0
  for (const person of persons) {
    const counted = await lookup.count(person)
    expect(counted.read).toBe(counted.found)
    found += counted.found
  }
  expect(found).toBe(names.length - 1)
  expect(owners.length).toBe(persons.length)
  expect((await readdir(home.root)).sort()).toEqual(['data', 'keys', 'keys.copy', 'temp'])
}
