/**
 * `npm run bench [section...]`: side-by-side measurements in one run, printed and written to docs/bench/. Ratios are what
 * counts: the machine is named so that nobody compares figures of two machines. A missed aim is named, not hidden.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
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
  transcribe,
  faces,
}

const wanted = process.argv.slice(2)
const day = new Date().toISOString().slice(0, 10)
const [cpu] = cpus()
const lines = [
  `# Bench of ${day}`,
  '',
  `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}. Medians; rivals in turns within one run.`,
]
const missed: string[] = []
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { title, rows } = await measure()
  const text = ['', `## ${title}`, '', '| | measured | aim | |', '|---|---|---|---|']
  for (const { what, value, aim = '', met } of rows) {
    text.push(`| ${what} | ${value} | ${aim} | ${met === undefined ? '' : met ? 'met' : 'missed'} |`)
    if (met === false) missed.push(`${title}: ${what}: ${value}, aim ${aim}`)
  }
  console.log(text.join('\n'))
  lines.push(...text)
}
lines.push('', '## Missed', '', ...(missed.length ? missed.map((m) => `- ${m}`) : ['Nothing.']), '')
console.log(`\n${missed.length} aims missed`)
if (wanted.length === 0) {
  const directory = join(import.meta.dirname, '..', 'docs', 'bench')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, `${day}.md`), lines.join('\n'))
}
