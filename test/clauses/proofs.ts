/** Which tests name which clause: read from the test files themselves. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './mutation.ts'

/** How many clauses there are. */
export const CLAUSES = 272

/** A test that names a clause, or a file whose heading does. */
export interface Proof {
  readonly file: string
  readonly name: string
}

const CALL = /\b(?:test|describe|it)(?:\.each\([^`'"]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs
const NUMBER = /\bC(\d{1,3})\b(?:-C(\d{1,3})\b)?/g

/** The clauses a text names; `C251-C256` names all between. */
export function clausesIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].flatMap(([, first, last]) => {
    const from = Number(first)
    const to = last === undefined ? from : Number(last)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
  })
}

/** All proofs, by clause. */
export function proofsByClause(): Map<number, Proof[]> {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.test.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const found = new Map<number, Proof[]>()
  const add = (clause: number, proof: Proof) => {
    if (clause >= 1 && clause <= CLAUSES) found.set(clause, [...(found.get(clause) ?? []), proof])
  }
  for (const file of files.split('\0').filter(Boolean)) {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const heading = /^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ''
    for (const clause of new Set(clausesIn(heading))) add(clause, { file, name: '' })
    for (const [, , name = ''] of source.matchAll(CALL))
      for (const clause of new Set(clausesIn(name))) add(clause, { file, name })
  }
  return found
}
