import { decode } from '../container/decode.ts'
import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { type Pcm, pcmLength, silentPcm } from '../pcm/pcm.ts'
import { RangeReader } from '../pcm/range-reader.ts'
import type { TimeRange } from '../words/transcript.ts'
import { encodeAll, sampleForm } from './convert.ts'
import { progressOf, type Work, type Written } from './operation.ts'

/** Half the length of the crossfade at a join. */
const halfFade = 0.005

/**
 * Joins the ranges of `source` that are to be kept, as one sound (of a video: its sound). Each join is an equal-power
 * crossfade of 10 ms, centred on the join: up to 5 ms of what was cut away on either side is faded under the kept
 * sound, so the result is exactly as long as the kept ranges together and no sample of them is lost. A start or end
 * inside the sound is faded over 5 ms.
 * @throws BadRequestError when the ranges are empty, overlap, or are not in order
 */
export async function cut(
  source: ByteSource,
  sink: ByteSink,
  options: { readonly keep: readonly TimeRange[]; readonly format: SoundFormat },
  work: Work = {},
): Promise<Written> {
  const { keep, format } = options
  for (const [index, range] of keep.entries())
    if (!(range.start >= (keep[index - 1]?.end ?? 0) && range.end > range.start))
      throw new BadRequestError('the ranges to keep must be in order, must not overlap and must not be empty')
  if (keep.length === 0) throw new BadRequestError('nothing is kept')
  const total = keep.reduce((sum, range) => sum + range.end - range.start, 0)
  const report = progressOf(work, 'cut', total)
  const sample = sampleForm(source, format, work)
  const duration = await encodeAll(keptBlocks(source, keep, work), sink, { format, sample }, work, report)
  return { format, duration }
}

/** The kept sound as blocks. */
export async function* keptBlocks(source: ByteSource, keep: readonly TimeRange[], work: Work): AsyncGenerator<Pcm> {
  const first = keep[0]
  const last = keep.at(-1)
  if (first === undefined || last === undefined) return
  const from = Math.max(0, first.start - halfFade)
  const blocks = decode(source, { ...work, from, to: last.end + halfFade })[Symbol.asyncIterator]()
  const opening = await blocks.next()
  if (opening.done) return
  const rate = opening.value.rate
  const origin = Math.round(from * rate)
  const half = Math.round(halfFade * rate)
  const reader = new RangeReader(resumed(opening.value, blocks), 4 * half)
  try {
    const spans = keep.map((range) => ({ start: Math.round(range.start * rate), end: Math.round(range.end * rate) }))
    let tail: Pcm | undefined
    for (const [index, span] of spans.entries()) {
      const before = spans[index - 1]
      const after = spans[index + 1]
      const lead = before === undefined ? 0 : overlap(before, span, half)
      const trail = after === undefined ? 0 : overlap(span, after, half)
      if (tail !== undefined && lead > 0)
        yield crossfade(tail, await reader.readAll(span.start - lead - origin, span.start + lead - origin))
      let position = span.start + lead
      for await (const part of reader.read(position - origin, span.end - trail - origin)) {
        const fadeIn = before === undefined && span.start > 0 ? { at: position - span.start, half } : undefined
        const fadeOut = after === undefined ? { left: span.end - position, half } : undefined
        yield edged(part, fadeIn, fadeOut)
        position += pcmLength(part)
      }
      tail = trail > 0 ? await reader.readAll(span.end - trail - origin, span.end + trail - origin) : undefined
    }
  } finally {
    await reader.close()
  }
}

async function* resumed(first: Pcm, rest: AsyncGenerator<Pcm>): AsyncGenerator<Pcm> {
  yield first
  yield* rest
}

/** How many samples a join may take on each side: no more than the gap and half of either neighbour hold. */
function overlap(a: { start: number; end: number }, b: { start: number; end: number }, half: number): number {
  return Math.min(half, b.start - a.end, Math.floor((a.end - a.start) / 2), Math.floor((b.end - b.start) / 2))
}

function crossfade(out: Pcm, into: Pcm): Pcm {
  const length = Math.min(pcmLength(out), pcmLength(into))
  const mixed = silentPcm(out.rate, out.channels.length, length)
  for (let i = 0; i < length; i++) {
    const turn = (((i + 0.5) / length) * Math.PI) / 2
    const falling = Math.cos(turn)
    const rising = Math.sin(turn)
    for (const [index, channel] of mixed.channels.entries())
      channel[i] = (out.channels[index]?.[i] ?? 0) * falling + (into.channels[index]?.[i] ?? 0) * rising
  }
  return mixed
}

/** Fades the very first and very last milliseconds, if this part holds them. */
function edged(
  part: Pcm,
  fadeIn: { at: number; half: number } | undefined,
  fadeOut: { left: number; half: number } | undefined,
): Pcm {
  const length = pcmLength(part)
  const touchesIn = fadeIn !== undefined && fadeIn.at < fadeIn.half
  const touchesOut = fadeOut !== undefined && fadeOut.left - length < fadeOut.half
  if (!touchesIn && !touchesOut) return part
  const faded = { rate: part.rate, channels: part.channels.map((channel) => Float32Array.from(channel)) }
  for (let i = 0; i < length; i++) {
    const rise = touchesIn ? Math.min(1, (fadeIn.at + i + 0.5) / fadeIn.half) : 1
    const fall = touchesOut ? Math.min(1, (fadeOut.left - i - 0.5) / fadeOut.half) : 1
    const gain = Math.sin((Math.max(0, Math.min(rise, fall)) * Math.PI) / 2)
    if (gain < 1) for (const channel of faded.channels) channel[i] = (channel[i] ?? 0) * gain
  }
  return faded
}
