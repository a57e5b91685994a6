/** The server on a real socket: slow and broken clients, pages, and an orderly end. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { openLog } from '../log.ts'
import { type Serving, serve } from './server.ts'

let where: Place
let serving: Serving
let ended = false

beforeAll(async () => {
  where = await place('embedded')
  const pages = mkdtempSync(join(tmpdir(), 'sotto-pages-'))
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Sotto</title>')
  writeFileSync(join(pages, 'assets/app-1a2b3c.js'), 'export {}')
  writeFileSync(join(pages, 'sw.js'), '// worker')
  serving = await serve(where.config, { pages, work: false, log: openLog('silent') })
})
afterAll(async () => {
  if (!ended) await serving?.[Symbol.asyncDispose]()
  await where?.[Symbol.asyncDispose]()
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(serving.address + path, { headers })

/** What the server says to raw bytes on its socket. */
function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(serving.address).port), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

test('the page is served, its hashed files for ever, the rest asked for again', async () => {
  const page = await get('/', { accept: 'text/html' })
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Sotto</title>'])
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const script = await get('/assets/app-1a2b3c.js')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(script.headers.get('content-type')).toMatch(/javascript/)
  expect((await get('/sw.js')).headers.get('cache-control')).toBe('no-cache')
})

test('an address of the application is the page; one of the interface that is not there is a problem', async () => {
  expect(await (await get('/settings/privacy', { accept: 'text/html' })).text()).toContain('Sotto')
  const missing = await get('/api/nowhere', { accept: 'text/html' })
  expect([missing.status, missing.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ])
  expect((await get('/assets/gone.js')).status).toBe(404)
})

test.each([
  '/../package.json',
  '/..%2f..%2fpackage.json',
  '/assets/..%2f..%2fpackage.json',
  '/%2e%2e/%2e%2e/etc/passwd',
])('%s leads nowhere', async (path) => {
  const said = await raw(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`)
  expect(said).toMatch(/^HTTP\/1\.1 (403|404|400)/)
  expect(said).not.toContain('workspaces')
  expect(said).not.toContain('root:')
})

test('a request without a host, with two lengths, or that is none, is refused', async () => {
  for (const bytes of [
    'GET / HTTP/1.1\r\nconnection: close\r\n\r\n',
    'POST /api/session/guest HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'nonsense\r\n\r\n',
  ])
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400/)
})

test('clients that only pretend to send are given up: headers, bodies and idle connections have their time', () => {
  const { server } = serving.app
  expect(server.headersTimeout).toBe(15_000)
  expect(server.timeout).toBe(120_000)
  expect(server.keepAliveTimeout).toBe(10_000)
})

test('at the end an open event stream is ended and the database is closed in order', async () => {
  const notice = (await (await get('/api/notice')).json()) as { version: string; hash: string }
  const body = JSON.stringify({ notice: { version: notice.version, hash: notice.hash, locale: 'en' } })
  const headers = { 'content-type': 'application/json', 'sotto-request': '1' }
  const begun = await fetch(`${serving.address}/api/session/guest`, { method: 'POST', headers, body })
  expect(begun.status).toBe(200)
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  const events = await get('/api/events', { cookie })
  expect(events.status).toBe(200)
  const reading = events.text()
  await serving[Symbol.asyncDispose]()
  ended = true
  expect(await reading).toBeDefined()
  await expect(get('/healthz')).rejects.toThrow()
  // The data directory is free again: whoever comes next can open it.
  await using again = await where.open({ work: false })
  expect(again.ledger.head.size).toBeGreaterThan(0)
})
