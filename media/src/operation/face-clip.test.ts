/** A face in a clip: every picture labelled, the sound there, points steady, own clips followed (C268; GB 45438, C2PA). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { FilmFrames } from '../container/frames.ts'
import { probe } from '../container/probe.ts'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { filmPoints } from '../face/node/film-points.ts'
import { FaceFinder } from '../face/node/finder.ts'
import { openClipTemplate, templateOf, templates } from '../face/node/templates.ts'
import { OneEuro } from '../face/one-euro.ts'
import { defaultLimits } from '../limits.ts'
import { verifyBytes } from '../provenance/verify.ts'
import { faceClip } from './face-clip.ts'

const selfie = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'faces', 'astronaut.jpg'))
const material = openClipTemplate(templateOf('royal-nod'))

test('at least 16 pictures and 4 clips ship, each with a release and as many points as pictures', () => {
  const clips = templates().filter(({ kind }) => kind === 'clip')
  expect(templates().length - clips.length).toBeGreaterThanOrEqual(16)
  expect(clips.length).toBeGreaterThanOrEqual(4)
  for (const clip of clips) {
    expect(openClipTemplate(clip).points.length).toBe(clip.frames)
    expect(clip.release.statement).not.toBe('')
  }
})

test('a template clip: as long as before, changed where the face is and where the label is, sound as it was', async () => {
  const sink = new MemorySink()
  const seen: number[] = []
  const made = await faceClip(
    selfie,
    undefined,
    sink,
    { template: 'royal-nod' },
    { onProgress: ({ done }) => seen.push(done) },
  )
  expect(made).toMatchObject({ frames: 80, without: 0, width: 432, height: 540 })
  expect(seen.length).toBeGreaterThan(3)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const [before, after] = [memorySource(material.bytes), memorySource(sink.bytes)]
  const [was, is] = [await probe(before), await probe(after)]
  expect(is.duration).toBeCloseTo(was.duration, 1)
  // The sound: the same loudness in every half second.
  const [first, second] = [await decodeAll(before), await decodeAll(after)]
  const level = (samples: Float32Array | undefined, at: number, rate: number) =>
    Math.hypot(...(samples?.subarray(at * rate, (at + 0.5) * rate) ?? [])) / Math.sqrt(rate / 2)
  for (let at = 0; at < 3.5; at += 0.5)
    expect(level(second.channels[0], at, second.rate)).toBeCloseTo(level(first.channels[0], at, first.rate), 2)
  using old = new FilmFrames(before, defaultLimits, 1280)
  using now = new FilmFrames(after, defaultLimits, 1280)
  let count = 0
  for (let a = old.next(), b = now.next(); a !== undefined && b !== undefined; a = old.next(), b = now.next()) {
    expect(b.at).toBeCloseTo(a.at, 3)
    const { data } = b.pixels
    const nose = (material.points[count] as Float32Array).subarray(12, 14)
    const change = (x: number, y: number) => {
      let sum = 0
      for (let dy = -8; dy <= 8; dy++)
        for (let dx = -8; dx <= 8; dx++) {
          const i = ((Math.round(y) + dy) * 432 + Math.round(x) + dx) * 4
          sum += Math.abs((data[i] as number) - (a?.pixels.data[i] as number))
        }
      return sum / 289
    }
    expect(change(nose[0] as number, nose[1] as number), `face of picture ${count}`).toBeGreaterThan(4)
    expect(change(400, 512), `label of picture ${count}`).toBeGreaterThan(20)
    expect(change(20, 20), `sky of picture ${count}`).toBeLessThan(4)
    count++
  }
  expect(count).toBe(80)
  expect(await verifyBytes(sink.bytes)).toMatchObject({
    format: 'mp4',
    aigc: { Label: '1', ProduceID: made.id },
    credential: { unchanged: true, actions: ['c2pa.created'] },
    synthetic: true,
  })
  const changed = Uint8Array.from(sink.bytes)
  changed[changed.length >> 1] = (changed[changed.length >> 1] as number) ^ 1
  expect((await verifyBytes(changed)).credential?.unchanged).toBe(false)
})

test('a clip of one’s own: the face is followed from picture to picture', async () => {
  using finder = new FaceFinder()
  const points = await filmPoints(memorySource(material.bytes), finder, { limits: defaultLimits, longest: 1280 })
  expect(points.length).toBe(80)
  let off = 0
  for (const [i, known] of material.points.entries()) {
    const found = points[i] as Float32Array
    const eyes = Math.hypot(
      (known[99] as number) - (known[789] as number),
      (known[100] as number) - (known[790] as number),
    )
    for (const n of [33, 263, 4, 61, 291])
      off +=
        Math.hypot(
          (found[3 * n] as number) - (known[3 * n] as number),
          (found[3 * n + 1] as number) - (known[3 * n + 1] as number),
        ) / eyes
  }
  expect(off / 400).toBeLessThan(0.12)
})

test('what is cancelled stops', async () => {
  const stop = new AbortController()
  const work = { signal: stop.signal, onProgress: () => stop.abort() }
  await expect(faceClip(selfie, undefined, new MemorySink(), { template: 'summit' }, work)).rejects.toMatchObject({
    code: 'cancelled',
  })
})

test('the One-Euro filter stills a face at rest and follows one that moves', () => {
  const filter = new OneEuro()
  const noise = (i: number) => Math.sin(i * 12.9898) * 0.5
  let before = 0
  let jitter = 0
  for (let i = 0; i < 60; i++) {
    const value = filter.next(Float32Array.of(100 + noise(i)), i / 30, 200)[0] as number
    if (i > 10) jitter = Math.max(jitter, Math.abs(value - before))
    before = value
  }
  expect(jitter).toBeLessThan(0.35)
  for (let i = 60; i < 90; i++) before = filter.next(Float32Array.of(100 + (i - 60) * 10), i / 30, 200)[0] as number
  expect(390 - before).toBeLessThan(20)
})
