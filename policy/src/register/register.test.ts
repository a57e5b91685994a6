/** C169: every sentence of the notice has its rule in the document, and clauses it keeps. */
import { expect, test } from 'vitest'
import { type Line, LOCALES, linesOf, NO_OPERATOR, notice, type PolicyDocument, policy, registerOf } from '../index.ts'

const document: PolicyDocument = policy
const host = {
  legal_name: 'Studio Ltd',
  officer: 'Ann Lee',
  contact: 'privacy@studio.example',
  recipients: { sms_provider: { legal_name: 'Text GmbH', country: 'DE' } },
}

test.each(LOCALES)(
  'C169: each sentence in %s has a rule that stands in the document, and at least one clause',
  async (locale) => {
    for (const operator of [NO_OPERATOR, host]) {
      const printed = await notice(document, locale, operator)
      const register = registerOf(document, printed)
      const plain = (line: Line) => line.map(({ text }) => text).join('')
      const told = register.flatMap(({ sentences }) => sentences.map(plain)).join('\n')
      for (const line of linesOf(printed)) expect(told).toContain(plain(line))
      for (const { id, rule, clauses } of register) {
        expect([id, clauses.length > 0]).toEqual([id, true])
        const [section = '', name] = rule.split('.')
        if (section === 'document' || section === 'operator') continue
        const rows = (document as unknown as Record<string, Record<string, unknown>>)[section]
        expect([rule, rows !== undefined && (name === undefined || name in rows)]).toEqual([rule, true])
      }
    }
  },
)
