/** What a message with a one-time code says. Names nobody and holds no link (C179). */
import type { ProblemLocale } from '../problem.ts'

/** The text of the message. */
export function codeMessage(code: string, locale: ProblemLocale): string {
  return locale === 'zh-CN'
    ? `【Sotto】验证码 ${code}，5 分钟内有效。请勿告诉他人；如非本人操作，请忽略。`
    : `Sotto: ${code} is your code, good for 5 minutes. Tell nobody. If you did not ask for it, ignore this.`
}
