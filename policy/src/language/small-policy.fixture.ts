/** A small faultless document for tests to spoil, one fault at a time. */
import type { PolicyDraft } from './document.ts'

/** A whole policy, as small as one can be, for tests. */
export const small = {
  version: 'test',
  effective: '2026-01-01',
  categories: {
    'user.name': { grade: 3, mask: 'name', source: 'fideslang' },
    'user.contact.phone_number': { grade: 3, mask: 'phone', source: 'fideslang' },
    'user.settings': { grade: 2, mask: 'none', source: 'fideslang' },
    'user.health': { grade: 4, mask: 'drop', source: 'fideslang' },
    'user.biometric.face_points': { grade: 4, mask: 'drop', source: 'extension', collected: 'never' },
    'user.location': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' },
    'system.operations': { grade: 1, mask: 'none', source: 'fideslang' },
  },
  purposes: {
    greet: {
      use: 'essential.service',
      basis: 'contract',
      uses: ['user.name', 'user.contact.phone_number'],
      keep: 'account',
      by: ['subject'],
    },
  },
  kinds: {
    card: {
      place: 'record',
      key: 'person',
      held_for: 'greet',
      source: 'subject',
      fields: { name: { category: 'user.name', type: 'text' } },
    },
  },
  recipients: {
    printer: {
      kind: 'processor',
      purpose: 'greet',
      gets: ['user.name'],
      payload: { name: { category: 'user.name', type: 'text' } },
      country: 'FR',
      agreement: 'printing-2026',
      consideration: 'none',
    },
  },
  log: { event: { category: 'system.operations', type: 'text' } },
  permissions: {},
  cookies: {},
  settings: {},
  functions: {},
  rights: {},
  deadlines: {},
  exemptions: {},
  roles: {},
  tables: {},
  residency: { stored: 'where_the_host_runs', abroad: false },
} as const satisfies PolicyDraft
