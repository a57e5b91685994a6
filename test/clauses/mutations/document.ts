/** Promises that stand in the policy document itself: a word changed there, and a test notices. */
import type { Mutation } from '../mutation.ts'

const PROMISES = 'policy/src/document/promises.test.ts'
const RETENTION = 'policy/src/retention/retention.test.ts'
const DEADLINES = 'policy/src/document/deadlines.ts'
const CATEGORIES = 'policy/src/document/categories.ts'
const EXEMPTIONS = 'policy/src/document/exemptions.ts'

const exemption = (clauses: readonly number[], from: string): Mutation => ({
  clauses,
  file: EXEMPTIONS,
  from,
  to: from.replace('enabled: false', 'enabled: true'),
  test: PROMISES,
  name: 'no ground without consent works by itself',
})

/** What breaks in the document. */
export const documentRules: readonly Mutation[] = [
  exemption(
    [89, 144],
    "national_security: { applies_to: ['collect', 'share'], citation: 'C89, C144', enabled: false }",
  ),
  exemption(
    [90, 131, 145],
    "public_interest: { applies_to: ['collect', 'share'], citation: 'C90, C131, C145', enabled: false }",
  ),
  exemption([91, 146], "criminal_justice: { applies_to: ['collect', 'share'], citation: 'C91, C146', enabled: false }"),
  exemption(
    [92, 147],
    "vital_interest: { applies_to: ['collect', 'share'], citation: 'C92, C147; PIPL 13(4)', enabled: false }",
  ),
  exemption([97], "news_reporting: { applies_to: ['collect'], citation: 'C97; PIPL 13(5)', enabled: false }"),
  exemption([98, 130], "research: { applies_to: ['collect', 'share'], citation: 'C98, C130', enabled: false }"),
  {
    clauses: [99, 150],
    file: EXEMPTIONS,
    from: "legal_obligation: { applies_to: ['collect', 'share'], citation: 'C99, C150; PIPL 13(3)', enabled: false }",
    to: "legal_obligation: { applies_to: ['collect', 'share'], citation: 'other circumstances', enabled: false }",
    test: PROMISES,
    name: 'every ground without consent has its citation',
  },
  {
    clauses: [209],
    file: DEADLINES,
    from: "account_end: { within: 'P15D'",
    to: "account_end: { within: 'P21D'",
    test: RETENTION,
    name: 'C209',
  },
  {
    clauses: [218, 260],
    file: DEADLINES,
    from: "complaint_answer: { within: 'P15D'",
    to: "complaint_answer: { within: 'P21D'",
    test: RETENTION,
    name: 'C209',
  },
  {
    clauses: [189],
    file: DEADLINES,
    from: "breach_person: { within: 'PT72H'",
    to: "breach_person: { within: 'P7D'",
    test: RETENTION,
    name: 'C209',
  },
  {
    clauses: [191],
    file: DEADLINES,
    from: "breach_authority_cn: { within: 'PT4H'",
    to: "breach_authority_cn: { within: 'PT72H'",
    test: RETENTION,
    name: 'C209',
  },
  {
    clauses: [38, 198],
    file: CATEGORIES,
    from: "'user.location': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' }",
    to: "'user.location': { grade: 3, mask: 'drop', source: 'fideslang' }",
    test: PROMISES,
    name: 'location',
  },
  {
    clauses: [84],
    file: 'policy/src/document/permissions.ts',
    from: 'contacts: { needed: false }',
    to: 'contacts: { needed: true }',
    test: PROMISES,
    name: 'contacts',
  },
  {
    clauses: [69, 70, 105],
    file: CATEGORIES,
    from: "'user.behavior': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' }",
    to: "'user.behavior': { grade: 3, mask: 'drop', source: 'fideslang' }",
    test: PROMISES,
    name: 'behaviour',
  },
  {
    clauses: [63],
    file: CATEGORIES,
    from: "'user.biometric.voice': { grade: 4, mask: 'drop', source: 'fideslang', collected: 'never' }",
    to: "'user.biometric.voice': { grade: 3, mask: 'drop', source: 'fideslang' }",
    test: PROMISES,
    name: 'biometric',
  },
  {
    clauses: [158, 159],
    file: 'policy/src/document/policy.ts',
    from: 'abroad: false',
    to: 'abroad: true',
    test: PROMISES,
    name: 'stays where the host runs',
  },
  {
    clauses: [258],
    file: 'policy/src/document/roles.ts',
    from: "operator: { acts_as: 'operator', sees: 'requests' }",
    to: "operator: { acts_as: 'operator', sees: 'own' }",
    test: PROMISES,
    name: 'roles',
  },
  {
    clauses: [213],
    file: 'policy/src/document/kinds.ts',
    from: "display_name: { category: 'user.name', type: 'text', optional: true }",
    to: "display_name: { category: 'user.name', type: 'text' }",
    test: PROMISES,
    name: 'is at the discretion of the person',
  },
  {
    clauses: [221],
    file: 'policy/src/text/en-prose.ts',
    from: 'None of it costs anything.',
    to: '',
    test: PROMISES,
    name: 'costs nothing',
  },
  {
    clauses: [101],
    file: 'policy/src/text/en-prose.ts',
    from: 'A cookie is a short note that a site leaves in your browser',
    to: 'A cookie is a thing that a site leaves in your browser',
    test: PROMISES,
    name: 'what a cookie is',
  },
  {
    clauses: [192],
    file: 'policy/src/text/en-prose.ts',
    from: "'No protection is perfect.",
    to: "'This protection is perfect.",
    test: PROMISES,
    name: 'no protection is perfect',
  },
  {
    clauses: [109],
    file: 'policy/src/language/structure.ts',
    from: "    owner: oneOf('studio'),\n",
    to: '    owner: text,\n',
    test: PROMISES,
    name: 'nobody else keeps anything in the browser',
  },
  {
    clauses: [246],
    file: 'policy/src/document/purposes.ts',
    from: "  record_sound: {\n    use: 'essential.service',\n    basis: 'consent',\n    guardian: true,",
    to: "  record_sound: {\n    use: 'essential.service',\n    basis: 'consent',",
    test: PROMISES,
    name: 'guardian',
  },
]
