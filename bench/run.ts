/**
 * `npm run bench [section...]`: side-by-side measurements in one run, printed and kept in docs/bench/, each section with
 * its day and commit. Ratios are what counts: the machine is named so that nobody compares figures of two machines. A
 * missed aim is named, not hidden.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { cleaning } from './cleaning.ts'
import { decision } from './decision.ts'
import { denoise } from './denoise.ts'
import { erasing } from './erasing.ts'
import { faces } from './faces.ts'
import type { Section } from './measure.ts'
import { media } from './media.ts'
import { route } from './route.ts'
import { sealing } from './sealing.ts'
import { transcribe } from './transcribe.ts'

const sections: Record<string, () => Promise<Section>> = {
  decision,
  route,
  sealing,
  erasing,
  media,
  denoise,
  cleaning,
  transcribe,
  faces,
}

/** A section as it was measured last. */
interface Measured extends Section {
  readonly day: string
  readonly commit: string
}

const directory = join(import.meta.dirname, '..', 'docs', 'bench')
const results = join(directory, 'results.json')
const known = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, Measured>) : {}
const wanted = process.argv.slice(2)
const day = new Date().toISOString().slice(0, 10)
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
  cwd: import.meta.dirname,
  encoding: 'utf8',
}).stdout.trim()

function textOf({ title, rows, day, commit }: Measured): string[] {
  return [
    `## ${title}`,
    '',
    '| | measured | aim | |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, value, aim = '', met }) =>
        `| ${what} | ${value} | ${aim} | ${met === undefined ? '' : met ? 'met' : 'missed'} |`,
    ),
    '',
    `Measured ${day}, commit ${commit}.`,
    '',
  ]
}

for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measured = { ...(await measure()), day, commit }
  known[name] = measured
  console.log(textOf(measured).join('\n'))
}
const order = Object.keys(sections)
const all = Object.entries(known).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
const missed = all.flatMap(([, { title, rows }]) =>
  rows.filter(({ met }) => met === false).map(({ what, value, aim }) => `- ${title}: ${what}: ${value}, aim ${aim}`),
)
const [cpu] = cpus()
const text = [
  '# Bench',
  '',
  `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}. Medians; rivals in turns within one run.`,
  '',
  ...all.flatMap(([, measured]) => textOf(measured)),
  '## Missed',
  '',
  ...(missed.length > 0 ? missed : ['Nothing.']),
  '',
].join('\n')
console.log(`${missed.length} aims missed`)
mkdirSync(directory, { recursive: true })
writeFileSync(results, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`)
writeFileSync(join(directory, 'README.md'), text)
