/** `sotto arrange`, as people start it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeAll, memorySource } from '@sotto/media'
import { afterAll, describe, expect, test } from 'vitest'
import { arrangementOf, filesOf, parseTimeline } from '../timeline-file.ts'

const bin = join(import.meta.dirname, '../../bin/sotto.mjs')
const jfk = join(import.meta.dirname, '../../../media/fixtures/jfk.opus')
const folder = mkdtempSync(join(tmpdir(), 'sotto-arrange-'))
afterAll(() => rmSync(folder, { recursive: true }))

function sotto(...args: string[]) {
  const env = { PATH: process.env.PATH, LANG: 'C' }
  return spawnSync(process.execPath, [bin, ...args], { cwd: folder, env, encoding: 'utf8' })
}

test('voice, background and effect from a file, with a loudness; the option goes before what the file says', async () => {
  const voice = { source: jfk, from: 1, to: 5, at: 0.5, fadeOut: 0.5 }
  const timeline = {
    loudness: -23,
    tracks: [
      { role: 'voice', clips: [voice, { ...voice, from: 6, to: 8, at: 5 }] },
      { role: 'background', gain: -20, duck: { depth: 12 }, clips: [{ source: 'room', fadeIn: 1, fadeOut: 2 }] },
      { role: 'effects', pan: 0.5, clips: [{ source: jfk, from: 0, to: 1, at: 6, gain: -9 }] },
    ],
  }
  writeFileSync(join(folder, 'timeline.json'), JSON.stringify(timeline))
  const { status, stdout, stderr } = sotto('arrange', 'timeline.json', '-o', 'out.flac', '--loudness', '-18', '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const result = JSON.parse(stdout)
  expect(result.duration).toBeCloseTo(7, 2)
  expect(result.after.integrated).toBeCloseTo(-18, 0)
  const sound = await decodeAll(memorySource(new Uint8Array(readFileSync(join(folder, 'out.flac')))))
  expect([sound.rate, sound.channels.length, sound.channels[0]?.length]).toEqual([48_000, 2, 7 * 48_000])
})

describe('a timeline that is none', () => {
  const track = (clip: object, more: object = {}) => ({ tracks: [{ role: 'voice', clips: [clip], ...more }] })
  test.each([
    ['{', 'JSON'],
    ['[]', 'timeline: {...}'],
    [JSON.stringify({ tracks: [] }), 'tracks: [{...}]'],
    [JSON.stringify({ tracks: [{ role: 'choir', clips: [] }] }), 'tracks[0].role: voice|background|effects'],
    [JSON.stringify(track({ source: 'a.wav', from: -1 })), 'tracks[0].clips[0].from: 0..86400'],
    [JSON.stringify(track({ source: 'a.wav', start: 1 })), 'tracks[0].clips[0].start: source|from|to'],
    [JSON.stringify(track({ source: 3 })), 'tracks[0].clips[0].source: PATH|rain'],
    [JSON.stringify(track({ source: 'a.wav', loop: 'yes' })), 'tracks[0].clips[0].loop: true|false'],
    [JSON.stringify(track({ source: 'a.wav' }, { duck: { depth: 99 } })), 'tracks[0].duck.depth: 0..60'],
    [JSON.stringify(track({ source: 'rain' })), 'tracks[0].clips[0].length: > 0'],
  ])('%s', (text, said) => {
    expect(() => arrangementOf(parseTimeline(text), [3])).toThrow(said)
  })

  test('says where, and with which code', () => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(track({ source: 'a.wav', pan: 1 })))
    expect(sotto('arrange', 'bad.json', '-o', 'x.wav')).toMatchObject({ status: 2 })
    expect(sotto('arrange', 'bad.json', '-o', 'x.wav').stderr).toContain('tracks[0].clips[0].pan')
    writeFileSync(join(folder, 'away.json'), JSON.stringify(track({ source: 'away.wav' })))
    expect(sotto('arrange', 'away.json', '-o', 'x.wav')).toMatchObject({ status: 3 })
    expect(sotto('arrange', 'nowhere.json', '-o', 'x.wav')).toMatchObject({ status: 3 })
  })
})

test('what is left out is filled in: the end of a file, and for a made sound the end of everything else', () => {
  const written = parseTimeline(
    JSON.stringify({
      tracks: [
        { role: 'voice', clips: [{ source: 'a.wav', at: 2 }, { source: 'b.wav' }, { source: './a.wav', to: 1 }] },
        { role: 'background', clips: [{ source: 'rain', at: 1 }] },
      ],
    }),
  )
  expect(filesOf(written, 'in')).toEqual([join('in', 'a.wav'), join('in', 'b.wav')])
  const { tracks } = arrangementOf(written, [10, 4])
  expect(tracks[0]?.clips).toMatchObject([
    { source: 0, from: 0, to: 10, at: 2 },
    { source: 1, from: 0, to: 4, at: 0 },
    { source: 0, from: 0, to: 1, at: 0 },
  ])
  expect(tracks[1]?.clips).toMatchObject([{ source: 'rain', at: 1, length: 11 }])
})
