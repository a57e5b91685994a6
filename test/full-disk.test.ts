/** A disk that fills up: a clear answer, nothing acknowledged lost, and it goes on by itself when there is room again. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog, type Studio, studioApp } from '@sotto/server'
import { type Place, place } from '@sotto/server/testing/studio'
import { beginUpload, offsetOf, sendPart } from '@sotto/server/testing/upload'
import { type Visit, visit } from '@sotto/server/testing/visit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const disk = mkdtempSync(join(tmpdir(), 'sotto-disk-'))
// A small disk of one's own needs root; without it this is reported as skipped.
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]).status === 0

let here: Place
let studio: Studio
let app: Awaited<ReturnType<typeof studioApp>>
let me: Visit

beforeAll(async () => {
  if (!mounted) return
  here = await place('embedded', { SOTTO_DATA: join(disk, 'data') })
  studio = await here.open({ work: false })
  app = await studioApp(studio, { log: openLog('silent') })
  me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  expect((await me.call('POST /api/session/guest', { body: { notice } })).status).toBe(200)
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await here?.[Symbol.asyncDispose]()
  if (mounted) execFileSync('umount', [disk])
  rmdirSync(disk)
})

const MB = 1024 * 1024
/** Fills the disk but for so many bytes. */
function fill(but: number): () => void {
  const { bavail, bsize } = statfsSync(disk)
  const filler = join(disk, 'filler')
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - but)))
  return () => rmSync(filler)
}

test.runIf(mounted)(
  'an upload that does not fit is told so, keeps what was acknowledged, and ends when there is room',
  async () => {
    const bytes = Buffer.alloc(12 * MB, 'sound')
    const url = await beginUpload(app, me, bytes.length, 'large')
    expect((await sendPart(app, me, url, 0, bytes.subarray(0, 2 * MB))).statusCode).toBe(204)
    const acknowledged = await offsetOf(app, me, url)
    expect(acknowledged).toBe(2 * MB)

    const free = fill(3 * MB)
    const refused = await sendPart(app, me, url, acknowledged, bytes.subarray(acknowledged))
    expect(refused.statusCode).toBe(507)
    expect(refused.json()).toMatchObject({ code: 'storage_full' })
    expect(await offsetOf(app, me, url)).toBeGreaterThanOrEqual(acknowledged)

    free()
    const kept = await offsetOf(app, me, url)
    expect((await sendPart(app, me, url, kept, bytes.subarray(kept))).statusCode).toBe(204)
    const { body } = await me.call('GET /api/items', { query: { q: 'large' } })
    const media = await me.call('GET /api/items/:id/media', { params: { id: body[0].id } })
    expect(media.headers['content-length']).toBe(String(bytes.length))
    expect(Buffer.from(media.text).equals(bytes)).toBe(true)
  },
)

test.runIf(mounted)('with no room at all a change is refused whole, and what was there stays readable', async () => {
  const { body: items } = await me.call('GET /api/items')
  const id = items[0].id as string
  const free = fill(0)
  // The opening cannot be noted, so nothing is opened: an answer without its entry would be a broken promise.
  let kept = 'large'
  let refused: Awaited<ReturnType<typeof me.call>> | undefined
  // The last block of each file may have room for a few entries yet.
  for (let n = 0; n < 1000 && !refused; n++) {
    const said = await me.call('PATCH /api/items/:id', { params: { id }, body: { name: `name ${n}` } })
    if (said.status === 200) kept = `name ${n}`
    else refused = said
  }
  expect(refused).toMatchObject({ status: 507, body: { code: 'storage_full' } })
  free()
  expect((await me.call('GET /api/items/:id', { params: { id } })).body.name).toBe(kept)
  expect((await me.call('PATCH /api/items/:id', { params: { id }, body: { name: 'renamed' } })).body.name).toBe(
    'renamed',
  )
})
