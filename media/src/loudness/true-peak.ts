/** Points between two samples at which a true peak is looked for: 4 times oversampling (ITU-R BS.1770-4, annex 2). */
const phases = 3
/** Samples on either side of a point that its value is made of. */
export const TRUE_PEAK_REACH = 8
/** A value between samples is never more than about this many times the highest of its neighbours, in practice. */
const surplus = 2.5

/** Interpolators for a quarter, a half and three quarters: a sinc under a Hann window. */
const filters = Array.from({ length: phases }, (_, phase) => {
  const fraction = (phase + 1) / (phases + 1)
  const taps = Float64Array.from({ length: 2 * TRUE_PEAK_REACH }, (_unused, tap) => {
    const distance = tap - TRUE_PEAK_REACH + 1 - fraction
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / TRUE_PEAK_REACH)
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
})

/**
 * The highest absolute value at sample `at` and between it and the next one. Samples outside of the array count as
 * silence. Exact only where it is above `floor`; below, the sample itself may be given.
 */
export function truePeakAt(samples: Float32Array, at: number, floor: number): number {
  const own = Math.abs(samples[at] ?? 0)
  const next = Math.abs(samples[at + 1] ?? 0)
  if (surplus * Math.max(own, next) <= floor) return own
  let peak = own
  for (const taps of filters) {
    let sum = 0
    for (let tap = 0; tap < taps.length; tap++)
      sum += (taps[tap] as number) * (samples[at - TRUE_PEAK_REACH + 1 + tap] ?? 0)
    peak = Math.max(peak, Math.abs(sum))
  }
  return peak
}
