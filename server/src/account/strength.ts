/** How hard a password is to guess (C21, C180): zxcvbn (Wheeler, USENIX Security 2016) with its list of common ones. */
import { Problem, type ProblemLocale } from '../problem.ts'

/** Least score of 0 to 4: 3 = not guessed offline within 10^10 tries. */
const LEAST_SCORE = 3

/** Why a password is weak, in both languages. Keys are our own: several of zxcvbn's warnings share one. */
const reasons = {
  common: { en: 'It is one of the most used passwords, or close to one.', zh: '这是常见密码，或与常见密码非常相似。' },
  personal: { en: 'It holds your name here or your number.', zh: '其中包含您的账户名或手机号。' },
  pattern: {
    en: 'It follows the keys of a keyboard, or a row like abc or 123.',
    zh: '其中包含键盘顺序或 abc、123 之类的连续字符。',
  },
  repeat: { en: 'It repeats the same characters.', zh: '其中包含重复的字符。' },
  date: { en: 'It holds a date or a year.', zh: '其中包含日期或年份。' },
  short: {
    en: 'Make it longer: several words that do not belong together.',
    zh: '请加长密码，例如使用几个互不相关的词。',
  },
} as const
/** A reason of the list. */
export type WeakReason = keyof typeof reasons

const warnings: Readonly<Record<string, WeakReason>> = {
  straightRow: 'pattern',
  keyPattern: 'pattern',
  sequences: 'pattern',
  simpleRepeat: 'repeat',
  extendedRepeat: 'repeat',
  recentYears: 'date',
  dates: 'date',
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  pwned: 'common',
  userInputs: 'personal',
}

type Estimator = {
  check(password: string, own: (string | number)[]): { score: number; feedback: { warning: string | null } }
}
let estimator: Promise<Estimator> | undefined

async function load(): Promise<Estimator> {
  // Loaded at the first password, not at the start: the lists take some megabytes.
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, useLevenshteinDistance: true, maxLength: 200 })
}

/** Why a password is too weak; `undefined` where it is not. `own`: words of the person, which count for nothing. */
export async function weakness(password: string, own: readonly string[]): Promise<WeakReason | undefined> {
  estimator ??= load()
  const { score, feedback } = (await estimator).check(password, [...own])
  if (score >= LEAST_SCORE) return undefined
  return warnings[feedback.warning ?? ''] ?? 'short'
}

/** Lets a strong password pass. @throws Problem `password_weak` with the reason in the person's language */
export async function requireStrong(password: string, own: readonly string[], locale: ProblemLocale): Promise<void> {
  const reason = await weakness(password, own)
  if (reason) throw new Problem('password_weak', { detail: reasons[reason][locale === 'zh-CN' ? 'zh' : 'en'] })
}
