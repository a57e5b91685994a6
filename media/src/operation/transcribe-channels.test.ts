import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { fileSource } from '../container/source.ts'
import { writtenSource } from '../testing/sound.ts'
import { turnsOf } from '../words/speaker.ts'
import { transcribe } from './transcribe.ts'

const RATE = 16_000

test('two people on two channels: who says what, by channel', async () => {
  using source = fileSource(join(import.meta.dirname, '../../fixtures/jfk.opus'))
  const speech = (await decodeAll(source, { rate: RATE, channels: 1 })).channels[0] as Float32Array
  const [left, right] = [new Float32Array(10 * RATE), new Float32Array(10 * RATE)]
  left.set(speech.slice(0, 4.8 * RATE))
  right.set(speech.slice(8 * RATE), 6 * RATE)
  const stereo = () => writtenSource({ rate: RATE, channels: [left, right] }, { format: 'wav' })
  const heard = await transcribe(stereo(), { model: 'base', language: 'en', speakers: 'channels' })
  const turns = turnsOf(heard).map(({ speaker, segments }) => [
    speaker?.name,
    segments.map(({ text }) => text).join(' '),
  ])
  expect(turns).toHaveLength(2)
  expect(turns[0]).toEqual(['1', expect.stringMatching(/fellow Americans/)])
  expect(turns[1]).toEqual(['2', expect.stringMatching(/what you can do for your country/)])
  expect(heard.segments.every(({ speaker, start }) => start < 5.5 === (speaker === '1'))).toBe(true)
})

test('one channel, or the same sound on both, tells nobody apart', async () => {
  const tone = Float32Array.from({ length: RATE }, (_, n) => Math.sin(n / 20) / 2)
  for (const channels of [[tone], [tone, tone]])
    await expect(
      transcribe(writtenSource({ rate: RATE, channels }, { format: 'wav' }), { model: 'base', speakers: 'channels' }),
    ).rejects.toMatchObject({ code: 'bad-request' })
})
