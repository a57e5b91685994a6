/** A recording of hours: comes in, is drawn, is read at random places, is recognised for a while and cancelled, is erased. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeAll, encode, fileSink, fileSource } from '@sotto/media'
import { openLog, studioApp } from '@sotto/server'
import { place } from '@sotto/server/testing/studio'
import { beginUpload, sendPart } from '@sotto/server/testing/upload'
import { visit } from '@sotto/server/testing/visit'
import { expect, test } from 'vitest'

const hours = Number(process.env.HOURS ?? 0.05)
const PART = 8 * 1024 * 1024
const speech = fileURLToPath(import.meta.resolve('@sotto/media/fixtures/jfk.opus'))

test(`${hours} hours`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-long-'))
  const file = join(directory, 'long.mp3')
  {
    using source = fileSource(speech)
    const pcm = await decodeAll(source, { rate: 24_000 })
    using sink = fileSink(file)
    const encoder = await encode(sink, { format: 'mp3', rate: pcm.rate, channels: pcm.channels.length })
    const seconds = (pcm.channels[0]?.length ?? 0) / pcm.rate
    for (let at = 0; at < hours * 3600; at += seconds) await encoder.write(pcm)
    await encoder.end()
  }
  const bytes = readFileSync(file)
  rmSync(directory, { recursive: true })

  await using here = await place()
  await using studio = await here.open()
  const app = await studioApp(studio, { log: openLog('silent') })
  const me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  await me.call('POST /api/session/guest', { body: { notice } })
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string

  const began = Date.now()
  const url = await beginUpload(app, me, bytes.length, 'long')
  for (let at = 0; at < bytes.length; at += PART) await sendPart(app, me, url, at, bytes.subarray(at, at + PART))
  const arrived = Date.now()
  const item = (await me.call('GET /api/items')).body[0].id as string
  const open = async () => (await me.call('GET /api/items/:id', { params: { id: item } })).body
  const happens = async (what: () => Promise<boolean>) => {
    while (!(await what())) {
      const { promise, resolve } = Promise.withResolvers<void>()
      using _ = studio.hub.listen(person, () => resolve())
      await promise
    }
  }
  await happens(async () => (await open()).state !== 'preparing')
  const drawn = Date.now()
  const ready = await open()
  expect(ready.state).toBe('ready')
  expect(ready.duration).toBeGreaterThan(hours * 3600 - 1)

  for (let n = 0; n < 100; n++) {
    const from = Math.floor((bytes.length - 1) * ((n * 0.618) % 1))
    const to = Math.min(bytes.length, from + 100_000)
    const { payload } = await app
      .inject({
        url: `/api/items/${item}/media`,
        headers: { host: '127.0.0.1:4170', cookie: me.cookie, range: `bytes=${from}-${to - 1}` },
      })
      .then(({ rawPayload }) => ({ payload: rawPayload }))
    expect(payload.equals(bytes.subarray(from, to))).toBe(true)
  }
  const asked = performance.now()
  const peaks = await me.call('GET /api/items/:id/peaks', { params: { id: item } })
  const peaksMs = performance.now() - asked

  await me.call('PUT /api/consents/:setting', { params: { setting: 'transcribing' }, body: { on: true, notice } })
  const { body: job } = await me.call('POST /api/items/:id/jobs', {
    params: { id: item },
    body: { operation: 'transcribe' },
  })
  let segments = 0
  {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _ = studio.hub.listen(person, ({ type }) => {
      if (type === 'segment' && ++segments === 30) resolve()
    })
    await promise
  }
  const cancelled = await me.call('DELETE /api/jobs/:id', { params: { id: job.id } })
  expect(cancelled.body.state).toBe('cancelled')
  const certificate = await me.call('DELETE /api/items/:id', { params: { id: item } })
  expect(certificate.body.checks.every(({ found }: { found: number }) => found === 0)).toBe(true)
  await app.close()
  console.log(
    `soak long: ${hours} h, ${(bytes.length / 1e6).toFixed(0)} MB in ${((arrived - began) / 1000).toFixed(1)} s, drawn in ${((drawn - arrived) / 1000).toFixed(1)} s, waveform of ${(Number(peaks.headers['content-length']) / 1e6).toFixed(1)} MB answered in ${peaksMs.toFixed(0)} ms, cancelled after ${segments} segments, server ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
  )
})
