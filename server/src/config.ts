/**
 * The settings of a host, read once from the environment. A wrong value stops the start with one clear line each.
 *
 * | name | default | what it says |
 * |---|---|---|
 * | `SOTTO_HOST` | `127.0.0.1` | address to listen on; other than loopback only with TLS or a trusted proxy |
 * | `SOTTO_PORT` | `4170` | port; `0` takes a free one |
 * | `SOTTO_DATA` | `$XDG_DATA_HOME/sotto` or `~/.local/share/sotto` | data directory |
 * | `SOTTO_KEYS` | `<data>.keys` | key store; refused inside the data directory |
 * | `SOTTO_HOST_KEY` | | the host key itself: 32 bytes, base64 |
 * | `SOTTO_HOST_KEY_FILE` | `<keys>/host.key` | file (0600) with the host key; made at the first start |
 * | `SOTTO_KEY_COPY_DAYS` | `7` | age at which the rolling copy of the key store is replaced, 1 to 7 |
 * | `DATABASE_URL` | | `postgres://...`; without it the embedded database in the data directory |
 * | `SOTTO_ORIGIN` | | the public address people use, e.g. `https://studio.example` |
 * | `SOTTO_TRUST_PROXY` | `off` | `on`: believe the forwarding headers of the proxy in front |
 * | `SOTTO_TLS_CERT`, `SOTTO_TLS_KEY` | | PEM files; the server then speaks HTTPS itself |
 * | `SOTTO_GUESTS` | `on` on loopback, else `off` | may one begin without a number |
 * | `SOTTO_MODELS` | `<data>/models` | folder for engine weights that did not come with npm |
 * | `SOTTO_MODEL_FETCH` | `on` on loopback, else `off` | may a person fetch a model for translating from the page |
 * | `SOTTO_MODEL_MIRROR` | | address of a mirror of Mozilla's models, in the place of theirs |
 * | `SOTTO_SMS_WEBHOOK`, `SOTTO_SMS_WEBHOOK_SECRET` | | where one-time codes are handed over for sending, and the key that signs them |
 * | `SOTTO_UPLOAD_LIMIT` | `4G` | largest upload; bytes, or with `k`, `M`, `G` (powers of 1024) |
 * | `SOTTO_JOBS` | half the cores | media jobs at the same time |
 * | `SOTTO_JOBS_PER_PERSON` | `2` | of one person at the same time |
 * | `SOTTO_SMS_NAME`, `SOTTO_SMS_COUNTRY` | | who sends those messages, and from which country (ISO 3166): stands in the notice |
 * | `SOTTO_OPERATOR_NAME`, `SOTTO_OPERATOR_OFFICER`, `SOTTO_OPERATOR_CONTACT` | | who answers for the studio; must be filled for a public start |
 * | `SOTTO_OPERATOR_ADDRESS`, `SOTTO_OPERATOR_COUNTRY`, `SOTTO_OPERATOR_AUTHORITY` | | postal address, country of the machine, supervisory authority |
 * | `SOTTO_LOG_LEVEL` | `info` | `fatal`, `error`, `warn`, `info`, `debug` or `silent` |
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { type Operator, policy, publishable } from '@sotto/policy'
import { z } from 'zod'
import { isLoopbackName } from './http/loopback.ts'

/** All that the server was told by its host. Paths are absolute, sizes bytes. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly data: string
  readonly keys: string
  /** The host key, or the file it is in. */
  readonly hostKey: { readonly value: Buffer } | { readonly file: string }
  readonly keyCopyDays: number
  readonly databaseUrl: string | undefined
  /** Scheme, host and port that people's browsers show; `undefined` = the address listened on. */
  readonly origin: string | undefined
  readonly trustProxy: boolean
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly guests: boolean
  readonly models: string
  /** People may fetch models for translating, each by name. */
  readonly modelFetch: boolean
  /** Takes the place of the beginning of each model's address. */
  readonly modelMirror: string | undefined
  readonly sms: { readonly url: string; readonly secret: string } | undefined
  readonly uploadLimit: number
  readonly jobs: number
  readonly jobsPerPerson: number
  /** Who runs this studio, as the notice names them. */
  readonly operator: Operator
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Reached from this machine alone: loopback address, no proxy, no public origin. */
  readonly loopback: boolean
}

/** One or more settings are wrong; `problems` has a line for each. `code` is `wrong_setting`. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly code = 'wrong_setting'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const text = z.string().trim().min(1, 'must not be empty')
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must be a whole number from ${least} to ${most}`)
const onOff = z.enum(['on', 'off'], 'must be `on` or `off`').transform((word) => word === 'on')

const UNITS = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const
const size = z
  .string()
  .regex(/^[1-9]\d{0,14}[kmg]?$/i, 'must be bytes, or a number with k, M or G')
  .transform((word) => Number.parseInt(word, 10) * UNITS[/[kmg]?$/.exec(word.toLowerCase())?.[0] as keyof typeof UNITS])
  .refine(Number.isSafeInteger, 'is too large')

const hostKey = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'must be 32 bytes in base64')
  .transform((word) => Buffer.from(word, 'base64'))

const webAddress = (schemes: readonly string[]) =>
  z.string().refine((word) => URL.canParse(word) && schemes.includes(new URL(word).protocol), {
    message: `must be an address beginning with ${schemes.map((s) => `${s}//`).join(' or ')}`,
    abort: true,
  })

const origin = webAddress(['https:', 'http:'])
  .refine(
    (word) => `${new URL(word).origin}` === word.replace(/\/$/, '').toLowerCase(),
    'must be scheme, host and port alone',
  )
  .transform((word) => new URL(word).origin)
  .refine(
    (word) => word.startsWith('https:') || isLoopbackName(new URL(word).hostname),
    'must begin with https:// (browsers give the microphone to secure pages only)',
  )

const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters (ISO 3166)')

const settings = z.object({
  SOTTO_HOST: text.default('127.0.0.1'),
  SOTTO_PORT: whole(0, 65_535).default(4170),
  SOTTO_DATA: text.optional(),
  SOTTO_KEYS: text.optional(),
  SOTTO_HOST_KEY: hostKey.optional(),
  SOTTO_HOST_KEY_FILE: text.optional(),
  SOTTO_KEY_COPY_DAYS: whole(1, 7).default(7),
  DATABASE_URL: webAddress(['postgres:', 'postgresql:']).optional(),
  SOTTO_ORIGIN: origin.optional(),
  SOTTO_TRUST_PROXY: onOff.default(false),
  SOTTO_TLS_CERT: text.optional(),
  SOTTO_TLS_KEY: text.optional(),
  SOTTO_GUESTS: onOff.optional(),
  SOTTO_MODELS: text.optional(),
  SOTTO_MODEL_FETCH: onOff.optional(),
  SOTTO_MODEL_MIRROR: webAddress(['https:', 'http:'])
    .refine(
      (word) => word.startsWith('https:') || isLoopbackName(new URL(word).hostname),
      'must begin with https:// unless it is on this machine',
    )
    .transform((word) => word.replace(/\/+$/, ''))
    .optional(),
  SOTTO_SMS_WEBHOOK: webAddress(['https:', 'http:'])
    .refine(
      (word) => word.startsWith('https:') || isLoopbackName(new URL(word).hostname),
      'must begin with https:// unless it is on this machine',
    )
    .optional(),
  SOTTO_SMS_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  SOTTO_SMS_NAME: text.optional(),
  SOTTO_SMS_COUNTRY: country.optional(),
  SOTTO_UPLOAD_LIMIT: size.default(4 * 1024 ** 3),
  SOTTO_JOBS: whole(1, 256).optional(),
  SOTTO_JOBS_PER_PERSON: whole(1, 256).default(2),
  SOTTO_OPERATOR_NAME: z.string().trim().default(''),
  SOTTO_OPERATOR_OFFICER: z.string().trim().default(''),
  SOTTO_OPERATOR_CONTACT: z.string().trim().default(''),
  SOTTO_OPERATOR_ADDRESS: text.optional(),
  SOTTO_OPERATOR_COUNTRY: country.optional(),
  SOTTO_OPERATOR_AUTHORITY: text.optional(),
  SOTTO_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('info'),
})

/** Names of all settings, for the documentation and its test. */
export const settingNames = Object.keys(settings.shape) as (keyof typeof settings.shape)[]

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings. @throws ConfigError with one line for every wrong value or combination. */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )
  const parsed = settings.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`))
  const value = parsed.data
  const problems: string[] = []

  const data = resolve(value.SOTTO_DATA ?? join(environment.XDG_DATA_HOME || join(homedir(), '.local/share'), 'sotto'))
  const keys = resolve(value.SOTTO_KEYS ?? `${data}.keys`)
  if (within(keys, data))
    problems.push('SOTTO_KEYS must not be inside SOTTO_DATA: erasing relies on the keys being elsewhere')
  if (within(data, keys)) problems.push('SOTTO_DATA must not be inside SOTTO_KEYS')
  const keyFile = resolve(value.SOTTO_HOST_KEY_FILE ?? join(keys, 'host.key'))
  if (value.SOTTO_HOST_KEY && value.SOTTO_HOST_KEY_FILE)
    problems.push('SOTTO_HOST_KEY and SOTTO_HOST_KEY_FILE exclude each other')
  else if (!value.SOTTO_HOST_KEY && within(keyFile, data))
    problems.push('SOTTO_HOST_KEY_FILE must not be inside SOTTO_DATA')

  const tls = readTls(value.SOTTO_TLS_CERT, value.SOTTO_TLS_KEY, problems)
  const bound = isLoopbackName(value.SOTTO_HOST)
  if (value.SOTTO_TRUST_PROXY && !value.SOTTO_ORIGIN)
    problems.push('SOTTO_TRUST_PROXY needs SOTTO_ORIGIN, the address people use in front of the proxy')
  if (!bound && !tls && !(value.SOTTO_TRUST_PROXY && value.SOTTO_ORIGIN))
    problems.push(
      `SOTTO_HOST ${value.SOTTO_HOST} can be reached from other machines: set SOTTO_TLS_CERT and SOTTO_TLS_KEY, or SOTTO_TRUST_PROXY=on with SOTTO_ORIGIN`,
    )
  const loopback =
    bound && !value.SOTTO_TRUST_PROXY && (!value.SOTTO_ORIGIN || isLoopbackName(new URL(value.SOTTO_ORIGIN).hostname))

  const sms = readSms(value, problems)
  const operator = readOperator(value)
  if (!loopback) {
    const answer = publishable(policy, operator)
    for (const { field } of answer.publishable ? [] : answer.faults)
      problems.push(
        `${operatorSettings[field] ?? field} must be filled before others can reach the studio: the notice names who answers for it`,
      )
  }
  if (problems.length > 0) throw new ConfigError(problems)

  return {
    host: value.SOTTO_HOST,
    port: value.SOTTO_PORT,
    data,
    keys,
    hostKey: value.SOTTO_HOST_KEY ? { value: value.SOTTO_HOST_KEY } : { file: keyFile },
    keyCopyDays: value.SOTTO_KEY_COPY_DAYS,
    databaseUrl: value.DATABASE_URL,
    origin: value.SOTTO_ORIGIN,
    trustProxy: value.SOTTO_TRUST_PROXY,
    tls,
    guests: value.SOTTO_GUESTS ?? loopback,
    models: resolve(value.SOTTO_MODELS ?? join(data, 'models')),
    modelFetch: value.SOTTO_MODEL_FETCH ?? loopback,
    modelMirror: value.SOTTO_MODEL_MIRROR,
    sms,
    uploadLimit: value.SOTTO_UPLOAD_LIMIT,
    jobs: value.SOTTO_JOBS ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    jobsPerPerson: value.SOTTO_JOBS_PER_PERSON,
    operator,
    logLevel: value.SOTTO_LOG_LEVEL,
    loopback,
  }
}

/** Names in the environment that begin like ours and are none: most often a spelling mistake. */
export function unknownSettings(environment: Environment = process.env): string[] {
  const known = new Set<string>(settingNames)
  return Object.keys(environment).filter((name) => /^SOTTO_/.test(name) && !known.has(name))
}

type Values = z.output<typeof settings>

/** Which setting fills which field of the operator. */
const operatorSettings: Readonly<Record<string, string>> = {
  legal_name: 'SOTTO_OPERATOR_NAME',
  officer: 'SOTTO_OPERATOR_OFFICER',
  contact: 'SOTTO_OPERATOR_CONTACT',
}

function readOperator(value: Values): Operator {
  return {
    legal_name: value.SOTTO_OPERATOR_NAME,
    officer: value.SOTTO_OPERATOR_OFFICER,
    contact: value.SOTTO_OPERATOR_CONTACT,
    ...(value.SOTTO_OPERATOR_ADDRESS ? { address: value.SOTTO_OPERATOR_ADDRESS } : {}),
    ...(value.SOTTO_OPERATOR_COUNTRY ? { country: value.SOTTO_OPERATOR_COUNTRY } : {}),
    ...(value.SOTTO_OPERATOR_AUTHORITY ? { authority: value.SOTTO_OPERATOR_AUTHORITY } : {}),
    ...(value.SOTTO_SMS_WEBHOOK
      ? {
          recipients: {
            sms_provider: { legal_name: value.SOTTO_SMS_NAME ?? '', country: value.SOTTO_SMS_COUNTRY ?? '' },
          },
        }
      : {}),
  }
}

function readSms(value: Values, problems: string[]): Config['sms'] {
  const {
    SOTTO_SMS_WEBHOOK: url,
    SOTTO_SMS_WEBHOOK_SECRET: secret,
    SOTTO_SMS_NAME: name,
    SOTTO_SMS_COUNTRY: from,
  } = value
  if (!url && !secret && !name && !from) return undefined
  if (url && secret && name && from) return { url, secret }
  problems.push(
    'SOTTO_SMS_WEBHOOK, SOTTO_SMS_WEBHOOK_SECRET, SOTTO_SMS_NAME and SOTTO_SMS_COUNTRY must be set together',
  )
  return undefined
}

function within(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

function readTls(cert: string | undefined, key: string | undefined, problems: string[]): Config['tls'] {
  if (Boolean(cert) !== Boolean(key)) problems.push('SOTTO_TLS_CERT and SOTTO_TLS_KEY must be set together')
  if (!cert || !key) return undefined
  const read = (name: string, path: string, check: (pem: string) => unknown) => {
    try {
      const pem = readFileSync(path, 'utf8')
      check(pem)
      return pem
    } catch (error) {
      const { code = 'not PEM' } = error as NodeJS.ErrnoException
      problems.push(`${name} cannot be read (${code}): ${path}`)
      return ''
    }
  }
  return {
    cert: read('SOTTO_TLS_CERT', cert, (pem) => new X509Certificate(pem)),
    key: read('SOTTO_TLS_KEY', key, createPrivateKey),
  }
}
