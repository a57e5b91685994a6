import { type MediaErrorCode, mediaErrorCodes } from '@sotto/media'
import { REFUSALS, type RefusalCode } from '@sotto/policy'
import { expect, test } from 'vitest'
import {
  mediaProblems,
  Problem,
  type ProblemCode,
  policyProblems,
  problemBody,
  problemOf,
  problems,
} from './problem.ts'

const codes = Object.keys(problems) as ProblemCode[]

test.each(codes)('%s has a status and a sentence in English and Chinese', (code) => {
  const { status, en, zh } = problems[code]
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(600)
  expect(en).toMatch(/^[A-Z][\x20-\x7e]+[.?]$/)
  expect(zh).toMatch(/^[\u3000-\u9fff\uff00-\uffef A-Za-z0-9-]+[。？]$/u)
  expect(zh).toMatch(/[\u4e00-\u9fff]{2}/)
  expect(problemBody(new Problem(code), 'zh-CN')).toMatchObject({ title: zh, status, code })
})

test('every error of the media engine and every refusal of the policy has its problem', () => {
  for (const code of mediaErrorCodes as MediaErrorCode[])
    expect(problemOf(Object.assign(new Error('x'), { code })).code).toBe(mediaProblems[code])
  for (const code of Object.keys(REFUSALS) as RefusalCode[])
    expect(problemOf(Object.assign(new Error('x'), { code })).code).toBe(policyProblems[code])
})

test('a refusal of the policy names its clause and purpose', () => {
  const refusal = Object.assign(new Error('x'), { code: 'withdrawn', clause: 'C215', purpose: 'transcribe' })
  expect(problemBody(problemOf(refusal), 'en')).toMatchObject({
    code: 'consent_withdrawn',
    clause: 'C215',
    purpose: 'transcribe',
    status: 403,
  })
})

test('what belongs to another, what was erased and what never was are one and the same answer', () => {
  const answers = ['other_subject', 'erased'].map((code) =>
    JSON.stringify(problemBody(problemOf(Object.assign(new Error('x'), { code, clause: 'C1', purpose: 'p' })), 'en')),
  )
  expect(new Set([...answers, JSON.stringify(problemBody(new Problem('not_found'), 'en'))]).size).toBe(1)
})

test.each([
  ['ENOSPC', 'storage_full'],
  ['53100', 'storage_full'],
  ['ECONNREFUSED', 'database_unavailable'],
  ['57P01', 'database_unavailable'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'too_large'],
  ['anything', 'internal'],
  ['constructor', 'internal'],
])('an error with the code %s is answered as %s', (code, expected) => {
  expect(problemOf(Object.assign(new Error('x'), { code })).code).toBe(expected)
})

test('a database that goes away without saying a code is named all the same', () => {
  for (const words of ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])
    expect(problemOf(new Error(words)).code).toBe('database_unavailable')
})

test('what a library refuses by a status alone is no failure of ours', () => {
  expect(problemOf(Object.assign(new Error('x'), { statusCode: 403 })).code).toBe('not_found')
  expect(problemOf(Object.assign(new Error('x'), { statusCode: 500 })).code).toBe('internal')
})

test('what is thrown without a code is internal, and its words stay inside', () => {
  for (const thrown of [new Error('words'), 'words', undefined, null, 7])
    expect(JSON.stringify(problemBody(problemOf(thrown), 'en'))).not.toContain('words')
})
