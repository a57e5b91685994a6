/**
 * Hostile media: every kind of damage on every container ends in a result or a named error, within its limits.
 * `HOSTILE_FILES` (400) and `HOSTILE_SEED` choose the run; soak takes 5,000. A file that kills the engine is kept in
 * `artefacts/hostile` to become a fixture.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { encode, MemorySink, mediaErrorCodes, runMedia } from '@sotto/media'
import { confined } from '@sotto/media/child/sandbox'
import { defaultLimits } from '@sotto/media/limits'
import { fileKinds, goodFile, manyStreams } from '@sotto/media/testing/files'
import { afterAll, expect, test } from 'vitest'
import { damages, randomFrom } from './damage.ts'

const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31)
const count = Number(process.env.HOSTILE_FILES ?? 400)
/** Wall seconds one file may take for three tasks; a limit against hanging, far above what the slowest needs. */
const patience = 60
const maxMemory = 1.5e9

const folder = mkdtempSync(join(tmpdir(), 'sotto-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

function silence(seconds: number): Uint8Array {
  const sink = new MemorySink()
  using encoder = encode(sink, { format: 'opus', rate: 8000, channels: 1, bitrate: 6000 })
  const block = { rate: 8000, channels: [new Float32Array(8000 * 60)] }
  for (let done = 0; done < seconds; done += 60) encoder.write(block)
  encoder.end()
  return Uint8Array.from(sink.bytes)
}

interface Answer {
  readonly path: string
  readonly outcomes: readonly string[]
  readonly rss: number
}

/** A running harness and the way to ask it. */
class Harness {
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined
  #lines: Interface | undefined
  deaths = 0

  async ask(path: string): Promise<Answer> {
    const child = this.#process ?? (await this.#start())
    const lines = this.#lines
    const answer = await new Promise<Answer>((resolve) => {
      const died = (code: number | null, signal: string | null): void =>
        resolve({ path, outcomes: [`died: ${signal ?? code}`], rss: 0 })
      const timer = setTimeout(() => child.kill('SIGKILL'), patience * 1000)
      child.once('close', died)
      lines?.once('line', (line) => {
        clearTimeout(timer)
        child.off('close', died)
        resolve(JSON.parse(line) as Answer)
      })
      child.stdin.write(`${path}\n`)
    })
    if (answer.outcomes[0]?.startsWith('died')) {
      this.deaths++
      this.#process = undefined
    }
    return answer
  }

  async #start(): Promise<ChildProcessByStdio<Writable, Readable, null>> {
    const main = join(import.meta.dirname, 'harness.ts')
    const [program = '', ...args] = await confined(
      [process.execPath, '--max-old-space-size=1024', main],
      { ...defaultLimits, memoryBytes: 4 * 2 ** 30, outputBytes: 50e6 },
      [folder, join(import.meta.dirname, '..', '..')],
    )
    const child = spawn(program, args, { cwd: '/', env: { PATH: '/usr/bin:/bin' }, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.on('error', () => {})
    this.#process = child
    this.#lines = createInterface({ input: child.stdout })
    return child
  }

  end(): void {
    this.#process?.kill('SIGKILL')
  }
}

test(`${count} hostile files end in a result or a named error`, { timeout: 3_600_000 }, async () => {
  console.log(`HOSTILE_SEED=${seed} HOSTILE_FILES=${count}`)
  const good = new Map(fileKinds.map((kind) => [kind, Buffer.from(goodFile(kind))]))
  const bomb = silence(1800)
  const streams = manyStreams(40)
  const kinds = Object.entries(damages)
  expect(kinds.length).toBeGreaterThanOrEqual(20)
  const harness = new Harness()
  const tally = new Map<string, number>()
  const deaths: string[] = []
  let rss = 0
  for (let i = 0; i < count; i++) {
    // Neighbouring numbers take neighbouring damages, and every damage meets every container in turn.
    const [name, damage] = kinds[i % kinds.length] as (typeof kinds)[number]
    const kind = fileKinds[(i + Math.floor(i / kinds.length)) % fileKinds.length] as (typeof fileKinds)[number]
    const random = randomFrom(seed + i * 7919)
    const other = good.get(fileKinds[random(fileKinds.length)] ?? 'mp3') ?? Buffer.alloc(0)
    const bytes = damage(good.get(kind) ?? Buffer.alloc(0), { random, kind, other, bomb, streams })
    const path = join(folder, `${i} ${name}.${kind.replace('24', '')}`)
    writeFileSync(path, bytes)
    const { outcomes, rss: used } = await harness.ask(path)
    rss = Math.max(rss, used)
    for (const outcome of outcomes) {
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
      if (outcome.startsWith('died')) {
        deaths.push(`${name} on ${kind} (seed ${seed}, file ${i}): ${outcome}`)
        keep(`${seed}-${i}.${kind}`, bytes)
      } else if (outcome !== 'done')
        expect(mediaErrorCodes, `${name} on ${kind}, seed ${seed}, file ${i}`).toContain(outcome)
    }
    expect(readdirSync(folder)).toEqual([path.slice(folder.length + 1)])
    rmSync(path)
  }
  harness.end()
  console.log(
    `outcomes: ${[...tally].map(([outcome, times]) => `${outcome} ${times}`).join(', ')}; most memory ${Math.round(rss / 1e6)} MB`,
  )
  // A death is caught by the child's isolation and named; it must stay the exception, and each one is looked at.
  expect(deaths).toEqual([])
  expect(rss).toBeLessThan(maxMemory)
})

function keep(name: string, bytes: Uint8Array): void {
  const kept = join(import.meta.dirname, '..', '..', 'artefacts', 'hostile')
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, name), bytes)
}

test('the same through the real media child: one damage of each kind of ending', async () => {
  const random = randomFrom(7)
  const material = { random, kind: 'mp4', other: goodFile('mp3'), bomb: silence(900), streams: manyStreams(40) }
  const good = Buffer.from(goodFile('mp4'))
  const limits = { decodedSeconds: 300, streams: 16 }
  const expected: [string, string][] = [
    ['an HLS playlist', 'unreadable-media'],
    ['a concat script', 'unreadable-media'],
    ['an empty file', 'unreadable-media'],
    ['cut in the header', 'unreadable-media'],
    ['very many streams', 'too-many-streams'],
    ['much silence in little', 'too-long'],
    ['absurd picture', 'too-large-picture'],
  ]
  for (const [name, code] of expected) {
    const path = join(folder, 'one.mp4')
    writeFileSync(path, damages[name]?.(good, material) ?? Buffer.alloc(0))
    const fd = openSync(path, 'r')
    await expect(runMedia({ kind: 'peaks' }, { input: { fd }, limits }), name).rejects.toMatchObject({ code })
    closeSync(fd)
    rmSync(path)
  }
  expect(readdirSync(folder)).toEqual([])
})

test.skipIf(!fixtures().length)('every file that once killed the engine', async () => {
  for (const name of fixtures()) {
    const fd = openSync(join(import.meta.dirname, 'fixtures', name), 'r')
    try {
      await runMedia({ kind: 'peaks' }, { input: { fd } })
    } catch (error) {
      expect(mediaErrorCodes, name).toContain((error as { code?: string }).code)
    } finally {
      closeSync(fd)
    }
  }
})

function fixtures(): string[] {
  try {
    return readdirSync(join(import.meta.dirname, 'fixtures'))
  } catch {
    return []
  }
}
