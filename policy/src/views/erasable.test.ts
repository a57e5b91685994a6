/** C211, C214: what can be erased by itself follows from the kinds; what proves or signs in ends with the account alone. */
import { expect, test } from 'vitest'
import { erasableCategories, erasablePurposes, erasureOfCategory, erasureOfPurpose, policy } from '../index.ts'

test('a field, a record or an item goes, whichever the kind can be without', () => {
  expect(erasureOfCategory(policy, 'user.name')).toEqual([{ kind: 'account', how: 'fields', fields: ['display_name'] }])
  expect(erasureOfCategory(policy, 'user.content.transcript').map(({ kind, how }) => [kind, how])).toContainEqual([
    'transcript',
    'records',
  ])
  expect(erasureOfCategory(policy, 'user.content.recording').every(({ how }) => how === 'items')).toBe(true)
  expect(erasureOfCategory(policy, 'user.content.share')).toEqual([{ kind: 'share', how: 'records', fields: [] }])
})

test('what is needed to be known again, or to prove, is not taken out of an account that goes on', () => {
  for (const category of [
    'user.account.username',
    'user.contact.phone_number',
    'user.authorization.credentials',
    'user.privacy_record',
    'user.rights_request',
    'user.device.cookie_id',
    'user.unique_id',
  ])
    expect(erasureOfCategory(policy, category), category).toEqual([])
  for (const purpose of ['sign_in', 'prove', 'own_rights', 'answer_requests', 'nothing'])
    expect(erasureOfPurpose(policy, purpose), purpose).toEqual([])
})

test('every category and purpose of the lists has its steps, and each step a kind of records', () => {
  const steps = [
    ...erasableCategories(policy).flatMap((id) => erasureOfCategory(policy, id)),
    ...erasablePurposes(policy).flatMap((id) => erasureOfPurpose(policy, id)),
  ]
  expect(steps.length).toBeGreaterThan(5)
  for (const { kind } of steps) expect((policy.kinds as Record<string, { place: string }>)[kind]?.place).toBe('record')
  expect(erasablePurposes(policy)).toEqual(expect.arrayContaining(['keep_media', 'share']))
})
