/** The table of broken rules against the repository: each rule stands where it says, and its test is there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { breakRule, ROOT } from './clauses/mutation.ts'
import { mutations } from './clauses/mutations.ts'
import { CLAUSES, clausesIn, proofsByClause } from './clauses/proofs.ts'
import { PRIVACY, unproven } from './clauses/unproven.ts'

test('each rule of the table stands in its file exactly once, and breaking it changes the file', () => {
  const wrong = mutations.flatMap((one) => {
    try {
      return breakRule(one) === readFileSync(join(ROOT, one.file), 'utf8') ? [`${one.file}: nothing changes`] : []
    } catch (error) {
      return [String(error)]
    }
  })
  expect(wrong).toEqual([])
})

test('each test of the table is in its file, under the words the table names it by', () => {
  // Names that are put together of several pieces are found by a piece of them.
  const missing = mutations.filter(({ test: file, name }) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const words = name.replace(/^denying the permission \w+$|^withdrawing \w+$/, (found) => found.split(' ')[0] ?? '')
    return !source.includes(words.replace(/^[\w-]+\.ts /, '').replace(/^\((C25\d)\)$/, '$1'))
  })
  expect(missing.map(({ test: file, name }) => `${file}: ${name}`)).toEqual([])
})

test('at least a hundred clauses have a rule that is broken to prove them', () => {
  const proven = new Set(mutations.flatMap(({ clauses }) => clauses))
  expect([...proven].filter((clause) => clause < 1 || clause > CLAUSES)).toEqual([])
  expect(proven.size).toBeGreaterThanOrEqual(100)
})

test('clauses are read from names, ranges too', () => {
  expect(clausesIn('asked (C4, C6), C251-C253 and G5, not XC9')).toEqual([4, 6, 251, 252, 253])
  expect(proofsByClause().get(4)?.length).toBeGreaterThan(1)
})

test('each clause about privacy has a rule that is broken, or a reason why there is none, and not both', () => {
  const broken = new Set(mutations.flatMap(({ clauses }) => clauses))
  const all = PRIVACY.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at))
  expect(all.filter((clause) => broken.has(clause) === Object.hasOwn(unproven, clause))).toEqual([])
  expect(Object.keys(unproven).filter((clause) => !all.includes(Number(clause)))).toEqual([])
})
