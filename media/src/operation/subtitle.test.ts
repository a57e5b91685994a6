import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { goodFile } from '../testing/files.ts'
import { parseSrt } from '../words/srt.ts'
import { subtitle } from './subtitle.ts'

const cues = [
  { start: 0.25, end: 0.75, lines: ['Good morning,', 'everybody.'] },
  { start: 1, end: 1.5, lines: ['早上好。'] },
]

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0

test.each(['mp4', 'mov', 'webm', 'mkv'] as const)(
  '%s: a track of subtitles beside untouched picture and sound',
  async (kind) => {
    const film = goodFile(kind)
    const sink = new MemorySink()
    const result = await subtitle(memorySource(film), sink, { cues, language: 'eng' })
    expect(result.format).toBe(kind)
    const [was, is] = [await probe(memorySource(film)), await probe(memorySource(Uint8Array.from(sink.bytes)))]
    expect(is.streams.filter(({ type }) => type === 'subtitle')).toHaveLength(1)
    expect(is.streams.filter(({ type }) => type !== 'subtitle')).toEqual(was.streams)
    expect(Math.abs(is.duration - was.duration)).toBeLessThan(0.1)
    if (!hasFfmpeg) return
    // Somebody else's reader finds the same lines at the same times.
    const folder = mkdtempSync(join(tmpdir(), 'sotto-subtitle-'))
    const path = join(folder, `film.${kind}`)
    writeFileSync(path, sink.bytes)
    const { stdout } = spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:s:0', '-f', 'srt', '-'], {
      encoding: 'utf8',
    })
    rmSync(folder, { recursive: true })
    const read = parseSrt(stdout)
    // Opus begins 7 ms before what is heard, and some readers count from there.
    for (const [index, cue] of cues.entries()) {
      expect(Math.abs((read[index]?.start ?? 9) - cue.start)).toBeLessThan(0.01)
      expect(Math.abs((read[index]?.end ?? 9) - cue.end)).toBeLessThan(0.01)
    }
    expect(read.map(({ lines }) => lines.join('\n').replace(/<[^>]+>/g, ''))).toEqual(
      cues.map(({ lines }) => lines.join('\n')),
    )
  },
)

test('in two languages: a track each, each with its own words', async () => {
  const sink = new MemorySink()
  const other = [{ start: 0.5, end: 1, lines: ['Guten Morgen.'] }]
  const options = { cues, language: 'en', more: [{ cues: other, language: 'de' }] }
  await subtitle(memorySource(goodFile('mp4')), sink, options)
  const bytes = Uint8Array.from(sink.bytes)
  const { streams } = await probe(memorySource(bytes))
  expect(streams.filter(({ type }) => type === 'subtitle')).toHaveLength(2)
  expect(Buffer.from(bytes).includes('Guten Morgen.')).toBe(true)
  if (!hasFfmpeg) return
  const folder = mkdtempSync(join(tmpdir(), 'sotto-subtitle-'))
  const path = join(folder, 'film.mp4')
  writeFileSync(path, bytes)
  const { stderr } = spawnSync('ffmpeg', ['-i', path], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(stderr).toMatch(/\(eng\): Subtitle[\s\S]*\(deu\): Subtitle/)
})

test('not into sound', async () => {
  await expect(subtitle(memorySource(goodFile('mp3')), new MemorySink(), { cues })).rejects.toThrow(BadRequestError)
  await expect(subtitle(memorySource(goodFile('m4a')), new MemorySink(), { cues })).rejects.toThrow(BadRequestError)
})
