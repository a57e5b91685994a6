/** C2, C259, G1: a studio is opened to others only when somebody answers for it. */
import { expect, test } from 'vitest'
import { NO_OPERATOR, policy, publishable } from '../index.ts'

const host = { legal_name: 'Studio Ltd', officer: 'Ann Lee', contact: 'privacy@studio.example' }

test('a host with name, officer and contact may publish', () => {
  expect(publishable(policy, host)).toEqual({ publishable: true })
})

test.each(['legal_name', 'officer', 'contact'] as const)('without %s it may not', (field) => {
  for (const blank of ['', '  \n']) {
    const answer = publishable(policy, { ...host, [field]: blank })
    expect(answer).toMatchObject({ publishable: false, faults: [{ field }] })
  }
})

test('a machine of one’s own has no host and cannot be opened', () => {
  expect(publishable(policy, NO_OPERATOR)).toMatchObject({ publishable: false, faults: { length: 3 } })
})

test('a recipient that is set up is known, and has a name and a country', () => {
  const answer = publishable(policy, { ...host, recipients: { sms_provider: { legal_name: '', country: '' } } })
  expect(answer).toMatchObject({ publishable: false, faults: { length: 2 } })
  const unknown = publishable(policy, { ...host, recipients: { ads: { legal_name: 'Ads', country: 'US' } } })
  expect(unknown).toMatchObject({ publishable: false, faults: [{ field: 'recipients.ads' }] })
})
