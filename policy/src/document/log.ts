/** Fields the log may have (C35). No person, no address of a person: `address` is the server's own bind address. */
export const log = {
  event: { category: 'system.operations', type: 'text' },
  level: { category: 'system.operations', type: 'text' },
  at: { category: 'system.operations', type: 'time' },
  request: { category: 'system.operations', type: 'text' },
  route: { category: 'system.operations', type: 'text' },
  method: { category: 'system.operations', type: 'text' },
  status: { category: 'system.operations', type: 'integer' },
  ms: { category: 'system.operations', type: 'number' },
  bytes: { category: 'system.operations', type: 'integer' },
  job: { category: 'system.operations', type: 'text' },
  attempt: { category: 'system.operations', type: 'integer' },
  problem: { category: 'system.operations', type: 'text' },
  boot: { category: 'system.operations', type: 'text' },
  count: { category: 'system.operations', type: 'integer' },
  version: { category: 'system.operations', type: 'text' },
  address: { category: 'system.operations', type: 'text' },
} as const
