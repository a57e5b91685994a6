import { expect, test } from 'vitest'
import { framesOf, newRecordingKey, openFrame, packData, sealFrame, unpackData } from './sealed-frames.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
async function file(key: CryptoKey, id: string, ...texts: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const frames = await Promise.all(
    texts.map((text, index) => sealFrame(key, id, index, index === 0 ? 'header' : 'data', bytes(text))),
  )
  return new Uint8Array(await new Blob(frames).arrayBuffer())
}

test('what was sealed opens again, frame by frame', async () => {
  const key = await newRecordingKey()
  const { frames } = framesOf(await file(key, 'r', 'facts', 'one', 'two'))
  const opened = await Promise.all(frames.map((frame, index) => openFrame(key, 'r', index, frame)))
  expect(opened.map((plain) => new TextDecoder().decode(plain))).toEqual(['facts', 'one', 'two'])
})

test('nothing lies in clear, and the key cannot be read out', async () => {
  const key = await newRecordingKey()
  const sealed = await file(key, 'r', 'a marker that must not be found')
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain('marker')
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('a file torn at any byte keeps every whole frame and nothing else', async () => {
  const key = await newRecordingKey()
  const whole = await file(key, 'r', 'facts', 'one', 'two')
  const ends = framesOf(whole).frames.map((_, index) => framesOf(whole.slice(0)).frames.slice(0, index + 1))
  const sizes = ends.map((frames) => frames.reduce((sum, frame) => sum + 4 + 1 + 12 + frame.sealed.length, 0))
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const { frames, whole: length } = framesOf(whole.slice(0, cut))
    const expected = sizes.filter((size) => size <= cut).length
    expect(frames.length).toBe(expected)
    expect(length).toBe(expected === 0 ? 0 : sizes[expected - 1])
  }
})

test('frames in another order, of another recording or with one bit changed do not open', async () => {
  const key = await newRecordingKey()
  const { frames } = framesOf(await file(key, 'r', 'facts', 'one', 'two'))
  const [, one, two] = frames
  if (!one || !two) throw new Error('three frames were written')
  await expect(openFrame(key, 'r', 1, two)).rejects.toThrow()
  await expect(openFrame(key, 'other', 1, one)).rejects.toThrow()
  await expect(openFrame(key, 'r', 1, { ...one, kind: 'end' })).rejects.toThrow()
  const bent = new Uint8Array(one.sealed)
  bent[0] = (bent[0] ?? 0) ^ 1
  await expect(openFrame(key, 'r', 1, { ...one, sealed: bent })).rejects.toThrow()
})

test('a data frame carries its seconds', () => {
  const { elapsed, bytes: body } = unpackData(packData(12.5, bytes('abc')))
  expect(elapsed).toBe(12.5)
  expect(new TextDecoder().decode(body)).toBe('abc')
})
