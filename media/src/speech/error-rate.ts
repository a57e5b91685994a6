/** Errors of a transcript against what was said. */
export interface ErrorRate {
  readonly errors: number
  readonly units: number
}

/** What one language writes in more than one way, as words. Only what recordings with references needed. */
const written: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\bmister\b/g, 'mr'],
    [/\bmust've\b/g, 'must have'],
    [/\bcolour/g, 'color'],
    [/%/g, ' percent'],
  ],
  fr: [
    [/\b100\b/g, 'cent'],
    [/%/g, ' pour cent'],
  ],
  es: [[/%/g, ' por ciento']],
  de: [[/%/g, ' prozent']],
}

/**
 * The units errors are counted in: words, in Chinese characters. Case, punctuation and hyphens do not count, an
 * apostrophe parts words in French; spellings of one thing are made one.
 */
export function unitsOf(text: string, language: string): string[] {
  let plain = text.normalize('NFKC').toLowerCase().replaceAll('’', "'")
  for (const [pattern, word] of written[language] ?? []) plain = plain.replace(pattern, word)
  if (language === 'zh') return [...plain.replace(/[^\p{L}\p{N}]/gu, '')]
  const bare = language === 'fr' ? plain.replaceAll("'", ' ') : plain.replaceAll("'", '')
  return bare.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean)
}

/** Word error rate (in Chinese character error rate): least insertions, deletions and replacements, over the units said (Levenshtein 1966). */
export function errorRate(said: string, heard: string, language: string): ErrorRate {
  const reference = unitsOf(said, language)
  const hypothesis = unitsOf(heard, language)
  let row = Array.from({ length: hypothesis.length + 1 }, (_, index) => index)
  reference.forEach((unit, index) => {
    const next = [index + 1]
    hypothesis.forEach((other, at) => {
      const replaced = (row[at] as number) + (unit === other ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] as number) + 1, (next[at] as number) + 1))
    })
    row = next
  })
  return { errors: row.at(-1) as number, units: reference.length }
}
