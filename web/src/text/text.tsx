/** The catalogue and the formats of the page's language, for every component below {@link TextProvider}. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import * as format from '../format/format.ts'
import { en, type Texts } from './en.ts'
import { initialLocale, type Locale, rememberLocale } from './locale.ts'

/** Loads one catalogue; English is always at hand, others come when chosen. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  return locale === 'en' ? en : (await import('./zh-CN.ts')).zhCN
}

interface Speech {
  locale: Locale
  t: Texts
  setLocale(locale: Locale): void
}

const SpeechContext = createContext<Speech | null>(null)
let spoken: Locale = 'en'

/** The language of the page at this moment, for what is no component (request headers). */
export function currentLocale(): Locale {
  return spoken
}

/** Gives the page its language; `first` was loaded before the first drawing, so that nothing flickers. */
export function TextProvider({ first, children }: { first: Texts; children: ReactNode }) {
  const [speech, setSpeech] = useState(() => ({ locale: initialLocale(), t: first }))
  spoken = speech.locale
  useEffect(() => {
    document.documentElement.lang = speech.locale
  }, [speech.locale])
  const setLocale = useCallback((locale: Locale) => {
    rememberLocale(locale)
    loadTexts(locale).then((t) => setSpeech({ locale, t }))
  }, [])
  const value = useMemo(() => ({ ...speech, setLocale }), [speech, setLocale])
  return <SpeechContext value={value}>{children}</SpeechContext>
}

/** The language, its catalogue and the way to change it. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('useSpeech outside TextProvider')
  return speech
}

/** The catalogue. */
export function useText(): Texts {
  return useSpeech().t
}

/** The formats of `format.ts` bound to the page's language. */
export function useFormat() {
  const { locale } = useSpeech()
  return useMemo(
    () => ({
      clock: format.clock,
      bytes: (value: number) => format.bytes(value, locale),
      waiting: (value: number) => format.waiting(value, locale),
      number: (value: number, digits?: number) => format.number(value, locale, digits),
      percent: (share: number) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
      moment: (iso: string) => format.moment(iso, locale),
      day: (iso: string) => format.day(iso, locale),
      language: (code: string) => format.languageName(code, locale),
      list: (parts: readonly string[]) => format.list(parts, locale),
    }),
    [locale],
  )
}

/** Sets the title of the tab while a page is shown. */
export function useTitle(title: string): void {
  const t = useText()
  useEffect(() => {
    document.title = title === t.app.title ? title : `${title} · ${t.app.title}`
  }, [title, t])
}
