import { expect, test } from 'vitest'
import type { Agreement } from '../document/work.ts'
import { AGREEMENT_WAYS, agreementLines, announcement } from './agreement.ts'

const agreement: Agreement = {
  way: 'read',
  other: 'Anna',
  at: '2026-11-24T10:00:00.000Z',
  told: 'May I?',
  locale: 'en',
}

test('C53: a receipt says who agreed, when, how, and to what', () => {
  const [first, second] = agreementLines(agreement, 'en')
  expect(first).toContain('Anna agreed')
  expect(first).toContain('November 24, 2026')
  expect(first).toContain('UTC')
  expect(first).toContain('read to them')
  expect(second).toContain('May I?')
  const { other: _, ...nameless } = agreement
  expect(agreementLines(nameless, 'en')[0]).toContain('The other side agreed')
  expect(agreementLines(agreement, 'zh-CN', 'Asia/Shanghai')[0]).toContain('18:00')
})

test('C53: every way to agree has words of its own in both languages, and refusing is told as easily', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const told = AGREEMENT_WAYS.map((way) => agreementLines({ ...agreement, way }, locale)[0])
    expect(new Set(told).size).toBe(AGREEMENT_WAYS.length)
  }
  expect(announcement('en')).toContain('You may say no')
  expect(announcement('zh-CN')).toContain('您可以不同意')
})
