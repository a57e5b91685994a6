/** Many people at once on one studio: everybody's own things, and nobody else's, while others come, change and are erased. */
import { openLog, studioApp } from '@sotto/server'
import { sorts } from '@sotto/server/testing/databases'
import { place } from '@sotto/server/testing/studio'
import { beginUpload, sendPart } from '@sotto/server/testing/upload'
import { visit } from '@sotto/server/testing/visit'
import { expect, test } from 'vitest'

const people = Number(process.env.PEOPLE ?? 50)
const AT_ONCE = 32
const ITEMS = 4

test.each(sorts)('on %s', async (sort) => {
  await using here = await place(sort)
  await using studio = await here.open({ work: false })
  const app = await studioApp(studio, { log: openLog('silent') })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  let next = 0
  let erased = 0

  async function one(n: number): Promise<void> {
    const me = visit(app)
    expect((await me.call('POST /api/session/guest', { body: { notice } })).status).toBe(200)
    const mine = Array.from({ length: ITEMS }, (_, i) => `recording ${i} of person ${n}`)
    await Promise.all(
      mine.map(async (text) => {
        const bytes = Buffer.from(text.repeat(200))
        const url = await beginUpload(app, me, bytes.length, text)
        expect((await sendPart(app, me, url, 0, bytes)).statusCode).toBe(204)
      }),
    )
    const { body: items } = await me.call('GET /api/items')
    expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(mine)
    for (const { id, name } of items) {
      const { text } = await me.call('GET /api/items/:id/media', { params: { id } })
      expect(text).toBe(name.repeat(200))
    }
    if (n % 3 === 0) {
      const { body: certificate } = await me.call('POST /api/privacy/erase', { body: { confirm: 'erase everything' } })
      expect(certificate.checks.every(({ found }: { found: number }) => found === 0)).toBe(true)
      erased++
    } else if (n % 3 === 1) {
      expect((await me.call('DELETE /api/items/:id', { params: { id: items[0].id } })).status).toBe(200)
      expect((await me.call('GET /api/items')).body).toHaveLength(ITEMS - 1)
    }
  }

  const began = Date.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < people) await one(next++)
    }),
  )
  const seconds = (Date.now() - began) / 1000
  const memory = Math.round(process.memoryUsage.rss() / 1e6)
  const open = studio.ledger.head.size
  await app.close()
  const left = await studio.db.selectFrom('record').select('person').distinct().execute()
  expect(left).toHaveLength(people - erased)
  console.log(
    `soak ${sort}: ${people} people, ${people * ITEMS} items, ${erased} erased, ${open} ledger entries, ${seconds.toFixed(0)} s, ${memory} MB`,
  )
})
