/** Rules of a person's rights: freezing, objecting, ending an account, holds. */
import type { Mutation } from '../mutation.ts'

const RIGHTS = 'server/src/rights/rights.test.ts'
const CANCEL = 'server/src/rights/cancel.ts'
const ENDED = 'cancelled: at once out and still'

/** What breaks in the rights. */
export const rightsRules: readonly Mutation[] = [
  {
    clauses: [194],
    file: 'server/src/rights/freeze.ts',
    from: "      await setAccountState(parts.db, person, 'frozen')\n",
    to: '',
    test: RIGHTS,
    name: 'frozen: kept sealed',
  },
  {
    clauses: [194],
    file: 'server/src/rights/freeze.ts',
    from: '  await endSessions(parts.db, person)\n',
    to: '',
    test: RIGHTS,
    name: 'taken: frozen and signed out everywhere',
  },
  {
    clauses: [207],
    file: CANCEL,
    from: "    await setAccountState(parts.db, person, 'ending')\n",
    to: '',
    test: RIGHTS,
    name: ENDED,
  },
  {
    clauses: [209],
    file: 'policy/src/document/deadlines.ts',
    from: "account_end: { within: 'P15D'",
    to: "account_end: { within: 'P30D'",
    test: RIGHTS,
    name: ENDED,
  },
  {
    clauses: [210],
    file: CANCEL,
    from: '    await still(parts, person)\n    const request',
    to: '    const request',
    test: RIGHTS,
    name: ENDED,
  },
  {
    clauses: [211],
    file: CANCEL,
    from: '  await erasePerson(parts, person, ticket)\n',
    to: '',
    test: RIGHTS,
    name: ENDED,
  },
  {
    clauses: [212],
    file: CANCEL,
    from: 'return { ticket, request, holds: await holdsOf(parts, person) }',
    to: 'return { ticket, request, holds: [] }',
    test: RIGHTS,
    name: 'what a law keeps stays',
  },
  {
    clauses: [154],
    file: 'server/src/retention/sweep.ts',
    from: '    if (kept.holds.some((hold) => hold.kinds.includes(kind) || (row.item !== null && coversItems(hold)))) continue\n',
    to: '',
    test: RIGHTS,
    name: 'what a law keeps stays',
  },
  {
    clauses: [214],
    file: 'policy/src/decision/decision-table.ts',
    from: '    if (request.objections?.includes(request.purpose)) return refused.objected\n',
    to: '',
    test: RIGHTS,
    name: 'an objection is granted at once',
  },
  {
    clauses: [75],
    file: 'server/src/rights/decisions.ts',
    from: '      if (before) await mine.decision.change(',
    to: '      if (before) void (',
    test: RIGHTS,
    name: 'a decision is told with its reason',
  },
]
