/** One trial: tests run with a rule broken, or with all rules whole. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '@sotto/server/testing/pglite'
import { type Mutation, ROOT } from './mutation.ts'

/**
 * `held`: the test failed, as it must. `survived`: it passed with the rule broken. `absent`: no such test passes while all
 * is whole. `not loaded`: the test never came to the rule.
 */
export type Outcome = 'held' | 'survived' | 'absent' | 'not loaded'

interface Report {
  readonly testResults: {
    readonly status: string
    readonly assertionResults: { readonly fullName: string; readonly status: string }[]
  }[]
}

const quoted = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Runs trials on one embedded database that was made once. */
export class Trials implements Disposable {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'sotto-clauses-'))
  readonly #embedded = join(this.#scratch, 'embedded')

  /** Makes the database. */
  async ready(): Promise<void> {
    const { close } = await openPglite(this.#embedded)
    await close()
  }

  /** The mutations whose tests pass while every rule is whole: a test that fails by itself proves nothing. */
  async passing(all: readonly Mutation[]): Promise<Set<Mutation>> {
    const files = new Set(all.map((one) => one.test))
    const names = new Set(all.map((one) => one.name))
    const report = await this.#run([...files], [...names])
    const passed = (name: string) => named(report, name).some(({ status }) => status === 'passed')
    return new Set(all.filter(({ name }) => passed(name)))
  }

  /** What the test says when the rule is broken. */
  async outcome(one: Mutation): Promise<Outcome> {
    const mark = join(this.#scratch, `${randomUUID()}.mark`)
    const report = await this.#run([one.test], [one.name], { broken: one, mark })
    if (!existsSync(mark)) return 'not loaded'
    // A policy that does not hold together any more is refused before the first test: that is a failure too.
    if (report.testResults.some((file) => file.status === 'failed' && file.assertionResults.length === 0)) return 'held'
    const ran = named(report, one.name).filter(({ status }) => status === 'passed' || status === 'failed')
    // What fails before its tests come to run (in a hook) has noticed too.
    if (ran.length === 0) return report.testResults.some(({ status }) => status === 'failed') ? 'held' : 'absent'
    return ran.some(({ status }) => status === 'failed') ? 'held' : 'survived'
  }

  [Symbol.dispose](): void {
    rmSync(this.#scratch, { recursive: true })
  }

  async #run(
    files: readonly string[],
    names: readonly string[],
    trial?: { broken: Mutation; mark: string },
  ): Promise<Report> {
    const file = join(this.#scratch, `${randomUUID()}.json`)
    const { file: of, from, to } = trial?.broken ?? {}
    const child = spawn(
      join(ROOT, 'node_modules/.bin/vitest'),
      [
        'run',
        '--config=test/clauses/vitest.config.ts',
        '--reporter=json',
        `--outputFile.json=${file}`,
        '-t',
        names.map(quoted).join('|'),
        ...files,
      ],
      {
        cwd: ROOT,
        stdio: 'ignore',
        env: {
          ...process.env,
          SOTTO_CLAUSES_EMBEDDED: this.#embedded,
          ...(trial === undefined
            ? {}
            : { SOTTO_BROKEN_RULE: JSON.stringify({ file: of, from, to }), SOTTO_BROKEN_MARK: trial.mark }),
        },
      },
    )
    await once(child, 'exit')
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  }
}

function named(report: Report, name: string) {
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  return all.filter(({ fullName }) => fullName.includes(name))
}
