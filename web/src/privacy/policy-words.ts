/** What the policy calls its own things, for dialogues and the settings page. Loaded when first needed. */
import { cookieList, type ListedCookie, policy, purposeList, settingsList, textsOf } from '@sotto/policy'
import type { Locale } from '../text/locale.ts'

/** A setting with the purposes it governs, in words. */
export interface SettingWords {
  readonly name: string
  readonly what: string
  /** Functions that stop without it. */
  readonly stops: readonly string[]
  readonly purposes: readonly { id: string; why: string; without: string; uses: readonly string[] }[]
}

/** The words of one setting; null where the policy has no such setting. */
export function settingWords(locale: Locale, id: string): SettingWords | null {
  const setting = settingsList(policy, locale).find((one) => one.id === id)
  if (!setting) return null
  const governed = new Set(setting.purposes.map((purpose) => purpose.id))
  return {
    name: setting.name,
    what: setting.what,
    stops: setting.stops.map((stop) => stop.name),
    purposes: purposeList(policy, locale)
      .filter((purpose) => governed.has(purpose.id))
      .map((purpose) => ({
        id: purpose.id,
        why: purpose.why,
        without: purpose.without,
        uses: purpose.categories.map((category) => category.name),
      })),
  }
}

/** Everything the studio keeps in a browser. */
export function cookies(locale: Locale): readonly ListedCookie[] {
  return cookieList(policy, locale)
}

/** Names of kinds, purposes, categories and actors; an id without a name is shown as it is. */
export function names(
  locale: Locale,
): (section: 'kinds' | 'purposes' | 'categories' | 'actors' | 'recipients' | 'sources', id: string) => string {
  const texts = textsOf(locale)
  return (section, id) => {
    const known: Readonly<Record<string, string | { readonly name: string }>> = texts[section]
    const found = known[id]
    return found === undefined ? id : typeof found === 'string' ? found : found.name
  }
}

/** A purpose in words; null where the policy has no such purpose. */
export function purposeWords(locale: Locale, id: string): { name: string; why: string; without: string } | null {
  const purpose = purposeList(policy, locale).find((one) => one.id === id)
  return purpose ? { name: purpose.name, why: purpose.why, without: purpose.without } : null
}
