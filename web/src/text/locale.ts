/** Which language the page speaks: chosen, else asked of the browser. */

import { mayKeep } from '../privacy/cookie-choice.ts'

/** The languages the page speaks. */
export type Locale = 'en' | 'zh-CN'
/** All of them, in the order they are offered. */
export const LOCALES: readonly Locale[] = ['en', 'zh-CN']
/** Declared in the policy's list of what is kept in the browser. */
const KEY = 'locale'

/** The first language in `wanted` (BCP 47) that the page speaks; English where it speaks none. */
export function matchLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'zh') return 'zh-CN'
    if (language === 'en') return 'en'
  }
  return 'en'
}

/** The language to begin with: the one chosen in this browser before, else the browser's own. */
export function initialLocale(): Locale {
  const chosen = localStorage.getItem(KEY)
  return LOCALES.find((locale) => locale === chosen) ?? matchLocale(navigator.languages)
}

/** Remembers a choice in this browser. Called only when a person chooses. */
export function rememberLocale(locale: Locale): void {
  if (mayKeep('locale')) localStorage.setItem(KEY, locale)
}
