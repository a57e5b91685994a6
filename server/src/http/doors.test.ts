import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { type Arrival, type DoorRules, doors } from './doors.ts'

const local: DoorRules = { host: '127.0.0.1', origin: undefined, trustProxy: false, loopback: true }
const proxied: DoorRules = { host: '127.0.0.1', origin: 'https://studio.example', trustProxy: true, loopback: false }

function arrival(headers: Arrival['headers'], rest: Partial<Arrival> = {}): Arrival {
  return {
    method: 'POST',
    path: '/api/session/code',
    remoteAddress: '127.0.0.1',
    encrypted: false,
    ...rest,
    headers: { host: '127.0.0.1:4170', 'sotto-request': '1', ...headers },
  }
}

function refusal(rules: DoorRules, given: Arrival): string | undefined {
  try {
    doors(rules)(given)
    return undefined
  } catch (error) {
    return (error as Problem).code
  }
}

test.each(['127.0.0.1:4170', 'localhost:4170', '[::1]:4170', 'LOCALHOST', '127.8.9.10'])(
  '%s is this machine',
  (host) => {
    expect(refusal(local, arrival({ host }))).toBeUndefined()
  },
)

test.each([
  'evil.example',
  'evil.example:4170',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'localhost.',
  '127.0.0.1@evil.example',
  'localhost:4170, evil.example',
  '192.168.1.7:4170',
  '',
])('a request for the name %j reaches nothing, whatever the method (DNS rebinding)', (host) => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE'])
    for (const path of ['/', '/healthz', '/api/status'])
      expect(refusal(local, arrival({ host }, { method, path }))).toBe('host_not_allowed')
})

test('a loopback name from another machine reaches nothing', () => {
  expect(refusal(local, arrival({ host: 'localhost' }, { remoteAddress: '192.168.1.9' }))).toBe('host_not_allowed')
})

test('a change needs a header that no form can send', () => {
  const given = arrival({})
  delete given.headers['sotto-request']
  expect(refusal(local, given)).toBe('request_header_missing')
  expect(refusal(local, { ...given, headers: { ...given.headers, 'tus-resumable': '1.0.0' } })).toBeUndefined()
  expect(refusal(local, { ...given, method: 'GET' })).toBeUndefined()
})

test.each(['http://evil.example', 'null', 'http://localhost:3000', 'https://127.0.0.1:4170', 'http://127.0.0.1:4171'])(
  'a change from %s is refused',
  (origin) => {
    expect(refusal(local, arrival({ origin }))).toBe('foreign_origin')
  },
)

test.each(['cross-site', 'same-site', 'none'])('a change that the browser calls %s is refused', (site) => {
  expect(refusal(local, arrival({ 'sec-fetch-site': site }))).toBe('foreign_origin')
})

test('another site can neither read nor embed an answer, but may link to the studio', () => {
  const foreign = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'audio' }
  expect(refusal(local, arrival(foreign, { method: 'GET', path: '/api/items' }))).toBe('foreign_origin')
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  expect(refusal(local, arrival(link, { method: 'GET', path: '/api/notice' }))).toBeUndefined()
  expect(refusal(local, arrival(link, { method: 'GET', path: '/' }))).toBeUndefined()
})

test('only a page on this very machine counts as such: loopback socket, Host and Origin, and no proxy', () => {
  const page = { origin: 'http://127.0.0.1:4170', 'sec-fetch-site': 'same-origin' }
  const pass = (given: Arrival, rules = local) => doors(rules)(given).onThisMachine
  expect(pass(arrival(page))).toBe(true)
  expect(pass(arrival({}))).toBe(false)
  for (const header of ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'via', 'cf-connecting-ip'])
    expect(pass(arrival({ ...page, [header]: '127.0.0.1' })), header).toBe(false)
  expect(pass(arrival({ ...page, host: 'studio.example', origin: 'https://studio.example' }), proxied)).toBe(false)
  expect(pass(arrival(page), proxied)).toBe(false)
})

test('forwarding headers are believed only behind a proxy the host has named', () => {
  const forged = { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '10.0.0.1' }
  expect(refusal(local, arrival({ host: 'evil.example', ...forged }))).toBe('host_not_allowed')
  expect(doors(local)(arrival(forged)).address).toBe('127.0.0.1')

  const behind = arrival({ 'x-forwarded-host': 'studio.example', 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
  expect(doors(proxied)(behind)).toMatchObject({ origin: 'https://studio.example', address: '203.0.113.9' })
  expect(refusal(proxied, arrival({ 'x-forwarded-host': 'evil.example' }))).toBe('host_not_allowed')
  expect(refusal(proxied, { ...behind, headers: { ...behind.headers, origin: 'http://studio.example' } })).toBe(
    'foreign_origin',
  )
})

test('a refusal is a problem of the catalogue', () => {
  expect(() => doors(local)(arrival({ host: 'x' }))).toThrow(Problem)
})
