/** Codes by SMS: handed to the host's webhook, signed, and nowhere else. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Place, place } from '../../testing/studio.ts'
import { visit } from '../../testing/visit.ts'
import { openLog } from '../log.ts'
import { smsWebhook } from '../sms/webhook.ts'
import { openStudio, type Studio } from '../studio.ts'
import type { App } from './handle.ts'
import { studioApp } from './server.ts'

const SECRET = 'a secret of the webhook'
interface Received {
  readonly body: string
  readonly signature: string
}

let receiver: Server
let where: Place
let studio: Studio
let app: App
let notice: { version: string; hash: string; locale: 'en' }
let status = 204
const received: Received[] = []
const logged: string[] = []
let count = 0
const newNumber = () => `+86139${String(10_000_000 + count++).padStart(8, '0')}`

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ body, signature: String(request.headers['sotto-signature']) })
    response.writeHead(status).end()
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  const { port } = receiver.address() as AddressInfo
  where = await place('embedded', {
    SOTTO_SMS_WEBHOOK: `http://127.0.0.1:${port}/send`,
    SOTTO_SMS_WEBHOOK_SECRET: SECRET,
    SOTTO_SMS_NAME: 'Messages Ltd',
    SOTTO_SMS_COUNTRY: 'CN',
  })
  const { sms } = where.config
  if (!sms) throw new Error('no webhook in the settings')
  studio = await openStudio(where.config, {
    work: false,
    deliver: { sms_provider: smsWebhook(sms, () => new Date()) },
  })
  app = await studioApp(studio, { log: openLog('debug', { write: (line) => logged.push(line) }) })
  const { body } = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  notice = { version: body.version, hash: body.hash, locale: 'en' }
})
afterAll(async () => {
  await app?.close()
  await studio?.[Symbol.asyncDispose]()
  await where?.[Symbol.asyncDispose]()
  receiver?.close()
})
beforeEach(() => {
  status = 204
  received.length = 0
})

const ask = (number: string, me = visit(app)) => me.call('POST /api/session/code', { body: { number, notice } })
const codeIn = ({ body }: Received) => /\b(\d{6})\b/.exec(JSON.parse(body).message)?.[1] ?? ''

test('the code goes to the webhook alone: not into the answer, not into the log', async () => {
  const number = newNumber()
  const me = visit(app)
  const said = await ask(number, me)
  expect(said.body).toEqual({ challenge: expect.any(String), sent: 'sms', expires_in: 600 })
  const [message] = received
  if (!message) throw new Error('no message')
  expect(JSON.parse(message.body)).toEqual({ phone_number: number, message: expect.stringContaining('Sotto') })
  const code = codeIn(message)
  expect(said.text + logged.join('')).not.toContain(code)
  const entered = await me.call('POST /api/session/verify', { body: { challenge: said.body.challenge, code } })
  expect(entered.body.guest).toBe(false)
})

test('a message is signed over its time and body', async () => {
  await ask(newNumber())
  const [message] = received
  const [, time = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(message?.signature ?? '') ?? []
  expect(mac).toBe(createHmac('sha256', SECRET).update(`${time}.${message?.body}`).digest('hex'))
})

test('a number with an account and one without get the same answer', async () => {
  const known = newNumber()
  const me = visit(app)
  const { challenge } = (await ask(known, me)).body
  const [message] = received
  if (!message) throw new Error('no message')
  await me.call('POST /api/session/verify', { body: { challenge, code: codeIn(message) } })
  const shape = ({ status: s, body, headers }: Awaited<ReturnType<typeof ask>>) => [
    s,
    Object.keys(body),
    body.sent,
    Object.keys(headers).sort(),
  ]
  expect(shape(await ask(known))).toEqual(shape(await ask(newNumber())))
})

test('each message about somebody stands in their sharing ledger before it leaves (C111)', async () => {
  const me = visit(app)
  const handle = (await me.call('POST /api/session/guest', { body: { notice } })).body.handle
  const person = (await studio.lookup.find('handle', handle)) ?? ''
  await ask(newNumber(), me)
  const shared = []
  for await (const { content } of studio.ledger.of(person, 'sharing')) shared.push(content)
  expect(shared).toMatchObject([
    { recipient: 'sms_provider', categories: ['user.contact.phone_number', 'user.authorization.one_time_code'] },
  ])
})

test('a provider that does not take the message is told of, without its words', async () => {
  status = 500
  const said = await ask(newNumber())
  expect([said.status, said.body.code]).toEqual([502, 'sms_failed'])
})

test('a redirect is not followed: the number goes where the host said and nowhere else', async () => {
  status = 307
  expect((await ask(newNumber())).body.code).toBe('sms_failed')
  expect(received).toHaveLength(1)
})

test('the notice names the provider', async () => {
  const said = await visit(app).call('GET /api/notice', { query: { locale: 'en', format: 'markdown' } })
  expect(said.text).toContain('Messages Ltd')
})
