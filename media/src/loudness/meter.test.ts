import { expect, test } from 'vitest'
import { LoudnessMeter } from './meter.ts'

function measured(channels: Float32Array[]): number | null {
  using meter = new LoudnessMeter({ rate: 48_000, channels })
  meter.add({ rate: 48_000, channels })
  return meter.end().integrated
}

const tone = Float32Array.from({ length: 5 * 48_000 }, (_, n) => 10 ** (-23 / 20) * Math.sin((2 * Math.PI * n) / 48))

test('1 kHz at -23 dBFS in both channels is -23 LUFS (EBU Tech 3341, case 1), and so is one channel heard from both', () => {
  expect(measured([tone, tone])).toBeCloseTo(-23, 1)
  expect(measured([tone])).toBeCloseTo(-23, 1)
})
