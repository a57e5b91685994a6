import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { progressOf, type Work } from './operation.ts'

/** One resolution of a waveform: pair i covers the time `[i / perSecond, (i + 1) / perSecond)`. */
export interface PeakLevel {
  readonly perSecond: number
  /** Lowest and highest sample over all channels, in turn, as signed 16-bit integers (32,768 = 1.0). */
  readonly pairs: Int16Array
}

/** A waveform in several resolutions, the finest first; each next one has a quarter of the pairs. */
export interface Peaks {
  /** Seconds. */
  readonly duration: number
  readonly levels: readonly PeakLevel[]
}

/** Pairs per second of the finest level: 10 ms, about a pixel at the closest useful zoom. */
export const finestPeaks = 100
const fold = 4
/** Levels end when a screen could show all pairs. */
const smallest = 500

/**
 * The waveform of the sound in `source`.
 * @throws NoAudioError @throws UnreadableMediaError @throws TooLongError
 */
export async function peaks(source: ByteSource, work: Work = {}): Promise<Peaks> {
  const expected = work.onProgress === undefined ? 0 : (await probe(source, work)).duration
  const report = progressOf(work, 'peaks', expected)
  let counter: PeakCounter | undefined
  for await (const block of decode(source, { ...work, passing: true })) {
    counter ??= new PeakCounter(block.rate)
    counter.add(block)
    report(counter.seconds)
  }
  const finest = counter?.end() ?? new Int16Array(0)
  return { duration: counter?.seconds ?? 0, levels: pyramid(finest) }
}

/** Gathers the finest level from blocks of samples. */
class PeakCounter {
  readonly #rate: number
  #pairs = new Int16Array(1 << 16)
  #count = 0
  #samples = 0
  #boundary: number
  #low = Number.POSITIVE_INFINITY
  #high = Number.NEGATIVE_INFINITY

  constructor(rate: number) {
    this.#rate = rate
    this.#boundary = Math.round(rate / finestPeaks)
  }

  get seconds(): number {
    return this.#samples / this.#rate
  }

  add(block: Pcm): void {
    const length = block.channels[0]?.length ?? 0
    for (let at = 0; at < length; ) {
      const end = Math.min(length, at + this.#boundary - this.#samples)
      let low = this.#low
      let high = this.#high
      for (const channel of block.channels)
        for (let i = at; i < end; i++) {
          const sample = channel[i] as number
          if (sample < low) low = sample
          if (sample > high) high = sample
        }
      this.#low = low
      this.#high = high
      this.#samples += end - at
      at = end
      if (this.#samples === this.#boundary) this.#close()
    }
  }

  end(): Int16Array {
    if (this.#low <= this.#high) this.#close()
    return this.#pairs.subarray(0, this.#count * 2)
  }

  #close(): void {
    if (this.#count * 2 === this.#pairs.length) {
      const grown = new Int16Array(this.#pairs.length * 2)
      grown.set(this.#pairs)
      this.#pairs = grown
    }
    this.#pairs[this.#count * 2] = toInteger(this.#low)
    this.#pairs[this.#count * 2 + 1] = toInteger(this.#high)
    this.#count++
    this.#low = Number.POSITIVE_INFINITY
    this.#high = Number.NEGATIVE_INFINITY
    this.#boundary = Math.round(((this.#count + 1) * this.#rate) / finestPeaks)
  }
}

function toInteger(sample: number): number {
  // Not-a-number (broken float files) is drawn as silence.
  return Number.isNaN(sample) ? 0 : Math.min(32_767, Math.max(-32_768, Math.round(sample * 32_768)))
}

function pyramid(finest: Int16Array): PeakLevel[] {
  const levels: PeakLevel[] = [{ perSecond: finestPeaks, pairs: finest }]
  for (let last = finest, per = finestPeaks; last.length / 2 > smallest; ) {
    const pairs = new Int16Array(Math.ceil(last.length / 2 / fold) * 2)
    for (let i = 0; i < pairs.length / 2; i++) {
      let low = 32_767
      let high = -32_768
      for (let j = i * fold * 2; j < Math.min(last.length, (i + 1) * fold * 2); j += 2) {
        low = Math.min(low, last[j] as number)
        high = Math.max(high, last[j + 1] as number)
      }
      pairs[i * 2] = low
      pairs[i * 2 + 1] = high
    }
    per /= fold
    levels.push({ perSecond: per, pairs })
    last = pairs
  }
  return levels
}

const magic = 'SPK1'
const headerBytes = 16
const entryBytes = 16

/**
 * Peaks as bytes, the coarsest level first so that a reader can draw after the first few kilobytes and fetch finer
 * levels by range. All little endian:
 *
 * ```
 * 0   "SPK1"
 * 4   uint32 number of levels, coarsest first
 * 8   float64 duration in seconds
 * 16  per level: float64 pairs per second, uint32 pairs, uint32 byte offset of the first pair
 * ..  per pair: int16 lowest, int16 highest
 * ```
 */
export function writePeaks(peaks: Peaks): Uint8Array {
  const coarsestFirst = [...peaks.levels].reverse()
  const table = headerBytes + entryBytes * coarsestFirst.length
  const bytes = Buffer.alloc(table + coarsestFirst.reduce((sum, { pairs }) => sum + pairs.byteLength, 0))
  bytes.write(magic, 'latin1')
  bytes.writeUInt32LE(coarsestFirst.length, 4)
  bytes.writeDoubleLE(peaks.duration, 8)
  let at = table
  for (const [index, { perSecond, pairs }] of coarsestFirst.entries()) {
    const entry = headerBytes + index * entryBytes
    bytes.writeDoubleLE(perSecond, entry)
    bytes.writeUInt32LE(pairs.length / 2, entry + 8)
    bytes.writeUInt32LE(at, entry + 12)
    bytes.set(new Uint8Array(pairs.buffer, pairs.byteOffset, pairs.byteLength), at)
    at += pairs.byteLength
  }
  return bytes
}

/** What `writePeaks` wrote. @throws RangeError for other bytes */
export function readPeaks(bytes: Uint8Array): Peaks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== magic) throw new RangeError('not a peaks file')
  const levels = Array.from({ length: view.getUint32(4, true) }, (_, index) => {
    const entry = headerBytes + index * entryBytes
    const count = view.getUint32(entry + 8, true)
    const offset = view.getUint32(entry + 12, true)
    const pairs = new Int16Array(count * 2)
    for (let i = 0; i < pairs.length; i++) pairs[i] = view.getInt16(offset + i * 2, true)
    return { perSecond: view.getFloat64(entry, true), pairs }
  })
  return { duration: view.getFloat64(8, true), levels: levels.reverse() }
}
