/** The control register as people read it: rule, tests and the last evidence behind each sentence of the notice (C169). */
import { readFileSync } from 'node:fs'
import { type Locale, type Notice, policy, registerOf } from '@sotto/policy'

/** A test that proves a clause. */
interface Proof {
  readonly file: string
  readonly name: string
}

/** What `npm run clauses --write` found. */
interface Evidence {
  readonly made_at: string
  /** How many rules were broken. */
  readonly broken: number
  readonly rows: readonly {
    readonly clause: number
    readonly rules: readonly string[]
    readonly tests: readonly Proof[]
    /** Its rule was broken, and every test named for it failed. */
    readonly proven: boolean
  }[]
}

const evidence = JSON.parse(readFileSync(new URL('evidence.json', import.meta.url), 'utf8')) as Evidence
const byClause = new Map(evidence.rows.map((row) => [row.clause, row]))

/** The register of a printed notice. */
export function controlRegister(notice: Notice) {
  const locale: Locale = notice.locale
  const sections = registerOf(policy, notice).map((one) => ({
    ...one,
    sentences: one.sentences.map((line) => line.map((piece) => ({ ...piece }))),
    clauses: [...one.clauses],
  }))
  const named = new Set(sections.flatMap(({ clauses }) => clauses))
  const clauses = [...named]
    .sort((a, b) => a - b)
    .map((clause) => {
      const row = byClause.get(clause)
      return {
        clause,
        proven: row?.proven === true,
        rules: [...(row?.rules ?? [])],
        tests: (row?.tests ?? []).map(({ file, name }) => ({ file, name })),
      }
    })
  const proven = evidence.rows.filter((row) => row.proven).length
  return { locale, made_at: evidence.made_at, broken: evidence.broken, proven, sections, clauses }
}
