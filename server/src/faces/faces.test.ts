/** Face jobs as a person meets them: under their own consent, once, to them alone, and gone (C262-C272, G4). */
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { type Visit, visit } from '../../testing/visit.ts'
import type { App } from '../http/handle.ts'
import { studioApp } from '../http/server.ts'
import { openLog } from '../log.ts'
import type { Studio } from '../studio.ts'

const media = dirname(createRequire(import.meta.url).resolve('@sotto/media/fixtures/faces/astronaut.jpg'))
const picture = readFileSync(join(media, 'astronaut.jpg'))
const base64 = picture.toString('base64')

let here: Place
let studio: Studio
let app: App
let seen: { version: string; hash: string; locale: 'en' }
beforeAll(async () => {
  here = await place()
  studio = await here.open({ work: false, faceTimes: { afterMs: 3000, hardMs: 60_000 } })
  app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  seen = { version: body.version, hash: body.hash, locale: 'en' }
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
})

async function guest(agreed = true): Promise<Visit> {
  const me = visit(app)
  await me.call('POST /api/session/guest', { body: { notice: seen } })
  if (agreed) await turn(me, true)
  return me
}
const turn = (me: Visit, on: boolean) =>
  me.call('PUT /api/consents/:setting', { params: { setting: 'faces' }, body: { on, notice: seen } })
const hand = (me: Visit, bytes = base64) => me.call('POST /api/faces', { body: { picture: bytes } })
const take = (me: Visit, id: string) => me.call('POST /api/faces/:id/points', { params: { id } })
const receipt = (me: Visit, id: string) => me.call('GET /api/faces/:id', { params: { id } })

/** Processes of face jobs that live, among the descendants of this process: other tests have theirs. */
function children(): number[] {
  const parents = new Map<number, number>()
  const jobs: number[] = []
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      parents.set(Number(name), Number(parent))
      if (state !== 'Z' && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('job-child.ts'))
        jobs.push(Number(name))
    } catch {
      // It ended while it was looked at.
    }
  const isMine = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === process.pid || isMine(parents.get(pid)))
  return jobs.filter(isMine)
}

/** Stretches of the picture, and of a number of its points, as they could lie somewhere. */
const needles = [
  picture.subarray(4000, 4048),
  picture.subarray(40_000, 40_048),
  Buffer.from(base64.slice(8000, 8064)),
  Buffer.from(base64.slice(60_000, 60_064)),
]

async function traces(root: string, more: readonly Buffer[] = []): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    for (const needle of [...needles, ...more]) if (bytes.includes(needle)) found.push(path)
  }
  return found
}

describe('a face job', () => {
  test('needs its own consent; without it no picture is looked at (C39, C60)', async () => {
    const me = await guest(false)
    expect((await hand(me)).status).toBe(403)
    expect(children()).toEqual([])
  })

  test('gives the points once, to the person they are of; nothing of it lies anywhere, then or later', async () => {
    const me = await guest()
    const other = await guest()
    const { status, body } = await hand(me)
    expect(status).toBe(200)
    expect(await traces(here.root)).toEqual([])
    expect((await take(other, body.id)).status).toBe(404)
    expect((await receipt(other, body.id)).status).toBe(404)
    const said = await take(me, body.id)
    expect(said.status).toBe(200)
    expect(said.body.faces).toHaveLength(1)
    expect(said.body.faces[0].points).toHaveLength(468)
    // When it is answered the child with the keys is gone, and the receipt says so.
    expect(children()).toEqual([])
    const proof = (await receipt(me, body.id)).body
    expect(proof).toMatchObject({ id: body.id, ended: 'delivered' })
    expect(proof.destroyed_at).not.toBeNull()
    expect(Object.keys(proof).sort()).toEqual(['destroyed_at', 'ended', 'id', 'progress', 'ready', 'received_at'])
    // Again, and by another: refused.
    expect((await take(me, body.id)).status).toBe(410)
    expect((await take(other, body.id)).status).toBe(404)
    const points = said.body.faces[0].points[4] as number[]
    expect(
      await traces(here.root, [Buffer.from(JSON.stringify(points)), Buffer.from(points.slice(0, 2).join(','))]),
    ).toEqual([])
  })

  test('points that nobody takes are gone by themselves (C270)', async () => {
    const me = await guest()
    const { body } = await hand(me)
    await expect.poll(async () => (await receipt(me, body.id)).body.ended, { timeout: 60_000 }).toBe('expired')
    expect(children()).toEqual([])
    expect((await take(me, body.id)).status).toBe(410)
  })

  test('a withdrawal ends it: when that is answered nothing is left (C215)', async () => {
    const me = await guest()
    const { body } = await hand(me)
    expect(children()).not.toEqual([])
    expect((await turn(me, false)).status).toBe(200)
    expect(children()).toEqual([])
    expect((await take(me, body.id)).status).toBe(403)
    expect((await receipt(me, body.id)).body.ended).toBe('withdrawn')
  })

  test('a withdrawal while the picture is being handed over: nothing is left when both are answered (C215)', async () => {
    const me = await guest()
    const [handed, withdrawn] = await Promise.all([hand(me), turn(me, false)])
    expect(withdrawn.status).toBe(200)
    expect(children()).toEqual([])
    if (handed.status === 200) expect((await receipt(me, handed.body.id)).body.ended).toBe('withdrawn')
    else expect(handed.status).toBe(403)
  })

  test('a picture without a face, and one that is none, end with the reason', async () => {
    const me = await guest()
    const none = await hand(me, Buffer.from('no picture at all').toString('base64'))
    expect((await take(me, none.body.id)).body).toMatchObject({ status: 422, code: 'media_unreadable' })
    expect((await receipt(me, none.body.id)).body.ended).toBe('failed')
  })

  test('one at a time for each person', async () => {
    const me = await guest()
    const first = await hand(me)
    expect((await hand(me)).status).toBe(429)
    expect((await take(me, first.body.id)).status).toBe(200)
  })

  test('a child that is killed is the end of the job', async () => {
    const me = await guest()
    const { body } = await hand(me)
    const victims = children()
    expect(victims.length).toBeGreaterThan(0)
    for (const pid of victims)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // The outer one took the inner one with it.
      }
    expect([410, 500]).toContain((await take(me, body.id)).status)
    expect(await traces(here.root)).toEqual([])
  })
})
