/** Decoding, peaks and copying against the ffmpeg command line (aim: no more processor time), and a 10-hour file's memory. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cost, cost } from './cpu.ts'
import { median, type Row, ratioRow, type Section } from './measure.ts'

const ROUNDS = 3
const HOUR = Number(process.env.SOTTO_BENCH_SECONDS ?? 3600)
const cache = join(import.meta.dirname, '..', '.cache', 'bench')
const node = process.execPath
const script = (name: string) => join(import.meta.dirname, name)

function ffmpeg(...args: string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr.slice(-400))
}

/** An hour of voice-like sound and a moving picture, made once. */
function hour(kind: 'mp3' | 'mp4'): string {
  mkdirSync(cache, { recursive: true })
  const file = join(cache, `hour-${HOUR}.${kind}`)
  if (existsSync(file)) return file
  const sound = [
    '-f',
    'lavfi',
    '-i',
    `aevalsrc='0.3*sin(2*PI*t*(160+60*sin(t*3)))*(0.6+0.4*sin(t*9))+0.02*random(0)|0.3*sin(2*PI*t*(160+60*sin(t*3)))':s=44100:d=${HOUR}`,
  ]
  if (kind === 'mp3') ffmpeg(...sound, '-c:a', 'libmp3lame', '-b:a', '128k', file)
  else
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      `testsrc=size=640x360:rate=15:duration=${HOUR}`,
      '-i',
      hour('mp3'),
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      '-shortest',
      file,
    )
  return file
}

function rivals(runs: Record<'ours' | 'theirs', () => Cost>): Record<'ours' | 'theirs', number> {
  const times = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round < ROUNDS; round++)
    for (const name of round % 2 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const))
      times[name].push(runs[name]().cpu)
  return { ours: median(times.ours), theirs: median(times.theirs) }
}

export async function media(): Promise<Section> {
  const [mp3, mp4] = [hour('mp3'), hour('mp4')]
  const out = join(cache, 'out.m4a')
  const rows: Row[] = []
  const add = (what: string, { ours, theirs }: Record<'ours' | 'theirs', number>) =>
    rows.push(ratioRow(`${what}: ${ours.toFixed(2)} s against ${theirs.toFixed(2)} s`, ours / theirs, 1, true))
  const quiet = ['-nostdin', '-v', 'error', '-y', '-threads', '1']
  add(
    'decode 1 h of mp3',
    rivals({
      ours: () => cost(node, [script('decode-all.ts'), mp3]),
      theirs: () => cost('ffmpeg', [...quiet, '-i', mp3, '-f', 'null', '-']),
    }),
  )
  add(
    'peaks of 1 h of mp3 (against decoding to samples and reading them)',
    rivals({
      ours: () => cost(node, [script('peaks-of.ts'), mp3]),
      theirs: () =>
        cost('bash', ['-c', `ffmpeg ${quiet.join(' ')} -i ${mp3} -f s16le - | ${node} ${script('peaks-loop.ts')}`]),
    }),
  )
  add(
    'the sound out of 1 h of mp4, copied',
    rivals({
      ours: () => cost(node, [script('extract-to.ts'), mp4, out]),
      theirs: () => cost('ffmpeg', [...quiet, '-i', mp4, '-vn', '-c:a', 'copy', out]),
    }),
  )
  const ten = join(cache, 'ten-hours.mp3')
  writeFileSync(ten, '')
  const bytes = readFileSync(mp3)
  for (let n = 0; n < 10; n++) appendFileSync(ten, bytes)
  const { peak } = cost(node, [script('peaks-of.ts'), ten])
  rmSync(ten)
  rows.push({
    what: 'largest process while drawing a 10-hour file',
    value: `${peak.toFixed(0)} MB`,
    aim: '<= 120 MB',
    met: peak <= 120,
  })
  return { title: 'Decoding, peaks and copying against the ffmpeg command line (processor seconds)', rows }
}
