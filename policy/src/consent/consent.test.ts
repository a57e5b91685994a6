/** C17, C86, C88, C201, C215: consents fold from events, end with a withdrawal, and cover no more than was agreed to. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ConsentEvent,
  consentScope,
  decide,
  foldConsents,
  noConsents,
  type PolicyDocument,
  policy,
  receipt,
  scopeCovers,
  scopeOf,
  UndeclaredPurposeError,
} from '../index.ts'
import { CONSENT_STATES } from './status.ts'

const document: PolicyDocument = policy
const consentPurposes = ['record_sound', 'transcribe', 'denoise'] as const

const events = fc.array(
  fc.record({ purpose: fc.constantFrom(...consentPurposes), state: fc.constantFrom(...CONSENT_STATES) }),
  { maxLength: 12 },
)

test('after a withdrawal nothing opens, whatever came before it and whatever is asked after it', () => {
  const property = fc.property(events, fc.constantFrom(...consentPurposes), events, (before, purpose, after) => {
    const never = after.filter((event) => event.state !== 'given')
    const all = [...before, { purpose, state: 'withdrawn' as const }, ...never]
    const consents = foldConsents(
      'ann',
      all.map((event) => ({ ...event, scope: consentScope(event.purpose) })),
    )
    for (const by of ['ann', 'job', 'operator', 'bo']) {
      for (const ageBand of [undefined, 'adult', 'under_14'] as const) {
        expect(decide({ purpose, subject: 'ann', by, consents, ageBand }).allow).toBe(false)
      }
    }
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('the last answer counts, and being asked again undoes no answer', () => {
  const property = fc.property(events, (all) => {
    const folded = foldConsents(
      'ann',
      all.map((event) => ({ ...event, scope: 's' })),
    )
    for (const purpose of consentPurposes) {
      const mine = all.filter((event) => event.purpose === purpose)
      const answers = mine.filter(({ state }) => !['requested', 'request_deferred', 'unknown'].includes(state))
      const expected = answers.at(-1)?.state ?? mine[0]?.state
      expect(folded.purposes[purpose]?.state).toBe(expected)
    }
  })
  fc.assert(property)
})

test('nobody has agreed to anything before they have, and names of the language itself are no consents', () => {
  for (const purpose of consentPurposes) {
    expect(decide({ purpose, subject: 'ann', by: 'ann', consents: noConsents('ann') })).toMatchObject({
      refusal: { code: 'no_consent' },
    })
  }
  expect(foldConsents('ann', []).purposes.constructor).toBeUndefined()
})

test('C17: a purpose that has grown needs a new consent, one that has shrunk does not', () => {
  const agreed = consentScope('denoise')
  const denoise = policy.purposes.denoise
  const grown = {
    ...document,
    purposes: { ...document.purposes, denoise: { ...denoise, uses: [...denoise.uses, 'user.name'] } },
  }
  const shrunk = {
    ...document,
    purposes: { ...document.purposes, denoise: { ...denoise, uses: denoise.uses.slice(1) } },
  }
  const other = { ...document, purposes: { ...document.purposes, denoise: { ...denoise, use: 'analytics' } } }
  const shared: PolicyDocument = {
    ...document,
    recipients: {
      ...document.recipients,
      cleaner: {
        kind: 'processor',
        purpose: 'denoise',
        gets: ['user.content.recording'],
        payload: {},
        country: 'FR',
        agreement: 'x',
        consideration: 'none',
      },
    },
  }
  expect(scopeCovers(agreed, agreed)).toBe(true)
  expect(scopeCovers(agreed, scopeOf(shrunk, 'denoise'))).toBe(true)
  for (const wider of [grown, other, shared]) expect(scopeCovers(agreed, scopeOf(wider, 'denoise'))).toBe(false)
  for (const undeclared of ['no such purpose', 'constructor', '__proto__']) {
    expect(scopeOf(document, undeclared)).toBe('')
    expect(scopeCovers('', scopeOf(document, undeclared))).toBe(false)
  }
})

test('a scope covers another exactly when it has all of its categories', () => {
  const all = Object.keys(policy.categories)
  const scope = (uses: readonly string[]): string =>
    scopeOf(
      { ...document, purposes: { p: { use: 'essential', basis: 'consent', uses, keep: 'P1D', by: ['subject'] } } },
      'p',
    )
  const property = fc.property(fc.shuffledSubarray(all), fc.shuffledSubarray(all), (agreed, now) => {
    expect(scopeCovers(scope(agreed), scope(now))).toBe(now.every((category) => agreed.includes(category)))
  })
  fc.assert(property)
})

const event: ConsentEvent = {
  purpose: 'transcribe',
  state: 'given',
  version: '1.0.0',
  hash: 'abc',
  scope: consentScope('transcribe'),
  method: 'switch',
  locale: 'en',
  at: '2026-11-23T10:00:00Z',
}
const operator = { legal_name: 'Studio Ltd', officer: 'Ann Lee', contact: 'privacy@studio.example' }

test('C86: a receipt names the purpose, the data, the notice and the host, and itself by its content', async () => {
  const given = await receipt(event, policy, 'quiet-otter-17', operator)
  expect(given.schema_version).toBe('ISO/IEC TS 27560:2023')
  expect(given.pii_principal_id).toBe('quiet-otter-17')
  expect(given.pii_processing.purpose).toBe('transcribe')
  expect(given.pii_processing.pii_information.map(({ pii_type }) => pii_type)).toEqual(
    [...policy.purposes.transcribe.uses].sort(),
  )
  expect(given.pii_processing.recipient_third_parties).toEqual([])
  expect(given.privacy_notice).toEqual({ version: '1.0.0', hash: 'abc', language: 'en' })
  expect(given.party_identification.controller).toBe('Studio Ltd')
  const withdrawn = await receipt({ ...event, state: 'withdrawn' }, policy, 'quiet-otter-17', operator)
  expect(withdrawn.event.event_state).toBe('withdrawn')
  expect(withdrawn.receipt_id).not.toBe(given.receipt_id)
  await expect(receipt({ ...event, purpose: 'toString' }, policy, 'x', operator)).rejects.toBeInstanceOf(
    UndeclaredPurposeError,
  )
  await expect(receipt({ ...event, purpose: 'sell' }, policy, 'x', operator)).rejects.toBeInstanceOf(
    UndeclaredPurposeError,
  )
})

test('a receipt names a recipient only where the host has set it up', async () => {
  const code = { ...event, purpose: 'deliver_code' }
  const without = await receipt(code, policy, 'x', operator)
  expect(without.pii_processing.recipient_third_parties).toEqual([])
  const configured = { ...operator, recipients: { sms_provider: { legal_name: 'Text GmbH', country: 'DE' } } }
  const { pii_processing } = await receipt(code, policy, 'x', configured)
  expect(pii_processing.recipient_third_parties.map(({ name }) => name)).toEqual(['Text GmbH'])
})
