import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fft, RealFft } from './fft.ts'

const lengths = fc.constantFrom(2, 4, 6, 10, 16, 60, 200, 400, 512, 960)

test('a real transform equals the definition and comes back', () => {
  fc.assert(
    fc.property(lengths, fc.integer(), (length, seed) => {
      const samples = Float64Array.from({ length }, (_, n) => Math.sin(n * n * 0.37 + seed))
      const fft = new RealFft(length)
      const re = new Float64Array(fft.bins)
      const im = new Float64Array(fft.bins)
      fft.forward(samples, re, im)
      const k = Math.abs(seed) % fft.bins
      let wantRe = 0
      let wantIm = 0
      samples.forEach((value, n) => {
        wantRe += value * Math.cos((2 * Math.PI * k * n) / length)
        wantIm -= value * Math.sin((2 * Math.PI * k * n) / length)
      })
      expect(re[k]).toBeCloseTo(wantRe, 8)
      expect(im[k]).toBeCloseTo(wantIm, 8)
      const back = new Float64Array(length)
      fft.inverse(re, im, back)
      back.forEach((value, n) => {
        expect(value).toBeCloseTo(samples[n] as number, 10)
      })
    }),
    { numRuns: 60 },
  )
})

test('lengths it cannot do are refused', () => {
  expect(() => new Fft(7)).toThrow(RangeError)
  expect(() => new RealFft(9)).toThrow(RangeError)
})
