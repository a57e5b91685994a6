import { expect, test } from 'vitest'
import { stoppedClock } from '../../testing/visit.ts'
import { Problem } from '../problem.ts'
import { CODE_SECONDS, oneTimeCodes } from './codes.ts'

const proof = { number: '+8613800138000', notice: { version: '1', hash: 'h', locale: 'en' } }

function answer(work: () => unknown): string {
  try {
    work()
    return 'right'
  } catch (error) {
    return error instanceof Problem ? error.code : 'unexpected'
  }
}
/** Another code of six digits. */
const wrong = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0')

test('a code proves its number once: replayed it is spent', () => {
  const codes = oneTimeCodes(() => new Date())
  const { challenge, code } = codes.issue(proof)
  expect(code).toMatch(/^\d{6}$/)
  expect(codes.use(challenge, code)).toMatchObject(proof)
  expect(answer(() => codes.use(challenge, code))).toBe('code_spent')
})

test('a code belongs to its challenge', () => {
  const codes = oneTimeCodes(() => new Date())
  const one = codes.issue(proof)
  let other = codes.issue(proof)
  while (other.code === one.code) other = codes.issue(proof)
  expect(answer(() => codes.use(one.challenge, other.code))).toBe('code_wrong')
  expect(answer(() => codes.use('unknown', one.code))).toBe('code_spent')
})

test('guessing ends with the fifth try, and then the right code is dead too', () => {
  const codes = oneTimeCodes(() => new Date())
  const { challenge, code } = codes.issue(proof)
  for (let by = 1; by <= 4; by++) expect(answer(() => codes.use(challenge, wrong(code, by)))).toBe('code_wrong')
  expect(answer(() => codes.use(challenge, wrong(code, 5)))).toBe('code_spent')
  expect(answer(() => codes.use(challenge, code))).toBe('code_spent')
})

test('a code lives five minutes', () => {
  const clock = stoppedClock()
  const codes = oneTimeCodes(clock.now)
  const early = codes.issue(proof)
  clock.goOn(CODE_SECONDS * 1000 - 1)
  const late = codes.issue(proof)
  expect(answer(() => codes.use(early.challenge, early.code))).toBe('right')
  clock.goOn(CODE_SECONDS * 1000)
  expect(answer(() => codes.use(late.challenge, late.code))).toBe('code_spent')
})

test('of requests that race with the same code one wins', async () => {
  const codes = oneTimeCodes(() => new Date())
  const { challenge, code } = codes.issue(proof)
  const race = await Promise.all(Array.from({ length: 20 }, async () => answer(() => codes.use(challenge, code))))
  expect(race.filter((result) => result === 'right')).toHaveLength(1)
})

test('a code that was put back works again, but its tries stay counted', () => {
  const codes = oneTimeCodes(() => new Date())
  const { challenge, code } = codes.issue(proof)
  for (let time = 1; time <= 4; time++) codes.use(challenge, code).putBack()
  codes.use(challenge, code).putBack()
  expect(answer(() => codes.use(challenge, code))).toBe('code_spent')
})
