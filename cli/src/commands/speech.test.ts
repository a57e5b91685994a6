/** `sotto transcribe` and `sotto denoise` on files, as people start them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSrt, type Transcript } from '@sotto/media/words'
import { afterAll, afterEach, expect, test } from 'vitest'

const bin = join(import.meta.dirname, '../../bin/sotto.mjs')
const jfk = join(import.meta.dirname, '../../../media/fixtures/jfk.opus')
const folder = mkdtempSync(join(tmpdir(), 'sotto-speech-'))
const text = join(folder, 'text.mp3')
writeFileSync(text, 'this is text')
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  for (const name of readdirSync(folder)) if (name !== 'text.mp3') rmSync(join(folder, name))
})

function sotto(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, LANG: 'C' },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('words as JSON and, at once, as a subtitle file', () => {
  const { status, stdout } = sotto('transcribe', jfk, '--json', '-o', 'words.srt')
  expect(status).toBe(0)
  const transcript: Transcript = JSON.parse(stdout)
  expect(Object.keys(transcript)).toEqual(['language', 'duration', 'segments'])
  expect(transcript.language).toBe('en')
  expect(transcript.duration).toBeCloseTo(11, 1)
  const words = transcript.segments.flatMap((segment) => segment.words)
  expect(words).toHaveLength(22)
  expect(words.at(-1)).toMatchObject({ text: 'country.' })
  const lines = parseSrt(readFileSync(join(folder, 'words.srt'), 'utf8')).flatMap((cue) => cue.lines)
  expect(lines.join(' ').split(' ')).toHaveLength(22)
  expect(readdirSync(folder).sort()).toEqual(['text.mp3', 'words.srt'])
})

test('a recording without its noise, as long as before', () => {
  const { status, stdout } = sotto('denoise', jfk, '-o', 'clean.flac', '--mode', 'full', '--strength', '0.9', '--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ rate: 48_000, channels: 1 })
  const info = JSON.parse(sotto('info', 'clean.flac', '--json').stdout)
  expect(info.duration).toBeCloseTo(11, 1)
})

test('who speaks, said by hand, in subtitles', () => {
  const words = [{ start: 0, end: 1, text: 'Hello.' }]
  const segment = { start: 0, end: 1, text: 'Hello.', words }
  writeFileSync(join(folder, 'w.json'), JSON.stringify({ language: 'en', duration: 3, segments: [segment] }))
  expect(sotto('speakers', 'w.json', '--assign', '1=A', '--rename', 'A=Anna').stdout).toBe('Anna: Hello.\n')
  expect(sotto('speakers', 'w.json', '--assign', '1=A', '--colour', 'A=#D55E00', '-o', 'x.json').status).toBe(0)
  const written = JSON.parse(readFileSync(join(folder, 'x.json'), 'utf8'))
  expect(written).toMatchObject({ speakers: [{ name: 'A', colour: '#d55e00' }], segments: [{ speaker: '1' }] })
  for (const wrong of [
    ['--assign', '2=A'],
    ['--rename', 'B=C'],
    ['--assign', '1'],
    ['--assign', '1=A', '--colour', 'A=red'],
  ])
    expect(sotto('speakers', 'w.json', ...wrong).status).toBe(2)
})

test('a recording dubbed with sentences that a person corrected, with subtitles in both languages', () => {
  const translation = {
    from: 'en',
    to: 'de',
    engine: 'bergamot',
    quality: 'good',
    duration: 11,
    segments: [
      { start: 1, end: 4, source: 'And so, my fellow Americans,', text: 'Und so, Mitbürger,', flags: [] },
      { start: 5.5, end: 10, source: 'ask not.', text: 'fragt nicht.', flags: [] },
    ],
  }
  writeFileSync(join(folder, 'de.json'), JSON.stringify(translation))
  const args = ['dub', jfk, '--to', 'de', '--sentences', 'de.json', '-o', 'dub.mp3', '--words', '--json']
  const { status, stdout } = sotto(...args)
  expect(status).toBe(0)
  const { sentences, duration } = JSON.parse(stdout)
  expect(sentences.map(({ start }: { start: number }) => start)).toEqual([1, 5.5])
  expect(duration).toBeCloseTo(11, 1)
  for (const language of ['en', 'de'])
    expect(parseSrt(readFileSync(join(folder, `dub.${language}.srt`), 'utf8'))).toHaveLength(2)
})

test.each([
  [2, ['transcribe']],
  [2, ['transcribe', jfk, '--model', 'huge']],
  [2, ['transcribe', jfk, '--format', 'doc']],
  [2, ['transcribe', jfk, '--language', 'xx']],
  [3, ['transcribe', text, '-o', 'words.txt']],
  [3, ['transcribe', 'not-there.wav']],
  [2, ['speak', 'Hello.', '-o', 'o.wav']],
  [2, ['speak', 'Hello.', '--language', 'ja', '-o', 'o.wav']],
  [2, ['speak', 'Hello.', '--language', 'en', '--speed', '9', '-o', 'o.wav']],
  [2, ['speak', ' ', '--language', 'en', '-o', 'o.wav']],
  [3, ['speak', 'not-there.docx', '--language', 'en', '-o', 'o.wav']],
  [2, ['translate', jfk]],
  [2, ['translate', jfk, '--to', 'en', '--format', 'pdf']],
  [3, ['translate', 'not-there.srt', '--from', 'en', '--to', 'fr']],
  [5, ['translate', jfk, '--to', 'fr', '-o', 'o.txt']],
  [2, ['models', 'get', 'nothing']],
  [2, ['transcribe', jfk, '--speakers', 'voices']],
  [2, ['transcribe', jfk, '--speakers', 'channels']],
  [3, ['speakers', text, '--rename', '1=A']],
  [2, ['dub', jfk, '--to', 'ja', '-o', 'o.wav']],
  [3, ['dub', jfk, '--to', 'fr', '--sentences', text, '-o', 'o.wav']],
  [5, ['dub', jfk, '--to', 'fr', '-o', 'o.wav']],
  [2, ['denoise', jfk]],
  [2, ['denoise', jfk, '-o', 'o.wav', '--mode', 'most']],
  [2, ['denoise', jfk, '-o', 'o.wav', '--strength', '2']],
  [3, ['denoise', text, '-o', 'o.wav']],
])('exit code %i: %j', (code, args) => {
  const { status, stderr, stdout } = sotto(...args)
  expect(status).toBe(code)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(readdirSync(folder)).toEqual(['text.mp3'])
})

test('a text file spoken, with its subtitles; the voices there are', () => {
  writeFileSync(join(folder, 'say.txt'), 'Guten Tag.\n\nAuf Wiedersehen.\n')
  const { status, stdout } = sotto(
    'speak',
    'say.txt',
    '--language',
    'de',
    '-o',
    'say.flac',
    '--words',
    'say.srt',
    '--json',
  )
  expect(status).toBe(0)
  const spoken: Transcript = JSON.parse(stdout)
  expect(spoken.segments.map((segment) => segment.text)).toEqual(['Guten Tag.', 'Auf Wiedersehen.'])
  const info = JSON.parse(sotto('info', 'say.flac', '--json').stdout)
  expect(info.duration).toBeCloseTo(spoken.duration, 2)
  expect(parseSrt(readFileSync(join(folder, 'say.srt'), 'utf8'))).toHaveLength(2)
  const voices = JSON.parse(sotto('voices', '--language', 'zh', '--json').stdout)
  expect(voices[0]).toMatchObject({ id: 'zf_xiaoxiao', language: 'zh', quality: 'natural', here: true })
})
