/** A studio that others can reach: behind a proxy, or with TLS of its own. */
import { execFileSync } from 'node:child_process'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { visit } from '../../testing/visit.ts'
import { readConfig } from '../config.ts'
import { openLog } from '../log.ts'
import { openStudio } from '../studio.ts'
import { serve, studioApp } from './server.ts'

const operator = { SOTTO_OPERATOR_NAME: 'A Ltd', SOTTO_OPERATOR_OFFICER: 'B', SOTTO_OPERATOR_CONTACT: 'c@d.example' }
const log = openLog('silent')
const places: Place[] = []
afterAll(async () => {
  for (const where of places) await where[Symbol.asyncDispose]()
})

test('behind a proxy: its name alone, secure cookies, no code on the page, guests only where the host says so', async () => {
  const where = await place('embedded', {
    SOTTO_ORIGIN: 'https://studio.example',
    SOTTO_TRUST_PROXY: 'on',
    SOTTO_GUESTS: 'on',
    ...operator,
  })
  places.push(where)
  await using studio = await openStudio(where.config, { work: false })
  const app = await studioApp(studio, { log })
  const me = visit(app, 'https://studio.example')
  const { body } = await me.call('GET /api/notice', { query: { format: 'json' } })
  expect((await me.call('GET /api/status')).body).toMatchObject({ codes: 'off', loopback: false, guests: true })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  const begun = await me.call('POST /api/session/guest', { body: { notice } })
  expect(String(begun.headers['set-cookie'])).toMatch(/; HttpOnly; Secure; SameSite=Lax$/)
  expect(begun.headers['strict-transport-security']).toBeDefined()
  const asked = await me.call('POST /api/session/code', { body: { number: '+8613812345678', notice } })
  expect(asked.body.code).toBe('codes_off')
  // The machine the proxy is on is no page of the studio.
  const local = await visit(app).call('POST /api/session/code', { body: { number: '+8613812345678', notice } })
  expect(local.body.code).toBe('codes_off')
  expect((await visit(app, 'https://other.example').call('GET /api/status')).status).toBe(421)
  await app.close()

  const closed = readConfig({ SOTTO_ORIGIN: 'https://studio.example', SOTTO_TRUST_PROXY: 'on', ...operator })
  expect(closed.guests).toBe(false)
})

test('from each address twenty codes in ten minutes, whatever the numbers', async () => {
  const sms = {
    SOTTO_SMS_WEBHOOK: 'https://sms.example/send',
    SOTTO_SMS_WEBHOOK_SECRET: 'a secret of the webhook',
    SOTTO_SMS_NAME: 'Messages Ltd',
    SOTTO_SMS_COUNTRY: 'CN',
  }
  const where = await place('embedded', {
    SOTTO_ORIGIN: 'https://studio.example',
    SOTTO_TRUST_PROXY: 'on',
    ...operator,
    ...sms,
  })
  places.push(where)
  await using studio = await openStudio(where.config, { work: false, deliver: { sms_provider: async () => {} } })
  const app = await studioApp(studio, { log })
  const me = visit(app, 'https://studio.example')
  const { body } = await me.call('GET /api/notice', { query: { format: 'json' } })
  const notice = { version: body.version, hash: body.hash, locale: 'en' }
  const ask = (n: number, from: string) =>
    me.call('POST /api/session/code', {
      body: { number: `+86137${String(10_000_000 + n)}`, notice },
      headers: { 'x-forwarded-for': `6.6.6.6, ${from}` },
    })
  const asked = await Promise.all(Array.from({ length: 25 }, (_, n) => ask(n, '203.0.113.9')))
  expect(asked.filter(({ status }) => status === 200)).toHaveLength(20)
  expect((await ask(99, '203.0.113.10')).status).toBe(200)
  await app.close()
})

function openssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.skipIf(!openssl())('with TLS of its own it answers to the names of its certificate', async () => {
  const where = await place('embedded')
  places.push(where)
  const [key, cert] = [join(where.root, 'key.pem'), join(where.root, 'cert.pem')]
  const subject = ['-subj', '/CN=studio.example', '-addext', 'subjectAltName=DNS:studio.example,IP:192.0.2.7']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const config = readConfig({
    SOTTO_DATA: join(where.root, 'data'),
    SOTTO_KEYS: join(where.root, 'keys'),
    SOTTO_HOST: '0.0.0.0',
    SOTTO_PORT: '0',
    SOTTO_TLS_CERT: cert,
    SOTTO_TLS_KEY: key,
    ...operator,
  })
  await using serving = await serve(config, { work: false, log })
  const port = Number(new URL(serving.app.listeningOrigin).port)
  const get = (host: string) =>
    new Promise<{ status: number | undefined; hsts: unknown }>((done, failed) => {
      request(
        { host: '127.0.0.1', port, path: '/healthz', headers: { host }, rejectUnauthorized: false },
        async (answer) => {
          await text(answer)
          done({ status: answer.statusCode, hsts: answer.headers['strict-transport-security'] })
        },
      )
        .on('error', failed)
        .end()
    })
  for (const host of [`studio.example:${port}`, `192.0.2.7:${port}`, `127.0.0.1:${port}`]) {
    const said = await get(host)
    expect([host, said.status]).toEqual([host, 200])
    expect(said.hsts).toBeDefined()
  }
  for (const host of ['other.example', '192.0.2.8', 'sub.studio.example']) expect((await get(host)).status).toBe(421)
})
