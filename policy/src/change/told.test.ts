/** C17, C249, C257, C259: what somebody was told holds for them; changes are told in words; what programs look for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changeInWords,
  compileDecisions,
  contactUri,
  dataRights,
  diffPolicies,
  LOCALES,
  NO_OPERATOR,
  narrowScope,
  notice,
  noticeChanges,
  noticedScopes,
  type PolicyDocument,
  policy,
  scopeOf,
  securityTxt,
  textsOf,
  widenedFor,
} from '../index.ts'

const now: PolicyDocument = policy
const decideNow = compileDecisions(now)
const host = { legal_name: 'Studio Ltd', officer: 'Ann Lee', contact: 'privacy@studio.example' }

/** The policy as it was before a purpose grew. */
function before(id: string, change: object): PolicyDocument {
  const purpose = now.purposes[id]
  if (purpose === undefined) throw new Error(id)
  return { ...now, purposes: { ...now.purposes, [id]: { ...purpose, ...change } } }
}
const ask = (purpose: string, noticed: Readonly<Record<string, string>>, more: object = {}) =>
  decideNow({ purpose, subject: 'ann', by: 'ann', noticed, ...more })

describe('C17: a purpose that has grown stays as it was until the person has read of it', () => {
  const uses = policy.purposes.account.uses
  test('for any categories it had before, exactly those it has still are open', () => {
    const property = fc.property(fc.subarray([...uses]), (old) => {
      const noticed = noticedScopes(before('account', { uses: old }))
      const decision = ask('account', noticed)
      if (old.length === 0) expect(decision).toMatchObject({ refusal: { code: 'scope_widened', clause: 'C17' } })
      else expect(decision).toMatchObject({ allow: true, categories: [...old].sort() })
      for (const category of uses)
        expect(ask('account', noticed, { categories: [category] }).allow).toBe(old.includes(category))
      expect(widenedFor(now, noticed)).toEqual(old.length === uses.length ? [] : ['account'])
    })
    fc.assert(property)
  })

  test('another use, another basis, a new recipient or a new purpose is closed altogether', () => {
    const { account: _, ...without } = now.purposes
    const told = [
      noticedScopes(before('account', { use: 'analytics' })),
      noticedScopes(before('account', { basis: 'legitimate_interest' })),
      noticedScopes({ ...now, purposes: without }),
    ]
    for (const noticed of told)
      expect(ask('account', noticed)).toMatchObject({ refusal: { code: 'scope_widened', purpose: 'account' } })
    expect(ask('deliver_code', noticedScopes({ ...now, recipients: {} }))).toMatchObject({ allow: false })
  })

  test('what the law orders and what stands on a consent of its own do not wait for the notice', () => {
    const nothing = noticedScopes({ ...now, purposes: {} })
    expect(ask('own_rights', nothing).allow).toBe(true)
    expect(ask('prove', nothing).allow).toBe(true)
    const consents = {
      subject: 'ann',
      purposes: { denoise: { state: 'given' as const, scope: scopeOf(now, 'denoise') } },
    }
    expect(ask('denoise', nothing, { consents }).allow).toBe(true)
    expect(ask('account', noticedScopes(now))).toMatchObject({ allow: true })
  })

  test('a scope is narrowed to what both have, and never to more than there is now', () => {
    const all = Object.keys(policy.categories)
    const scope = (list: readonly string[]) => scopeOf(before('account', { uses: list }), 'account')
    const property = fc.property(fc.subarray(all), fc.subarray(all), (told, is) => {
      const narrow = narrowScope(scope(told), scope(is))
      const both = is.filter((category) => told.includes(category)).sort()
      expect(narrow).toEqual(both.length === is.length ? 'whole' : both)
    })
    fc.assert(property)
  })
})

describe.each(LOCALES)('in %s', (locale) => {
  test('C249: each change is a sentence with the names of what changed', () => {
    const { purposes, categories } = textsOf(locale)
    const older = before('account', { uses: policy.purposes.account.uses.filter((id) => id !== 'user.name') })
    const sentences = diffPolicies(older, now).changes.map((change) => changeInWords(change, locale))
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(purposes.account.name)
    expect(sentences[0]).toContain(categories['user.name'].name)
    const many = diffPolicies({ ...now, recipients: {}, rights: {}, log: {} }, now, { operators: [NO_OPERATOR, host] })
    for (const change of many.changes) expect(changeInWords(change, locale)).not.toMatch(/undefined|\[object|^\s*$/)
    const stay = changeInWords(diffPolicies(before('security', { keep: 'P60D' }), now).changes[0] as never, locale)
    expect(stay).toContain(locale === 'en' ? '60 days became 30 days' : '由60 天改为30 天')
  })

  test('C249, C257: two notices differ in the sections that say something else, line by line', async () => {
    const older = before('account', { uses: policy.purposes.account.uses.filter((id) => id !== 'user.name') })
    const [was, is] = [await notice(older, locale, host), await notice(now, locale, host)]
    expect(noticeChanges(is, is)).toEqual([])
    const changes = noticeChanges(was, is)
    expect(changes.map(({ id }) => id)).toEqual(['purpose-account'])
    expect(changes[0]?.added.join()).toContain(textsOf(locale).categories['user.name'].name)
    expect(changes[0]?.removed).toHaveLength(1)
    const moved = noticeChanges(is, await notice(now, locale, { ...host, contact: 'elsewhere@studio.example' }))
    expect(moved.map(({ id }) => id)).toEqual(['contact'])
  })
})

test('C259: security.txt names the contact, ends, and is not given where there is nobody to write to', () => {
  const expires = new Date('2027-01-01T00:00:00Z')
  const options = { origin: 'https://studio.example', expires }
  const text = securityTxt(host, options) ?? ''
  expect(text.split('\n')).toEqual([
    'Contact: mailto:privacy@studio.example',
    'Expires: 2027-01-01T00:00:00.000Z',
    'Preferred-Languages: en, zh',
    'Canonical: https://studio.example/.well-known/security.txt',
    'Policy: https://studio.example/notice',
    '',
  ])
  expect(securityTxt(NO_OPERATOR, options)).toBeUndefined()
  expect(contactUri('Long Street 1, 1010 Vienna')).toBeUndefined()
  expect(contactUri('https://studio.example/write')).toBe('https://studio.example/write')
  expect(contactUri('+43 1 234567')).toBe('tel:+431234567')
})

test('C259: data-rights.json has every right of the policy with its clock', () => {
  const told = dataRights(now, host, 'https://studio.example') as { actions: { action: string; within: string }[] }
  expect(told.actions.map(({ action }) => action)).toEqual(Object.keys(policy.rights))
  for (const { within } of told.actions) expect(within).toMatch(/^P/)
})
