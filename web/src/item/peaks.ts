/**
 * Reads a waveform as the server sends it (format: `writePeaks` in media/src/operation/peaks.ts): the coarsest level
 * first, so a long recording is drawn after its first kilobytes, and finer levels that would not show are not fetched.
 */

/** One resolution, as floats in [-1, 1]: what a pair of highest and lowest covers is `1 / perSecond` seconds. */
export interface Waveform {
  readonly duration: number
  readonly perSecond: number
  readonly high: Float32Array
  readonly low: Float32Array
}

/** What comes are not peaks, or they end too early. */
export class PeaksError extends Error {
  override name = 'PeaksError'
}

const HEADER = 16
const ENTRY = 16

interface Level {
  readonly perSecond: number
  readonly pairs: number
  readonly offset: number
}

/** The finest level that has at most `limit` pairs; the coarsest where all have more. Coarsest come first. */
export function levelFor(levels: readonly Level[], limit: number): Level | undefined {
  return levels.findLast((level) => level.pairs <= limit) ?? levels[0]
}

/**
 * Reads just as far as the level chosen, then lets the rest go.
 * @throws PeaksError where the bytes are something else or end before that level does
 */
export async function readWaveform(stream: ReadableStream<Uint8Array>, limit: number): Promise<Waveform> {
  const reader = stream.getReader()
  let bytes = new Uint8Array(64 * 1024)
  let filled = 0
  const until = async (count: number) => {
    while (filled < count) {
      const { done, value } = await reader.read()
      if (done) throw new PeaksError('the waveform ends too early')
      if (filled + value.length > bytes.length) {
        const grown = new Uint8Array(Math.max(bytes.length * 2, filled + value.length))
        grown.set(bytes.subarray(0, filled))
        bytes = grown
      }
      bytes.set(value, filled)
      filled += value.length
    }
    return new DataView(bytes.buffer, 0, count)
  }
  try {
    const head = await until(HEADER)
    if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'SPK1') throw new PeaksError('not a waveform')
    const duration = head.getFloat64(8, true)
    const count = head.getUint32(4, true)
    const table = await until(HEADER + ENTRY * count)
    const levels = Array.from({ length: count }, (_, index): Level => {
      const at = HEADER + ENTRY * index
      return {
        perSecond: table.getFloat64(at, true),
        pairs: table.getUint32(at + 8, true),
        offset: table.getUint32(at + 12, true),
      }
    })
    const level = levelFor(levels, limit)
    if (!level) return { duration, perSecond: 1, high: new Float32Array(0), low: new Float32Array(0) }
    const view = await until(level.offset + level.pairs * 4)
    const low = new Float32Array(level.pairs)
    const high = new Float32Array(level.pairs)
    for (let pair = 0; pair < level.pairs; pair += 1) {
      low[pair] = view.getInt16(level.offset + pair * 4, true) / 32768
      high[pair] = view.getInt16(level.offset + pair * 4 + 2, true) / 32768
    }
    return { duration, perSecond: level.perSecond, high, low }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
