/** The notice of this studio, printed once from the policy and the host's settings (C1, C4). */
import { LOCALES, type Locale, type Notice, notice, type Operator, policy } from '@sotto/policy'
import type { NoticeSeen } from '../gate/consents.ts'
import type { Draft } from '../policy/versions.ts'
import { Problem } from '../problem.ts'

/** The notice in each language, printed once. */
export interface Notices {
  of(locale: Locale): Notice
  /** Lets pass whoever had the current notice before them. @throws Problem `notice_changed` */
  requireCurrent(seen: NoticeSeen): void
}

/** What is published of the present policy: document, host and notices. */
export function draftOf(operator: Operator, printed: Pick<Notices, 'of'>): Draft {
  return { document: policy, operator, notices: { en: printed.of('en'), 'zh-CN': printed.of('zh-CN') } }
}

/** Prints the notice in every language. */
export async function notices(operator: Operator): Promise<Notices> {
  const printed = new Map(
    await Promise.all(LOCALES.map(async (locale) => [locale, await notice(policy, locale, operator)] as const)),
  )
  const of = (locale: Locale): Notice => {
    const found = printed.get(locale)
    if (!found) throw new Error(`no notice in ${locale}`)
    return found
  }
  return {
    of,
    requireCurrent({ version, hash, locale }) {
      const current = printed.get(locale as Locale)
      if (current?.version !== version || current.hash !== hash) throw new Problem('notice_changed')
    },
  }
}
