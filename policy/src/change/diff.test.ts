/** C17, C251-C256: what changed, how grave it is, who must agree again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffPolicies, type Operator, type PolicyDocument, policy, scopeCovers, scopeOf } from '../index.ts'

const before: PolicyDocument = policy
const host: Operator = { legal_name: 'Studio Ltd', officer: 'Ann Lee', contact: 'privacy@studio.example' }

function withPurpose(id: string, change: object): PolicyDocument {
  const purpose = before.purposes[id]
  if (purpose === undefined) throw new Error(id)
  return { ...before, purposes: { ...before.purposes, [id]: { ...purpose, ...change } } }
}

test('a policy does not differ from itself, nor by its version or the order of a list', () => {
  const reordered = withPurpose('account', { uses: [...policy.purposes.account.uses].reverse() })
  expect(diffPolicies(before, { ...reordered, version: '1.0.1', effective: '2027-01-01' })).toEqual({
    from: '1.0.0',
    to: '1.0.1',
    changes: [],
    severity: 'none',
    consent_again: [],
    consent_new: [],
  })
})

describe('always major', () => {
  const uses = policy.purposes.transcribe.uses
  const changed: readonly [string, string, PolicyDocument][] = [
    ['what is used', 'C251', withPurpose('transcribe', { uses: [...uses, 'user.name'] })],
    ['what it is used for', 'C251', withPurpose('transcribe', { use: 'analytics' })],
    ['how long', 'C251', withPurpose('security', { keep: 'P60D' })],
    [
      'a new kind',
      'C251',
      {
        ...before,
        kinds: {
          ...before.kinds,
          diary: { place: 'record', key: 'person', held_for: 'account', source: 'subject', fields: {} },
        },
      },
    ],
    ['a permission', 'C251', { ...before, permissions: { ...before.permissions, camera: { needed: true } } }],
    ['a recipient', 'C253', { ...before, recipients: {} }],
    ['a right', 'C254', { ...before, rights: {} }],
    [
      'a clock',
      'C254',
      { ...before, deadlines: { ...before.deadlines, account_end: { within: 'P30D', citation: '' } } },
    ],
    ['where it is stored', 'C256', { ...before, residency: { stored: 'where_the_host_runs', abroad: true } }],
  ]
  test.each(changed)('%s (%s)', (_, clause, after) => {
    const diff = diffPolicies(before, after)
    expect(diff.severity).toBe('major')
    expect(diff.changes.length).toBeGreaterThan(0)
    for (const change of diff.changes) expect(change).toMatchObject({ severity: 'major', clause })
  })

  test.each([
    ['legal_name', 'C252'],
    ['officer', 'C255'],
    ['contact', 'C255'],
  ] as const)('the %s of the host (%s)', (field, clause) => {
    const diff = diffPolicies(before, before, { operators: [host, { ...host, [field]: 'another' }] })
    expect(diff.changes).toEqual([
      { path: `operator.${field}`, what: 'changed', before: host[field], after: 'another', severity: 'major', clause },
    ])
  })
})

test('a log field or a table is minor; the host may raise that and never lower it (C256)', () => {
  const { event } = policy.log
  const after: PolicyDocument = { ...before, log: { event } }
  expect(diffPolicies(before, after).severity).toBe('minor')
  expect(diffPolicies(before, after, { at_least: 'major' }).severity).toBe('major')
  expect(diffPolicies(before, { ...before, rights: {} }, { at_least: 'minor' }).severity).toBe('major')
  expect(diffPolicies(before, before, { at_least: 'minor' }).severity).toBe('minor')
})

test('C17: those who agreed are asked again for what grew, and only for that', () => {
  const grown = withPurpose('transcribe', { uses: [...policy.purposes.transcribe.uses, 'user.name'] })
  expect(diffPolicies(before, grown)).toMatchObject({ consent_again: ['transcribe'], consent_new: [] })
  const shrunk = withPurpose('transcribe', { uses: policy.purposes.transcribe.uses.slice(1) })
  expect(diffPolicies(before, shrunk)).toMatchObject({ severity: 'major', consent_again: [], consent_new: [] })
  const asking = withPurpose('edit_media', { basis: 'consent' })
  expect(diffPolicies(before, asking)).toMatchObject({ consent_again: [], consent_new: ['edit_media'] })
})

test('whoever must agree again is whose consent no longer covers, for any change of categories', () => {
  const all = Object.keys(policy.categories)
  const property = fc.property(fc.subarray(all), (uses) => {
    const after = withPurpose('denoise', { uses })
    const diff = diffPolicies(before, after)
    const covered = scopeCovers(scopeOf(before, 'denoise'), scopeOf(after, 'denoise'))
    expect(diff.consent_again).toEqual(covered ? [] : ['denoise'])
    const same = [...uses].sort().join() === [...policy.purposes.denoise.uses].sort().join()
    expect(diff.severity).toBe(same ? 'none' : 'major')
  })
  fc.assert(property)
})

test('says what was there and what is there now', () => {
  const after = withPurpose('security', { keep: 'P60D' })
  expect(diffPolicies(before, after).changes).toEqual([
    {
      path: 'purposes.security.keep',
      what: 'changed',
      before: 'P30D',
      after: 'P60D',
      severity: 'major',
      clause: 'C251',
    },
  ])
  const added = diffPolicies({ ...before, log: {} }, before).changes
  expect(added.map(({ path, what }) => `${path} ${what}`)).toContain('log.event added')
})
