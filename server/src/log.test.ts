import { expect, test } from 'vitest'
import { openLog, traceOf } from './log.ts'

function written(level: string, write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(openLog(level, { write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

test('a line has level, time and the declared fields (C35)', () => {
  const [line] = written('info', (log) => log.info({ event: 'upload.done', bytes: 5 }))
  expect(line).toEqual({ level: 'info', at: expect.stringMatching(/^\d{4}-.*Z$/), event: 'upload.done', bytes: 5 })
})

test('a field that is not declared does not compile, and is dropped where somebody casts (C35)', () => {
  const [line] = written('info', (log) => {
    // @ts-expect-error the policy declares no such field
    log.info({ event: 'sign_in', phone_number: '+8613800000000' })
  })
  expect(line).toEqual({ level: 'info', at: expect.any(String), event: 'sign_in' })
})

test('a declared field of another type is dropped: nothing can be smuggled in an object', () => {
  const [line] = written('info', (log) => {
    // @ts-expect-error bytes are a number
    log.info({ event: 'e', bytes: { number: '+8613800000000' }, route: ['x'], level: 'forged', at: 'forged' })
  })
  expect(line).toEqual({ level: 'info', at: expect.not.stringContaining('forged'), event: 'e' })
})

test('the level set by the host is kept', () => {
  expect(written('warn', (log) => log.info({ event: 'e' }))).toEqual([])
  expect(written('warn', (log) => log.error({ event: 'e' }))).toHaveLength(1)
})

test('of an error the log says class, code and place, never its words', () => {
  const error = Object.assign(new RangeError('secret words'), { code: 'E_RANGE' })
  expect(traceOf(error)).toMatch(/^RangeError E_RANGE server\/src\/log\.test\.ts:\d+$/)
  error.stack = 'RangeError: /server/src/secret.ts:1\n    at x (/elsewhere/y.ts:2)'
  expect(traceOf(error)).toBe('RangeError E_RANGE')
  expect(traceOf('secret words')).toBe('string')
})
