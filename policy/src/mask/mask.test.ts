/** C22, C165: what a view shows of a value. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CategoryId, mask, maskWith, policy } from '../index.ts'

describe('masks by category', () => {
  test.each([
    ['user.contact.phone_number', '13812345678', '138****5678'],
    ['user.contact.phone_number', '+86 138 1234 5678', '+86 138****5678'],
    ['user.contact.phone_number', '+33612345678', '+336****5678'],
    ['user.contact.phone_number', '4155550', '4****50'],
    ['user.contact.phone_number', '110', '****'],
    ['user.contact.phone_number', '', '****'],
    ['user.name', 'Zoë Quinn', 'Z**'],
    ['user.name', '张三', '张**'],
    ['user.name', '👩‍🚀 Ann', '👩‍🚀**'],
    ['user.name', '', ''],
    ['user.content.title', 'Therapy session', 'T…'],
    ['user.authorization.credentials', 'hunter2', '••••••'],
    ['user.device.ip_address', '192.0.2.55', '192.0.*.*'],
    ['user.device.ip_address', '2001:db8:1:2::3', '2001:db8:*'],
    ['user.device.ip_address', '::1', '*'],
    ['user.content.transcript', 'what was said', ''],
    ['user.account.username', 'quiet-otter-17', 'quiet-otter-17'],
  ] as const)('%s %j -> %j', (category, value, shown) => {
    expect(mask(category, value)).toBe(shown)
  })

  test('of what is not declared nothing is shown', () => {
    expect(mask('user.shoe_size' as CategoryId, '43')).toBe('')
    expect(mask('constructor' as CategoryId, 'x')).toBe('')
  })

  test('every category has a mask that is known', () => {
    for (const id of Object.keys(policy.categories) as CategoryId[])
      expect(typeof mask(id, 'some value')).toBe('string')
  })
})

test('a masked number never has its middle, and hides at least four digits', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 15 })
  const property = fc.property(fc.boolean(), digits, (plus, number) => {
    const shown = maskWith('phone', `${plus ? '+' : ''}${number}`).replace(/\D/g, '')
    expect(number.length - shown.length).toBeGreaterThanOrEqual(Math.min(4, number.length))
  })
  fc.assert(property)
})

test('a secret looks the same whatever it is', () => {
  const property = fc.property(fc.string(), fc.string(), (a, b) => maskWith('secret', a) === maskWith('secret', b))
  fc.assert(property)
})
