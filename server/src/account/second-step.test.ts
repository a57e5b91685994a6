import { generateSync } from 'otplib'
import { expect, test } from 'vitest'
import { agentOf } from './agent.ts'
import { requirePicture } from './avatar.ts'
import { derivedId, soleId } from './derived-id.ts'
import { numberOf } from './number.ts'
import { hashPassword, passwordFits } from './password.ts'
import { weakness } from './strength.ts'
import { newRecoveryCodes, newSecret, recoveryHash, stepOf, withoutRecovery } from './totp.ts'

test('a password fits its own hash alone; two hashes of one password differ; nobody fits nothing', async () => {
  const hash = await hashPassword('correct horse battery staple')
  expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/)
  expect(hash).not.toContain('horse')
  expect(await hashPassword('correct horse battery staple')).not.toBe(hash)
  expect(await passwordFits('correct horse battery staple', hash)).toBe(true)
  expect(await passwordFits('correct horse battery stapler', hash)).toBe(false)
  expect(await passwordFits('', hash)).toBe(false)
  expect(await passwordFits('correct horse battery staple', undefined)).toBe(false)
})

test('a password is the same however its letters were composed', async () => {
  const hash = await hashPassword('caf\u00e9 au lait encore')
  expect(await passwordFits('cafe\u0301 au lait encore', hash)).toBe(true)
})

test.each([
  ['password1', 'common'],
  ['P@ssw0rd123', 'common'],
  ['qwertyuiop', 'common'],
  ['abcdefghijkl', 'pattern'],
  ['aaaaaaaaaaaa', 'repeat'],
  ['13812345678', 'personal'],
  ['wa9jh6n4qv', 'personal'],
])('%s is refused (C180)', async (password, reason) => {
  expect(await weakness(password, ['wa9jh6n4qv', '13812345678'])).toBe(reason)
})

test('words that do not belong together pass (C180)', async () => {
  expect(await weakness('lantern gravel oboe window', [])).toBeUndefined()
  expect(await weakness('翡翠湖畔的猫在弹琴', [])).toBeUndefined()
})

test('a code of the app works once, in its own half minute and the next, and not before', () => {
  const { secret, uri } = newSecret('quiet-heron')
  expect(uri).toMatch(/^otpauth:\/\/totp\/Sotto:quiet-heron\?/)
  const at = (seconds: number) => new Date(seconds * 1000)
  const start = 1_764_000_000
  const token = generateSync({ secret, epoch: start })
  const step = stepOf(secret, token, at(start), undefined)
  expect(step).toBe(Math.floor(start / 30))
  expect(stepOf(secret, token, at(start + 30), undefined)).toBe(step)
  expect(stepOf(secret, token, at(start), step)).toBeUndefined()
  expect(stepOf(secret, token, at(start + 60), undefined)).toBeUndefined()
  expect(stepOf(secret, token, at(start - 30), undefined)).toBeUndefined()
  const wrong = String((Number(token) + 1) % 1_000_000).padStart(6, '0')
  expect(stepOf(secret, wrong, at(start + 3000), undefined)).toBeUndefined()
  expect(stepOf(secret, 'abcdef', at(start), undefined)).toBeUndefined()
})

test('a recovery code works once; what is kept of it does not show it', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  const hashes = codes.map(recoveryHash)
  const [first = ''] = codes
  expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  expect(hashes.join()).not.toContain(first)
  const left = withoutRecovery(hashes, ` ${first.toUpperCase()} `)
  expect(left).toHaveLength(9)
  expect(withoutRecovery(left ?? [], first)).toBeUndefined()
})

test.each([
  ['13812345678', undefined, '+8613812345678'],
  ['+86 138-1234-5678', undefined, '+8613812345678'],
  ['06 12 34 56 78', 'fr', '+33612345678'],
  ['+33 6 12 34 56 78', 'CN', '+33612345678'],
  ['12345', undefined, undefined],
  ['13812345678', 'XX', undefined],
  ['+86 138 1234 5678 ext 9', undefined, undefined],
  ['quiet-heron', undefined, undefined],
])('%s in %s is %s', (typed, country, number) => {
  expect(numberOf(typed, country)).toBe(number)
})

test('ids that follow from something are UUIDs of version 8, each kind its own', () => {
  expect(derivedId('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(derivedId('x')).toBe(derivedId('x'))
  expect(soleId('p', 'credential')).not.toBe(soleId('p', 'identifier'))
})

test('of a user agent two words are kept', () => {
  expect(agentOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox, Linux')
  expect(agentOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1')).toBe(
    'Safari, iOS',
  )
  expect(agentOf('something else')).toBeUndefined()
  expect(agentOf(undefined)).toBeUndefined()
})

test('a picture is what it says, small, and no program', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])
  const url = (kind: string, bytes: Buffer) => `data:image/${kind};base64,${bytes.toString('base64')}`
  expect(requirePicture(url('png', png))).toMatch(/^data:image\/png/)
  for (const bad of [
    url('svg+xml', Buffer.from('<svg onload="x"/>')),
    url('png', Buffer.from('<svg/>')),
    url('jpeg', png),
    url('png', Buffer.concat([png, Buffer.alloc(64 * 1024)])),
    'data:image/png,raw',
    'https://example.org/x.png',
  ])
    expect(() => requirePicture(bad)).toThrow('avatar_invalid')
})
