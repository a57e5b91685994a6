import { decode } from '../container/decode.ts'
import type { ByteSource } from '../container/source.ts'
import type { Work } from '../operation/operation.ts'
import { type Pcm, pcmLength, slicePcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { type Clip, clipLength, isLooped } from './arrangement.ts'
import { BED_RATE, bedTurn, bedTurnLength } from './bed.ts'
import type { BedName } from './bed-names.ts'
import { looped } from './loop.ts'

const BLOCK = 8192
/** Crossfade where a looped sound begins again, seconds. */
export const SEAM = 1
/** A resampler needs so many samples before the first that counts (32 taps, more of them where the rate goes down). */
const TAPS = 128
/** Decoded beyond the end of a clip, so that the resampler's last samples are made of what really follows. Seconds. */
const BEYOND = 0.1

/** A source, and what has to be known of it. */
export interface MixSource {
  readonly bytes: ByteSource
  readonly duration: number
  readonly rate: number
  /** One or two; more are mixed down to two. */
  readonly channels: number
}

/**
 * The sample of a clip's sound (of its source, or of its endless loop) that sample 0 of the result would be: negative
 * where the clip begins later in the result than in its sound. Two parts of a split clip have the same, so that nothing
 * jumps between them, whatever the rate.
 */
function originOf(clip: Clip, rate: number): number {
  const shift = isLooped(clip) ? clip.at - (clip.offset ?? 0) : clip.at - clip.from
  // One and the same number for both parts, however the sums before it were rounded.
  return -Math.round((Math.round(shift * 1e7) / 1e7) * rate)
}

/**
 * What a clip plays from sample `from` of the result on, at `rate`; more than it lasts may come. The same samples come
 * for a place in the result wherever one begins.
 */
export function clipSound(
  clip: Clip,
  sources: readonly MixSource[],
  options: { readonly rate: number; readonly from: number },
  work: Work,
): AsyncGenerator<Pcm> {
  const { rate, from } = options
  const first = Math.max(0, from + originOf(clip, rate))
  const { source } = clip
  if (typeof source !== 'number') return madeSound(source, rate, first)
  const file = sources[source] as MixSource // checkArrangement saw to it
  if (isLooped(clip)) return loopedSound(clip, file, { rate, first }, work)
  const end = (clip.at + clipLength(clip)) * rate + originOf(clip, rate)
  return fileSound(file, { rate, first, to: end / rate + BEYOND }, work)
}

/** The sound of a file from its sample `first` (of the file as it is at `rate`) to the second `to`. */
function fileSound(
  file: MixSource,
  { rate, first, to }: { readonly rate: number; readonly first: number; readonly to: number },
  work: Work,
): AsyncGenerator<Pcm> {
  const open = (sample: number) =>
    decode(file.bytes, { ...work, from: sample / file.rate, to, channels: file.channels })
  return resampledFrom(open, file.rate, rate, first)
}

/** `open` gives a sound at `own` samples a second from a sample on; what comes is that sound at `rate`, from its sample `first` on. */
async function* resampledFrom(
  open: (sample: number) => AsyncIterable<Pcm>,
  own: number,
  rate: number,
  first: number,
): AsyncGenerator<Pcm> {
  if (own === rate) {
    yield* open(first)
    return
  }
  // Whole turns of the resampler's phases, so that every sample is made of the same ones as from the beginning.
  const divisor = greatestCommon(own, rate)
  const [taken, given] = [own / divisor, rate / divisor]
  const before = Math.ceil((TAPS * Math.max(1, own / rate)) / taken)
  const turns = Math.max(0, Math.floor(first / given) - before)
  let drop = first - turns * given
  for await (const block of resample(open(turns * taken), rate)) {
    const length = pcmLength(block)
    if (drop < length) yield drop === 0 ? block : slicePcm(block, drop, length)
    drop = Math.max(0, drop - length)
  }
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b)
}

/** One turn of a made sound is made once, as far as it is asked for, and looped: it costs as much as decoding does. */
function madeSound(name: BedName, rate: number, first: number): AsyncGenerator<Pcm> {
  const length = bedTurnLength(name)
  async function* once(at: number): AsyncGenerator<Pcm> {
    for (let from = at; from < length; from += BLOCK) {
      const to = Math.min(length, from + BLOCK)
      yield slicePcm(bedTurn(name, to), from, to)
    }
  }
  const open = (skip: number) => looped(once, { seam: SEAM * BED_RATE, length, skip })
  return resampledFrom(open, BED_RATE, rate, first)
}

async function* loopedSound(
  clip: Clip,
  file: MixSource,
  { rate, first }: { readonly rate: number; readonly first: number },
  work: Work,
): AsyncGenerator<Pcm> {
  const start = Math.round(clip.from * rate)
  const end = Math.round(Math.min(clip.to, file.duration) * rate)
  const open = (at: number) =>
    most(fileSound(file, { rate, first: start + at, to: end / rate + BEYOND }, work), end - start - at)
  const length = await lengthOf(open, end - start, rate)
  if (length > 0) yield* looped(open, { seam: SEAM * rate, length, skip: first })
}

/** How many samples there really are: a file may end a little before it says. */
async function lengthOf(open: (at: number) => AsyncIterable<Pcm>, said: number, rate: number): Promise<number> {
  for (const at of [Math.max(0, said - 2 * rate), 0]) {
    let count = 0
    for await (const block of open(at)) count += pcmLength(block)
    if (count > 0) return at + count
  }
  return 0
}

async function* most(blocks: AsyncIterable<Pcm>, count: number): AsyncGenerator<Pcm> {
  let left = count
  if (left <= 0) return
  for await (const block of blocks) {
    const length = pcmLength(block)
    yield length <= left ? block : slicePcm(block, 0, left)
    left -= length
    if (left <= 0) return
  }
}
