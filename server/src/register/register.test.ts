/** C169: what the register shows is there: every clause behind the notice is proven, its rules and tests stand in the repository. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NO_OPERATOR, notice, policy } from '@sotto/policy'
import { expect, test } from 'vitest'
import { controlRegister } from './register.ts'

const root = join(import.meta.dirname, '..', '..', '..')

test('C169: each clause behind a sentence was proven by breaking its rule, at least a hundred in all', async () => {
  const register = controlRegister(await notice(policy, 'en', NO_OPERATOR))
  expect(register.clauses.filter(({ proven }) => !proven).map(({ clause }) => clause)).toEqual([])
  expect(register.proven).toBeGreaterThanOrEqual(100)
  for (const { clause, rules, tests } of register.clauses) {
    expect([clause, rules.length > 0, tests.length > 0]).toEqual([clause, true, true])
    for (const file of rules) expect([file, existsSync(join(root, file))]).toEqual([file, true])
    for (const { file } of tests) expect([file, existsSync(join(root, file))]).toEqual([file, true])
  }
})

test('C169: the evidence has a day, and a test it names is in its file', async () => {
  const register = controlRegister(await notice(policy, 'zh-CN', NO_OPERATOR))
  expect(Number.isNaN(Date.parse(register.made_at))).toBe(false)
  const named = register.clauses.flatMap(({ tests }) => tests).filter(({ name }) => /^C\d+: [a-z]/.test(name))
  expect(named.length).toBeGreaterThan(5)
  for (const { file, name } of named) expect(readFileSync(join(root, file), 'utf8')).toContain(name)
})
