/** A rule broken on purpose, and the test that must notice. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vitest/config'
import type {} from 'vitest/node'

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..')

/** One broken rule. `from` occurs exactly once in `file`; `name` is part of the names of the tests that prove it. */
export interface Mutation {
  /** The clauses that the test proves, by number; decisions about gaps are no clauses. */
  readonly clauses: readonly number[]
  /** The rule: path of a source file in the repository. */
  readonly file: string
  readonly from: string
  readonly to: string
  /** The proof: path of a test file, and the words that its tests' names contain. */
  readonly test: string
  readonly name: string
}

/** A broken rule as it travels to the test run. */
export type Broken = Pick<Mutation, 'file' | 'from' | 'to'>

/** The source with the rule broken. @throws Error where the rule does not stand there exactly once */
export function breakRule({ file, from, to }: Broken, source = readFileSync(join(ROOT, file), 'utf8')): string {
  const places = source.split(from).length - 1
  if (places !== 1) throw new Error(`${file}: the rule stands there ${places} times: ${from}`)
  return source.replace(from, () => to)
}

/** Hands the run the broken source in place of the one on the disk, which stays as it is. */
export function breaking(broken: Broken): Plugin {
  const path = join(ROOT, broken.file)
  return {
    name: 'break-a-rule',
    enforce: 'pre',
    // The run keeps what it has transformed: of this file it must not, or the rule would stay whole, or broken.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (id.split('?', 1)[0] === path ? false : null)),
    transform(source, id) {
      if (id.split('?', 1)[0] !== path) return null
      const code = breakRule(broken, source)
      // That it was broken is told: a test that never loads the rule proves nothing about it.
      if (process.env.SOTTO_BROKEN_MARK) writeFileSync(process.env.SOTTO_BROKEN_MARK, broken.file)
      return { code, map: null }
    },
  }
}
