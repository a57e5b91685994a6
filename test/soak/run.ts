/**
 * `npm run soak [-- --kills N --files N --people N --hours N --film MINUTES]`: what takes too long for every day. Runs each part, prints
 * and keeps a dated result under docs/soak/, and ends with an exit code of its own. A part of 0 is left out, and the
 * result says so.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'

const root = join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    files: { type: 'string', default: '5000' },
    people: { type: 'string', default: '1000' },
    hours: { type: 'string', default: '3' },
    film: { type: 'string', default: '30' },
  },
})

interface Outcome {
  readonly part: string
  readonly asked: string
  readonly ok: boolean
  readonly minutes: number
  readonly said: readonly string[]
}

/** Runs test files by vitest with these variables; lines that begin with a figure or a seed are kept. */
function run(part: string, asked: string, files: string[], env: Record<string, string>): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-soak-'))
  const report = join(directory, 'report.json')
  const began = Date.now()
  console.log(`\n${part}: ${asked}`)
  const { status, stdout } = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--config',
      'test/soak/vitest.config.ts',
      ...files,
    ],
    {
      cwd: root,
      env: { ...process.env, ...env, FORCE_COLOR: '0' },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const plain = stripVTControlCharacters(stdout)
  process.stdout.write(plain.slice(-4000))
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  rmSync(directory, { recursive: true })
  const said = plain.split('\n').filter((line) => /^(seed|soak)\b/i.test(line))
  return {
    part,
    asked,
    ok: status === 0,
    minutes: (Date.now() - began) / 60_000,
    said: [`${numPassedTests} passed, ${numFailedTests} failed`, ...said],
  }
}

const outcomes: Outcome[] = []
if (Number(values.kills) > 0)
  outcomes.push(
    run('Kills', `${values.kills} times kill -9, half on each database`, ['test/crash.test.ts'], {
      KILLS: values.kills,
    }),
  )
if (Number(values.files) > 0)
  outcomes.push(
    run('Hostile files', `${values.files} files`, ['test/hostile/hostile.test.ts'], { HOSTILE_FILES: values.files }),
  )
if (Number(values.people) > 0)
  outcomes.push(
    run('Many people', `${values.people} people at once`, ['test/soak/people.soak.ts'], { PEOPLE: values.people }),
  )
if (Number(values.hours) > 0)
  outcomes.push(run('A long recording', `${values.hours} hours`, ['test/soak/long.soak.ts'], { HOURS: values.hours }))
if (Number(values.film) > 0)
  outcomes.push(
    run('A film with 200 cuts', `${values.film} minutes`, ['test/soak/film.soak.ts'], { FILM_MINUTES: values.film }),
  )

const day = new Date().toISOString().slice(0, 10)
const [cpu] = cpus()
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim()
const text = [
  `# Soak of ${day}`,
  '',
  `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}, commit ${commit}.`,
  '',
  '| part | asked | | minutes |',
  '|---|---|---|---|',
  ...outcomes.map(
    ({ part, asked, ok, minutes }) => `| ${part} | ${asked} | ${ok ? 'held' : '**failed**'} | ${minutes.toFixed(1)} |`,
  ),
  '',
  ...outcomes.flatMap(({ part, said }) => [`${part}: ${said.join('; ')}`, '']),
].join('\n')
console.log(`\n${text}`)
mkdirSync(join(root, 'docs', 'soak'), { recursive: true })
writeFileSync(join(root, 'docs', 'soak', `${day}.md`), text)
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
