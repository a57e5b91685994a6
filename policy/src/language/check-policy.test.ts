/** The run-time twin: what a cast policy value is refused for (law 1). Its sentences: must-not-compile.test.ts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkPolicy,
  compileDecisions,
  definePolicy,
  diffPolicies,
  keepUntilUnder,
  type PolicyDocument,
  type PolicyFaultCode,
  policy,
  scopeOf,
} from '../index.ts'
import { small } from './small-policy.fixture.ts'

test('the policy of the studio and the small one have no fault', () => {
  expect(checkPolicy(policy)).toEqual([])
  expect(checkPolicy(small)).toEqual([])
})

test.each([null, undefined, 7, 'policy', [], () => 0])('%s is no policy', (value) => {
  expect(checkPolicy(value).map(({ code }) => code)).toEqual(['not_a_policy'])
})

test('a policy with nothing in it is told what it lacks, section by section', () => {
  const codes = checkPolicy({}).map(({ code }) => code)
  expect(new Set(codes)).toEqual(new Set(['not_a_policy']))
  expect(codes.length).toBeGreaterThan(10)
})

const purpose = small.purposes.greet
const cases: readonly [name: string, spoiled: object, code: PolicyFaultCode, path: string][] = [
  [
    'a purpose without data use (C10)',
    { purposes: { greet: { ...purpose, use: '' } } },
    'unknown_word',
    'purposes.greet',
  ],
  [
    'a purpose without basis (C10)',
    { purposes: { greet: { ...purpose, basis: 'fun' } } },
    'unknown_word',
    'purposes.greet',
  ],
  ['a purpose nobody acts under', { purposes: { greet: { ...purpose, by: [] } } }, 'unknown_word', 'purposes.greet'],
  [
    'a purpose for passers-by',
    { purposes: { greet: { ...purpose, by: ['anyone'] } } },
    'unknown_word',
    'purposes.greet',
  ],
  [
    'a purpose that uses everything and is no right',
    { purposes: { ...small.purposes, all: { ...purpose, uses: 'every_category' } } },
    'unknown_word',
    'purposes.all',
  ],
  [
    'a category without grade (C170)',
    { categories: { ...small.categories, 'user.x': { mask: 'none', source: 'extension' } } },
    'unknown_word',
    'categories.user.x',
  ],
  [
    'a buyer (C126)',
    { recipients: { printer: { ...small.recipients.printer, kind: 'buyer' } } },
    'unknown_word',
    'recipients.printer',
  ],
  [
    'a recipient without agreement (C133)',
    { recipients: { printer: { ...small.recipients.printer, agreement: '' } } },
    'unknown_word',
    'recipients.printer',
  ],
  [
    'a kind held for no purpose',
    { kinds: { card: { ...small.kinds.card, held_for: 'fun' } } },
    'unknown_reference',
    'kinds.card',
  ],
  [
    'a kind with a keep that is none',
    { kinds: { card: { ...small.kinds.card, keep: 'P' } } },
    'malformed_keep',
    'kinds.card',
  ],
  [
    'a switch that does not exist',
    { purposes: { greet: { ...purpose, setting: 'greeting' } } },
    'unknown_reference',
    'purposes.greet',
  ],
  [
    'a keep by a setting that does not exist',
    { purposes: { greet: { ...purpose, keep: 'setting:how_long' } } },
    'unknown_reference',
    'purposes.greet',
  ],
  [
    'a function for an undeclared permission',
    { functions: { wave: { purposes: ['greet'], permissions: ['camera'], needs: 'guest' } } },
    'unknown_reference',
    'functions.wave',
  ],
  [
    'a right without clock',
    { rights: { erase: { purpose: 'greet', deadline: 'soon', citation: 'x' } } },
    'unknown_reference',
    'rights.erase',
  ],
  [
    'a cookie of an undeclared category',
    {
      cookies: {
        c: {
          store: 'cookie',
          name: 'c',
          need: 'necessary',
          purpose: 'greet',
          keep: 'P1D',
          category: 'user.x',
          owner: 'studio',
        },
      },
    },
    'unknown_reference',
    'cookies.c',
  ],
  [
    'a column of an undeclared category',
    { tables: { leads: { owner: 'studio', columns: { birthday: 'user.birthday' } } } },
    'undeclared_category',
    'tables.leads.birthday',
  ],
]

const structure: typeof cases = [
  [
    'a kind without fields',
    { kinds: { card: { ...small.kinds.card, fields: undefined } } },
    'unknown_word',
    'kinds.card',
  ],
  [
    'a field of an unknown type',
    { kinds: { card: { ...small.kinds.card, fields: { name: { category: 'user.name', type: 'blob' } } } } },
    'unknown_word',
    'kinds.card',
  ],
  [
    'a word the language does not have',
    { purposes: { greet: { ...purpose, sells_to: 'all' } } },
    'unknown_word',
    'purposes.greet',
  ],
  ['a row that is none', { permissions: { camera: 5 } }, 'unknown_word', 'permissions.camera'],
  [
    'a switch neither on nor off',
    { settings: { s: { control: 'switch', default: 'maybe', purposes: [], permissions: [] } } },
    'unknown_word',
    'settings.s',
  ],
  ['no residency', { residency: undefined }, 'not_a_policy', 'residency'],
  ['a second list (law 1)', { partners: {} }, 'not_a_policy', 'partners'],
  ['no version', { version: '' }, 'not_a_policy', 'version'],
]

test.each([...cases, ...structure])('refuses %s', (_, spoiled, code, path) => {
  const value = { ...small, ...spoiled }
  expect(checkPolicy(value).map((fault) => [fault.code, fault.path])).toEqual([[code, path]])
  // The cast that somebody would write to get past the compiler.
  expect(() => definePolicy(value as typeof small)).toThrow(path)
})

/** Every place in a JSON value, as the path to it. */
function* places(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* places(inner, [...path, key])
}

function spoil(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return put
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  Reflect.set(copy, key, spoil((value as Record<string, unknown>)[key], rest, put))
  return copy
}

test('whatever somebody puts wherever into a policy: it is refused, or everything made of it works', () => {
  const all = [...places(JSON.parse(JSON.stringify(policy)))]
  const property = fc.property(fc.constantFrom(...all), fc.jsonValue(), (path, put) => {
    const value = spoil(policy, path, put)
    if (checkPolicy(value).length > 0) return
    // No fault was found, so this is a document.
    const document = value as PolicyDocument
    const decide = compileDecisions(document)
    for (const purpose of Object.keys(document.purposes)) {
      decide({ purpose, subject: 'ann', by: 'ann' })
      scopeOf(document, purpose)
    }
    diffPolicies(policy, document)
    for (const kind of Object.keys(document.kinds)) keepUntilUnder(document, kind, new Date('2026-11-23'))
  })
  fc.assert(property, { numRuns: 2_000 })
})
