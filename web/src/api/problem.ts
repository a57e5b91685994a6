/** What went wrong, in the person's language. */
import { ProblemError } from '@sotto/server/client'
import type { Texts } from '../text/en.ts'

/** The stable code of whatever was thrown: the server's, `offline` where it could not be reached, else `unexpected`. */
export function codeOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.code
  if (error instanceof TypeError) return 'offline' // what fetch throws when there is no connection
  return 'unexpected'
}

/** The sentence of a code that travels alone (`job.problem`, `item.problem`). */
export function sentenceOf(code: string | null, t: Texts): string {
  const known: Readonly<Record<string, string>> = { ...t.codes, ...t.problems }
  return (code !== null && known[code]) || t.problems.unexpected
}

/** The sentence of whatever was thrown. The server answers in the language the page asked for, so its title is one. */
export function problemText(error: unknown, t: Texts): string {
  const code = codeOf(error)
  const known: Readonly<Record<string, string>> = t.problems
  if (known[code]) return known[code]
  if (error instanceof ProblemError) return error.problem.detail ?? error.problem.title
  return t.problems.unexpected
}
