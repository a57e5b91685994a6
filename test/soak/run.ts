/**
 * `npm run soak [-- --kills N --files N --people N --rights N --hours N]`: what takes too long for every day. Runs in rounds, keeps
 * what each found as it ends, and prints and writes the result under docs/soak/. One that was broken off goes on where it
 * stopped when it is started again the same day; what is missing yet stands in the result. `--afresh` begins anew.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'

const root = join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    files: { type: 'string', default: '5000' },
    people: { type: 'string', default: '1000' },
    rights: { type: 'string', default: '10000' },
    hours: { type: 'string', default: '3' },
    afresh: { type: 'boolean', default: false },
  },
})

/** One thing to do often or long. `round` is how much of it is done at once. */
interface Part {
  readonly name: string
  readonly unit: string
  readonly wanted: number
  readonly round: number
  readonly files: readonly string[]
  readonly variable: string
}

const parts: readonly Part[] = [
  {
    name: 'Kills',
    unit: 'times kill -9, half on each database',
    wanted: Number(values.kills),
    round: 50,
    files: ['test/crash.test.ts'],
    variable: 'KILLS',
  },
  {
    name: 'Hostile files',
    unit: 'files',
    wanted: Number(values.files),
    round: 1000,
    files: ['test/hostile/hostile.test.ts'],
    variable: 'HOSTILE_FILES',
  },
  {
    name: 'Many people',
    unit: 'people at once',
    wanted: Number(values.people),
    round: Number.POSITIVE_INFINITY,
    files: ['test/soak/people.soak.ts'],
    variable: 'PEOPLE',
  },
  {
    name: 'Rights of many',
    unit: 'people with recordings, a tenth of them using their rights at once',
    wanted: Number(values.rights),
    round: Number.POSITIVE_INFINITY,
    files: ['test/soak/rights.soak.ts'],
    variable: 'RIGHTS',
  },
  {
    name: 'A long recording',
    unit: 'hours',
    wanted: Number(values.hours),
    round: Number.POSITIVE_INFINITY,
    files: ['test/soak/long.soak.ts'],
    variable: 'HOURS',
  },
]

interface Round {
  readonly part: string
  readonly done: number
  readonly ok: boolean
  readonly minutes: number
  readonly commit: string
  readonly said: readonly string[]
}

const day = new Date().toISOString().slice(0, 10)
const kept = join(root, '.cache', 'soak', `${day}.json`)
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim()
const rounds: Round[] = existsSync(kept) && !values.afresh ? (JSON.parse(readFileSync(kept, 'utf8')) as Round[]) : []

/** Runs test files by vitest; lines that begin with a figure or a seed are kept. */
function run(part: Part, count: number): Round {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-soak-'))
  const report = join(directory, 'report.json')
  const began = Date.now()
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status, stdout } = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['run', ...reporters, '--config', 'test/soak/vitest.config.ts', ...part.files],
    {
      cwd: root,
      env: { ...process.env, [part.variable]: String(count), FORCE_COLOR: '0' },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const plain = stripVTControlCharacters(stdout)
  if (status !== 0) process.stdout.write(plain.slice(-8000))
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  rmSync(directory, { recursive: true })
  const said = plain.split('\n').filter((line) => /^(seed|soak)\b/i.test(line) && !line.includes('run again'))
  return {
    part: part.name,
    done: count,
    ok: status === 0,
    minutes: (Date.now() - began) / 60_000,
    commit,
    said: [`${numPassedTests} passed, ${numFailedTests} failed`, ...said],
  }
}

const of = (part: Part) => rounds.filter((round) => round.part === part.name)
const doneOf = (part: Part) => of(part).reduce((sum, round) => sum + round.done, 0)

/** What is known so far. */
function result(): string {
  const [cpu] = cpus()
  const commits = [...new Set(rounds.map((round) => round.commit))].join(', ')
  return [
    `# Soak of ${day}`,
    '',
    `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}, commit ${commits}.`,
    '',
    '| part | wanted | done | | minutes |',
    '|---|---|---|---|---|',
    ...parts.map((part) => {
      const held = of(part).every((round) => round.ok) ? (doneOf(part) === 0 ? 'not run' : 'held') : '**failed**'
      const minutes = of(part).reduce((sum, round) => sum + round.minutes, 0)
      return `| ${part.name} | ${part.wanted} ${part.unit} | ${doneOf(part)} | ${held} | ${minutes.toFixed(1)} |`
    }),
    ...parts.flatMap((part) =>
      of(part).length === 0 ? [] : ['', `${part.name}:`, ...of(part).map((round) => `- ${round.said.join('; ')}`)],
    ),
    '',
  ].join('\n')
}

function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

for (const part of parts)
  while (doneOf(part) < part.wanted) {
    const round = run(part, Math.min(part.round, part.wanted - doneOf(part)))
    rounds.push(round)
    keep(kept, JSON.stringify(rounds))
    keep(join(root, 'docs', 'soak', `${day}.md`), result())
    console.log(
      `${part.name}: ${doneOf(part)} of ${part.wanted}, ${round.ok ? 'held' : 'FAILED'}, ${round.minutes.toFixed(1)} min`,
    )
  }
console.log(`\n${result()}`)
process.exitCode = rounds.every(({ ok }) => ok) ? 0 : 1
