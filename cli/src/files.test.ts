/** The command line on plain files, as people start it: `bin/sotto.mjs`, whatever Node is in the way. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeAll, memorySource, pcmLength } from '@sotto/media'
import { blankPixels } from '@sotto/media/face/pixels'
import { writePicture } from '@sotto/media/picture/write'
import { goodFile } from '@sotto/media/testing/files'
import { testSound, written } from '@sotto/media/testing/sound'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const bin = join(import.meta.dirname, '..', 'bin', 'sotto.mjs')
const folder = mkdtempSync(join(tmpdir(), 'sotto-cli-'))
const here = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function sotto(args: readonly string[], env: Record<string, string> = {}, interruptAfter?: RegExp): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, LANG: 'C', ...env },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      err += data
    })
    if (interruptAfter !== undefined) {
      // The output's temporary file shows that the work has begun.
      const poll = setInterval(() => {
        if (!readdirSync(folder).some((name) => interruptAfter.test(name))) return
        clearInterval(poll)
        child.kill('SIGINT')
      }, 20)
      child.on('close', () => clearInterval(poll))
    }
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

let inputs: string[] = []
beforeAll(() => {
  writeFileSync(here('in.m4a'), goodFile('m4a'))
  writeFileSync(here('in.mp4'), goodFile('mp4'))
  writeFileSync(here('in.wav'), written(testSound(16_000, 3), { format: 'wav' }))
  writeFileSync(here('text.mp3'), 'this is text')
  writeFileSync(here('empty.wav'), '')
  mkdirSync(here('folder.wav'))
  inputs = readdirSync(folder).sort()
})
/** Nothing but the inputs and what a test made on purpose. */
const left = (): string[] => readdirSync(folder).filter((name) => !inputs.includes(name))
beforeEach(() => {
  for (const name of left()) rmSync(here(name))
})

describe('results', () => {
  test('info', async () => {
    const { code, out, err } = await sotto(['info', 'in.mp4', '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const info = JSON.parse(out)
    expect(info).toMatchObject({ container: 'mp4' })
    expect(info.duration).toBeCloseTo(2, 1)
    expect(info.streams).toContainEqual({ type: 'video', codec: 'h264', width: 64, height: 48, frameRate: 10 })
    expect(info.streams).toContainEqual({ type: 'audio', codec: 'aac', sampleRate: 48_000, channels: 1 })
  })

  test('clip is exact, and its file has the format its name says', async () => {
    expect(await sotto(['clip', 'in.wav', '--from', '0.5', '--to', '0:01.75', '-o', 'out.flac'])).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    expect(readFileSync(here('out.flac')).subarray(0, 4).toString()).toBe('fLaC')
    expect(pcmLength(await decodeAll(memorySource(readFileSync(here('out.flac')))))).toBe(20_000)
  })

  test('a copied clip with hidden pictures says so', async () => {
    const copied = await sotto(['clip', 'in.mp4', '--from', '0.6', '--to', '1.5', '-o', 'out.mp4'])
    expect(copied.code).toBe(0)
    expect(copied.err).toMatch(/0\.6 s .*--reencode/)
    expect(
      await sotto(['clip', 'in.mp4', '--from', '0.6', '--to', '1.5', '-o', 'out2.mp4', '--reencode']),
    ).toMatchObject({ code: 0, err: '' })
  })

  test('extract takes the sound unchanged, convert changes it', async () => {
    const { out } = await sotto(['extract', 'in.mp4', '-o', 'out.m4a', '--json'])
    expect(JSON.parse(out)).toMatchObject({ format: 'm4a', how: 'copied' })
    expect((await sotto(['convert', 'in.m4a', '-o', 'out.mp3'])).code).toBe(0)
    expect(left().sort()).toEqual(['out.m4a', 'out.mp3'])
  })

  test('face points (C262)', async () => {
    const fixture = join(import.meta.dirname, '..', '..', 'media', 'fixtures', 'faces', 'astronaut.jpg')
    const { code, out } = await sotto(['face', 'points', fixture, '--json'])
    expect(code).toBe(0)
    const { faces } = JSON.parse(out)
    expect(faces).toHaveLength(1)
    expect(faces[0].points).toHaveLength(468)
    expect(faces[0].points[0]).toHaveLength(3)
    expect(Object.keys(faces[0]).sort()).toEqual(['box', 'points', 'pose', 'quality'])
    expect(await sotto(['face', 'points', 'in.mp4'])).toMatchObject({ code: 3 })
    writeFileSync(here('grey.png'), await writePicture(blankPixels(300, 300), 'png'))
    expect(await sotto(['face', 'points', 'grey.png'])).toEqual({
      code: 3,
      out: '',
      err: 'sotto: no face was found in the picture\n',
    })
  })

  test('face swap, templates, verify (C268): labelled always, and no metadata of the selfie', async () => {
    const fixture = join(import.meta.dirname, '..', '..', 'media', 'fixtures', 'faces', 'astronaut.jpg')
    const listed = JSON.parse((await sotto(['face', 'templates', '--json'])).out)
    expect(listed.length).toBeGreaterThanOrEqual(16)
    expect(new Set(listed.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['picture', 'clip']))
    expect((await sotto(['face', 'swap', fixture, '--template', 'royal-nod', '-o', 'none.png'])).code).toBe(2)
    const made = await sotto(['face', 'swap', fixture, '--template', 'queen', '-o', 'out.jpg', '--json'])
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' })
    const { id } = JSON.parse(made.out)
    const read = JSON.parse((await sotto(['verify', 'out.jpg', '--json'])).out)
    expect(read).toMatchObject({ format: 'jpeg', synthetic: true, aigc: { Label: '1', ProduceID: id } })
    expect(read.credential).toMatchObject({ unchanged: true })
    expect(JSON.parse((await sotto(['verify', fixture, '--json'])).out).synthetic).toBe(false)
    // A clip: its pictures labelled, its sound kept, the data says so.
    const film = await sotto(['face', 'swap', fixture, '--template', 'summit', '-o', 'out.mp4', '--json'])
    expect(film.code).toBe(0)
    expect(JSON.parse(film.out)).toMatchObject({ frames: 80, without: 0, width: 432, height: 540, duration: 4 })
    const said = JSON.parse((await sotto(['verify', 'out.mp4', '--json'])).out)
    expect(said).toMatchObject({ format: 'mp4', synthetic: true, credential: { unchanged: true } })
    expect(said.aigc.ProduceID).toBe(JSON.parse(film.out).id)
    expect((await sotto(['face', 'swap', fixture, '--template', 'queen', '-o', 'none.mp4'])).code).toBe(2)
    // A picture of one's own as the template.
    expect((await sotto(['face', 'swap', fixture, '--template', fixture, '-o', 'own.webp'])).code).toBe(0)
    writeFileSync(here('grey.png'), await writePicture(blankPixels(300, 300), 'png'))
    expect((await sotto(['face', 'swap', 'grey.png', '--template', 'queen', '-o', 'none.png'])).code).toBe(3)
    expect((await sotto(['face', 'swap', fixture, '--template', 'nobody', '-o', 'none.png'])).code).toBe(2)
    expect((await sotto(['face', 'swap', fixture, '--template', 'queen', '-o', 'x.png', '--no-label'])).code).toBe(2)
    expect(left().sort()).toEqual(['grey.png', 'out.jpg', 'out.mp4', 'own.webp'])
  })

  test('peaks', async () => {
    const { out } = await sotto(['peaks', 'in.wav', '--json'])
    const peaks = JSON.parse(out)
    expect(peaks).toMatchObject({ duration: 3, perSecond: 100, length: 300 })
    expect(peaks.min).toHaveLength(300)
    expect(peaks.max).toHaveLength(300)
    expect(Math.max(...peaks.max)).toBeLessThanOrEqual(1)
    expect(Math.min(...peaks.min)).toBeLessThan(0)
  })
})

describe('complaints are one line, with the right code, and leave no file', () => {
  test.each([
    [['info', 'text.mp3'], 3],
    [['info', 'empty.wav'], 3],
    [['info', 'folder.wav'], 3],
    [['info', 'missing.wav'], 3],
    [['convert', 'text.mp3', '-o', 'out.wav'], 3],
    [['clip', 'in.wav', '--from', '2', '--to', '1', '-o', 'out.wav'], 2],
    [['clip', 'in.wav', '--from', '9', '--to', '10', '-o', 'out.wav'], 2],
    [['clip', 'in.wav', '--from', 'x', '--to', '1', '-o', 'out.wav'], 2],
    [['convert', 'in.wav', '-o', 'in.wav'], 2],
    [['convert', 'in.wav', '-o', 'out.xyz'], 2],
    [['convert', 'in.wav'], 2],
    [['convert', 'in.wav', '--nonsense', '-o', 'out.mp3'], 2],
    [['info'], 2],
    [['sing'], 2],
    [['convert', 'in.wav', '-o', 'no/such/folder/out.mp3'], 1],
  ] as const)('%j: %i', async (args, code) => {
    const ran = await sotto(args)
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' })
    expect(ran.err).toMatch(/^sotto: [^\n]+\n$/)
    expect(left()).toEqual([])
  })

  test('an input is never overwritten', async () => {
    const before = readFileSync(here('in.wav'))
    await sotto(['convert', 'in.wav', '-o', 'in.wav'])
    expect(readFileSync(here('in.wav')).equals(before)).toBe(true)
  })
})

test('Ctrl-C cancels, and nothing is left behind', async () => {
  writeFileSync(
    here('long.flac'),
    written({ rate: 8000, channels: [new Float32Array(8000 * 3600)] }, { format: 'flac' }),
  )
  const { code, err } = await sotto(['convert', 'long.flac', '-o', 'out.mp3'], {}, /\.part$/)
  expect(code).toBe(130)
  expect(err).toBe('sotto: cancelled\n')
  expect(left()).toEqual(['long.flac'])
})

test('speaks Chinese by --lang and by the environment', async () => {
  expect((await sotto(['info', 'missing.wav', '--lang', 'zh-CN'])).err).toContain('无法读取')
  expect((await sotto(['info', 'text.mp3'], { LANG: 'zh_CN.UTF-8' })).err).toContain('这不是可读的媒体文件')
  expect((await sotto(['info', 'text.mp3'], { LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' })).err).toContain(
    'not a readable',
  )
})

test('help: an overview, and each command', async () => {
  const overview = await sotto(['--help'])
  expect(overview.code).toBe(0)
  for (const verb of ['info', 'clip', 'extract', 'convert', 'peaks']) expect(overview.out).toContain(`sotto ${verb} `)
  expect(await sotto(['clip', '--help'])).toMatchObject({ code: 0, err: '' })
  expect((await sotto([])).code).toBe(2)
})

describe('mix and cut', () => {
  test('a made sound under a voice, at a loudness; figures before and after', async () => {
    const { code, out } = await sotto([
      'mix',
      'in.wav',
      '--bed',
      'rain',
      '-o',
      'out.flac',
      '--loudness',
      '-20',
      '--json',
    ])
    expect(code).toBe(0)
    const { before, after, duration } = JSON.parse(out)
    expect(duration).toBeCloseTo(3, 2)
    expect(before.integrated).toBeLessThan(0)
    expect(Math.abs(after.integrated + 20)).toBeLessThan(0.3)
    expect(after.truePeak).toBeLessThanOrEqual(-1)
    const plain = await sotto(['mix', 'in.wav', '--bed', 'in.m4a', '-o', 'out2.wav', '--duck', '6', '--no-loop'])
    expect(plain).toMatchObject({ code: 0, err: '' })
    expect(plain.out).toMatch(/^before +-[\d.]+ LUFS .* dBTP\nafter +-[\d.]+ LUFS .* dBTP\n$/)
  })

  test('words marked in a file are cut, of a film with their pictures', async () => {
    const words = [0.1, 0.6, 1.1].map((start, i) => ({
      start,
      end: start + 0.4,
      text: `w${i}`,
      ...(i === 1 && { cut: true }),
    }))
    writeFileSync(here('words.json'), JSON.stringify({ language: 'en', duration: 2, segments: [{ words }] }))
    const { code, out } = await sotto(['cut', 'in.mp4', '--words', 'words.json', '-o', 'out.mp4', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ format: 'mp4', words: 1, cuts: [[0.55, 1.05]] })
    const info = JSON.parse((await sotto(['info', 'out.mp4', '--json'])).out)
    expect(Math.abs(info.duration - 1.5)).toBeLessThan(0.15)
    expect(info.streams.map(({ type }: { type: string }) => type).sort()).toEqual(['audio', 'video'])
  })

  test('moved and cut by times alone; long pauses shortened', async () => {
    writeFileSync(here('edit.json'), JSON.stringify({ cuts: [[0, 0.5]], order: [[2, 3]] }))
    expect((await sotto(['cut', 'in.wav', '--words', 'edit.json', '-o', 'out.wav'])).code).toBe(0)
    const moved = (await decodeAll(memorySource(readFileSync(here('out.wav'))))).channels[0] ?? []
    const was = testSound(16_000, 3).channels[0] ?? []
    expect(moved).toHaveLength(40_000)
    expect(moved[8000]).toBeCloseTo(was[40_000] ?? 9, 3)
    const quiet = testSound(16_000, 6)
    quiet.channels[0]?.fill(0, 16_000, 64_000)
    writeFileSync(here('pause.wav'), written(quiet, { format: 'wav' }))
    const { out } = await sotto(['cut', 'pause.wav', '--silences', '--keep', '0.5', '-o', 'out2.wav', '--json'])
    expect(JSON.parse(out).silences).toBe(1)
    expect(Math.abs(JSON.parse(out).duration - 3.5)).toBeLessThan(0.1)
  })

  test.each([
    [['mix', 'in.wav', '-o', 'out.wav'], 2],
    [['mix', 'in.wav', '--bed', 'nothing.mp3', '-o', 'out.wav'], 3],
    [['mix', 'in.wav', '--bed', 'in.m4a', '-o', 'in.m4a'], 2],
    [['mix', 'in.wav', '--bed', 'rain', '--duck', '99', '-o', 'out.wav'], 2],
    [['cut', 'in.wav', '-o', 'out.wav'], 2],
    [['cut', 'in.wav', '--words', 'text.mp3', '-o', 'out.wav'], 3],
    [['cut', 'in.wav', '--silences', '--longer', 'x', '-o', 'out.wav'], 2],
  ] as const)('%j: %i', async (args, code) => {
    const ran = await sotto(args)
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' })
    expect(ran.err).toMatch(/^sotto: [^\n]+\n$/)
    expect(left()).toEqual([])
  })
})

test('tags are those given, and words become a track of a film', async () => {
  expect((await sotto(['convert', 'in.m4a', '-o', 'out.mp3', '--title', 'A talk', '--date', '2026'])).code).toBe(0)
  expect(readFileSync(here('out.mp3')).includes('A talk')).toBe(true)
  writeFileSync(here('words.srt'), '1\n00:00:00,200 --> 00:00:00,900\nGood morning.\n')
  const { code, out } = await sotto(['subtitle', 'in.mp4', '--words', 'words.srt', '-o', 'out.mp4', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ format: 'mp4', cues: 1 })
  const info = JSON.parse((await sotto(['info', 'out.mp4', '--json'])).out)
  expect(info.streams.map(({ type }: { type: string }) => type).sort()).toEqual(['audio', 'subtitle', 'video'])
  expect((await sotto(['subtitle', 'in.mp4', '--words', 'text.mp3', '-o', 'out2.mp4'])).code).toBe(3)
  expect((await sotto(['transcribe', 'in.wav', '--format', 'pdf'])).code).toBe(2)
})

test('files one after another', async () => {
  const { code, out } = await sotto(['join', 'in.wav', 'in.m4a', '-o', 'out.flac', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out).duration).toBeCloseTo(5, 1)
  expect((await sotto(['join', 'in.wav', '-o', 'out2.flac'])).code).toBe(2)
})
