import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ConfigError, readConfig, settingNames, unknownSettings } from './config.ts'

const operator = { SOTTO_OPERATOR_NAME: 'A Ltd', SOTTO_OPERATOR_OFFICER: 'B', SOTTO_OPERATOR_CONTACT: 'c@d.example' }

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    return (error as ConfigError).problems
  }
}

test('without any setting the studio is on this machine alone', () => {
  const config = readConfig({ XDG_DATA_HOME: '/home/x' })
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4170,
    data: '/home/x/sotto',
    keys: '/home/x/sotto.keys',
    hostKey: { file: '/home/x/sotto.keys/host.key' },
    keyCopyDays: 7,
    guests: true,
    loopback: true,
    trustProxy: false,
    uploadLimit: 4 * 1024 ** 3,
    operator: { legal_name: '', officer: '', contact: '' },
  })
  for (const absent of [config.databaseUrl, config.origin, config.tls, config.sms]) expect(absent).toBeUndefined()
})

test.each([
  ['SOTTO_PORT', 'eighty'],
  ['SOTTO_PORT', '65536'],
  ['SOTTO_HOST_KEY', 'short'],
  ['SOTTO_KEY_COPY_DAYS', '8'],
  ['DATABASE_URL', 'mysql://x/y'],
  ['SOTTO_ORIGIN', 'http://studio.example'],
  ['SOTTO_ORIGIN', 'https://studio.example/path'],
  ['SOTTO_ORIGIN', 'studio.example'],
  ['SOTTO_TRUST_PROXY', 'yes'],
  ['SOTTO_GUESTS', '1'],
  ['SOTTO_SMS_WEBHOOK', 'http://sms.example/send'],
  ['SOTTO_SMS_WEBHOOK_SECRET', 'short'],
  ['SOTTO_UPLOAD_LIMIT', '4 GB'],
  ['SOTTO_UPLOAD_LIMIT', '0'],
  ['SOTTO_JOBS', '0'],
  ['SOTTO_LOG_LEVEL', 'verbose'],
])('%s=%s stops the start with one line that names it', (name, value) => {
  const lines = problems({ [name]: value })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(new RegExp(`^${name} `))
})

test('every wrong setting is named at once', () => {
  expect(problems({ SOTTO_PORT: 'x', SOTTO_JOBS: 'x', SOTTO_GUESTS: 'x' })).toHaveLength(3)
})

test('keys are refused inside the data directory, and the other way round', () => {
  expect(problems({ SOTTO_DATA: '/d', SOTTO_KEYS: '/d/keys' })[0]).toContain('SOTTO_KEYS must not be inside')
  expect(problems({ SOTTO_DATA: '/d', SOTTO_KEYS: '/d' })[0]).toContain('SOTTO_KEYS must not be inside')
  expect(problems({ SOTTO_DATA: '/k/d', SOTTO_KEYS: '/k' })[0]).toContain('SOTTO_DATA must not be inside')
  expect(problems({ SOTTO_DATA: '/d', SOTTO_HOST_KEY_FILE: '/d/host.key' })[0]).toContain('SOTTO_HOST_KEY_FILE')
  expect(problems({ SOTTO_DATA: '/d', SOTTO_KEYS: '/data-keys' })).toEqual([])
})

test.each(['0.0.0.0', '::', '192.168.1.7', 'studio.example'])(
  '%s without TLS or proxy is refused with the way out',
  (host) => {
    const [line] = problems({ SOTTO_HOST: host, ...operator })
    expect(line).toMatch(/SOTTO_TLS_CERT.*SOTTO_TRUST_PROXY/)
    const proxied = { SOTTO_HOST: host, SOTTO_TRUST_PROXY: 'on', SOTTO_ORIGIN: 'https://studio.example' }
    expect(problems({ ...proxied, ...operator })).toEqual([])
    expect(readConfig({ ...proxied, ...operator })).toMatchObject({ loopback: false, guests: false })
  },
)

test('a studio that others can reach must say who answers for it', () => {
  const reach = { SOTTO_TRUST_PROXY: 'on', SOTTO_ORIGIN: 'https://studio.example' }
  for (const host of ['127.0.0.1', '0.0.0.0'])
    expect(problems({ SOTTO_HOST: host, ...reach }).map((line) => line.split(' ')[0])).toEqual([
      'SOTTO_OPERATOR_NAME',
      'SOTTO_OPERATOR_OFFICER',
      'SOTTO_OPERATOR_CONTACT',
    ])
})

test('a proxy is trusted only together with the address in front of it', () => {
  expect(problems({ SOTTO_TRUST_PROXY: 'on' })[0]).toMatch(/^SOTTO_TRUST_PROXY needs SOTTO_ORIGIN/)
})

test('a certificate that cannot be read is named, with its path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-config-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'missing.pem')]
  writeFileSync(cert, 'no certificate')
  const lines = problems({ SOTTO_TLS_CERT: cert, SOTTO_TLS_KEY: key })
  expect(lines[0]).toMatch(/^SOTTO_TLS_CERT cannot be read/)
  expect(lines[1]).toMatch(/^SOTTO_TLS_KEY cannot be read \(ENOENT\)/)
  expect(problems({ SOTTO_TLS_CERT: cert })[0]).toContain('set together')
})

test('codes are handed to a provider only when it has a secret and the notice can name it', () => {
  const given = { SOTTO_SMS_WEBHOOK: 'https://sms.example/send', SOTTO_SMS_WEBHOOK_SECRET: '0123456789abcdef' }
  expect(problems(given)[0]).toContain('must be set together')
  const named = { ...given, SOTTO_SMS_NAME: 'SMS Ltd', SOTTO_SMS_COUNTRY: 'CN' }
  expect(readConfig(named)).toMatchObject({
    sms: { url: 'https://sms.example/send', secret: '0123456789abcdef' },
    operator: { recipients: { sms_provider: { legal_name: 'SMS Ltd', country: 'CN' } } },
  })
  expect(problems({ ...named, SOTTO_SMS_COUNTRY: 'China' })[0]).toMatch(/^SOTTO_SMS_COUNTRY must be a country code/)
})

test('sizes are read with their unit', () => {
  expect(readConfig({ SOTTO_UPLOAD_LIMIT: '20M' }).uploadLimit).toBe(20 * 1024 ** 2)
  expect(readConfig({ SOTTO_UPLOAD_LIMIT: '512' }).uploadLimit).toBe(512)
})

test('a name that begins like ours and is none is told', () => {
  expect(unknownSettings({ SOTTO_PROT: '1', SOTTO_PORT: '1', PATH: '' })).toEqual(['SOTTO_PROT'])
})

test('every setting stands in the table for hosts', () => {
  const table = readFileSync(new URL('../../docs/operate/configuration.md', import.meta.url), 'utf8')
  for (const name of settingNames) expect(table).toContain(`\`${name}\``)
})
