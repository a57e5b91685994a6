import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { TRUE_PEAK_CEILING } from '../loudness/targets.ts'
import { type Arrangement, arrangementLength, checkArrangement } from '../mix/arrangement.ts'
import { openSources, render } from '../mix/render.ts'
import { speechOf } from '../mix/speech-look.ts'
import { type Pcm, pcmLength, slicePcm } from '../pcm/pcm.ts'
import { encodeAll } from './convert.ts'
import { limited } from './master.ts'
import type { Work, Written } from './operation.ts'

/** Longest stretch, seconds. */
export const MOST_STRETCH = 60
/** The limiter comes up again in 0.12 s (63 %): after so long it no longer matters when it began. Seconds. */
const RUN_UP = 2

/** A stretch of an arrangement, to listen to before the whole is made. */
export interface StretchOptions extends Arrangement {
  readonly format: SoundFormat
  /** Seconds of the result, `[from, to)`; {@link MOST_STRETCH} at most. */
  readonly from: number
  readonly to: number
}

/**
 * A stretch of what `arrange` makes without a loudness target: the same samples, fades, turns of loops and ducking
 * included, and the same ceiling. Stretches that follow each other join without a gap where the format is lossless.
 * Shorter where the arrangement ends before. Only what is played in it is read, and looked at for speech.
 * @throws BadRequestError where the arrangement makes no sense, or the stretch is none of it
 */
export async function stretch(
  sources: readonly ByteSource[],
  sink: ByteSink,
  options: StretchOptions,
  work: Work = {},
): Promise<Written> {
  const { format, from, to } = options
  checkArrangement(options, sources.length)
  const end = Math.min(to, arrangementLength(options))
  if (!(from >= 0 && from < end)) throw new BadRequestError('nothing is played in this stretch')
  if (to - from > MOST_STRETCH) throw new BadRequestError(`a stretch is ${MOST_STRETCH} seconds at most`)
  const opened = await openSources(sources, work)
  const window = { start: Math.max(0, from - RUN_UP), end: Math.min(arrangementLength(options), end + RUN_UP) }
  const speech = await speechOf(options, opened, work, window)
  const sound = limited(render(options, opened, speech, work, window), 0, TRUE_PEAK_CEILING)
  const blocks = between(sound, window.start, { from, end })
  const duration = await encodeAll(blocks, sink, { format, sample: 's16' }, work)
  return { format, duration }
}

/** The samples between two moments of blocks that begin at `start`; all are counted from 0, as in the whole. */
async function* between(
  blocks: AsyncIterable<Pcm>,
  start: number,
  { from, end }: { readonly from: number; readonly end: number },
): AsyncGenerator<Pcm> {
  let place: number | undefined
  for await (const block of blocks) {
    place ??= Math.round(start * block.rate)
    const [first, last] = [Math.round(from * block.rate), Math.round(end * block.rate)]
    const part = slicePcm(block, Math.max(0, first - place), Math.max(0, last - place))
    place += pcmLength(block)
    if (pcmLength(part) > 0) yield part
    if (place >= last) return
  }
}
