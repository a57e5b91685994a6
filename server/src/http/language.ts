/** The language an answer is written in (RFC 9110 12.5.4). */
import type { ProblemLocale } from '../problem.ts'

/** The better of English and Chinese for an `Accept-Language` header; English where neither is named. */
export function languageOf(header: string | undefined): ProblemLocale {
  let best: ProblemLocale = 'en'
  let weight = 0
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((found) => found !== undefined)
    const value = q === undefined ? 1 : Number(q)
    const locale = /^zh\b/.test(tag) ? 'zh-CN' : /^en\b/.test(tag) ? 'en' : undefined
    if (locale && value > weight) {
      best = locale
      weight = value
    }
  }
  return best
}
