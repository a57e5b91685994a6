/**
 * `npm test`: types, style, then every test, browser included. The last line printed counts them, for people and machines
 * alike; types and style count as one each.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`, FORCE_COLOR: '0' }

function passes(name: string, args: string[]): boolean {
  console.log(`\n${name} ${args.join(' ')}`)
  return spawnSync(bin(name), args, { cwd: root, env, stdio: 'inherit' }).status === 0
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

const count = { passed: 0, failed: 0, skipped: 0 }
for (const ok of [passes('tsc', ['-b']), passes('biome', ['check', '.'])]) count[ok ? 'passed' : 'failed']++

const directory = mkdtempSync(join(tmpdir(), 'sotto-report-'))
const file = join(directory, 'report.json')
const ok = passes('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...process.argv.slice(2),
])
const report = JSON.parse(readFileSync(file, 'utf8')) as Report
rmSync(directory, { recursive: true })
count.passed += report.numPassedTests
count.failed += report.numFailedTests
count.skipped += report.numPendingTests + report.numTodoTests
// A file that fails before its first test has no test to count: it counts as one.
count.failed += report.testResults.filter((r) => r.status === 'failed' && r.assertionResults.length === 0).length
if (!ok && count.failed === 0) count.failed++

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`)
process.exitCode = count.failed > 0 ? 1 : 0
