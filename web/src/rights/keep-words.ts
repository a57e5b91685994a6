/** The `keep` of the policy in a word or two. */
import type { Texts } from '../text/en.ts'

/** Days, or what it ends with; a duration of another form stays as it is. */
export function keepWords(keep: string, { rights }: Pick<Texts, 'rights'>): string {
  const known: Readonly<Record<string, string>> = rights.keepWords
  if (keep.startsWith('setting:')) return rights.keepSetting
  const days = /^P(\d+)D$/.exec(keep)?.[1]
  return known[keep] ?? (days ? rights.keepDays(Number(days)) : keep)
}
