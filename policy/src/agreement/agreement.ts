/** What the other side of a call is told and how they can agree to be recorded (C53): the words of it, and of its receipt. */
import type { Agreement, AgreementWay } from '../document/work.ts'
import type { Locale } from '../text/texts.ts'

/** Ways to agree, the order they are offered in. */
export const AGREEMENT_WAYS: readonly AgreementWay[] = ['read', 'announced', 'asked', 'written', 'screen']

interface AgreementTexts {
  readonly announcement: string
  readonly ways: Readonly<Record<AgreementWay, string>>
  readonly somebody: string
  readonly agreed: (other: string, way: string, at: string) => string
  readonly told: (told: string) => string
}

const texts: Readonly<Record<Locale, AgreementTexts>> = {
  en: {
    announcement:
      'I would like to record this call. The recording is kept sealed in my own studio, I use it only for myself, and you can ask me to erase it at any time. Do you agree? You may say no; then nothing is recorded.',
    ways: {
      read: 'it was read to them, and they said yes',
      announced: 'the announcement was played to them, and they said yes',
      asked: 'they were asked in other words, and said yes',
      written: 'they agreed in writing',
      screen: 'they agreed on their own screen',
    },
    somebody: 'The other side',
    agreed: (other, way, at) => `A recorded call. ${other} agreed to the recording on ${at}: ${way}.`,
    told: (told) => `What they were told: “${told}”`,
  },
  'zh-CN': {
    announcement:
      '我想录下这次通话。录音会加密保存在我自己的工作室里，只供我自己使用，您可以随时请我删除。您同意吗？您可以不同意，那样就什么也不录。',
    ways: {
      read: '向对方读出告知内容，对方表示同意',
      announced: '向对方播放告知内容，对方表示同意',
      asked: '以其他说法询问，对方表示同意',
      written: '对方书面同意',
      screen: '对方在自己的屏幕上同意',
    },
    somebody: '对方',
    agreed: (other, way, at) => `这是一段通话录音。${other}于${at}同意录音：${way}。`,
    told: (told) => `对方被告知的内容：“${told}”`,
  },
}

/** An agreement as an answer carries it. */
export type Told = Omit<Agreement, 'other'> & { readonly other?: string | undefined }

/** What is read or played to the other side. */
export function announcement(locale: Locale): string {
  return texts[locale].announcement
}

/** One way to agree, as a clause of a sentence. */
export function agreementWay(locale: Locale, way: AgreementWay): string {
  return texts[locale].ways[way]
}

/** The agreement in sentences, as it stands under a transcript and in its receipt. `timeZone`: IANA, UTC by default. */
export function agreementLines(agreement: Told, locale: Locale, timeZone = 'UTC'): string[] {
  const { agreed, told, somebody, ways } = texts[locale]
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    new Date(agreement.at),
  )
  const zone = timeZone === 'UTC' ? ' UTC' : ''
  return [agreed(agreement.other ?? somebody, ways[agreement.way], at + zone), told(agreement.told)]
}
