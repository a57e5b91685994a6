/** Languages of the command line's own words. */
export const languages = ['en', 'zh-CN'] as const
/** One of them. */
export type Language = (typeof languages)[number]

/** The language a person reads: `--lang` first, then the environment the way POSIX orders it. */
export function languageOf(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = asked ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en')
  return /^zh\b|^zh_/i.test(wanted) ? 'zh-CN' : 'en'
}
