import { writeFilm } from '../container/film.ts'
import { PictureTranscoder } from '../container/picture.ts'
import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import { type Pcm, pcmLength, silentPcm } from '../pcm/pcm.ts'
import { PlaceReader } from '../pcm/place-reader.ts'
import type { TimeRange } from '../words/transcript.ts'
import { soundOrNone } from './clip.ts'
import { encodeAll, sampleForm } from './convert.ts'
import { type PictureFormat, pictureFormats, progressOf, type Work, type Written } from './operation.ts'

/** Half the length of the crossfade at a join. */
const halfFade = 0.005

/** What to keep, in the order it is to be heard in. */
export interface CutOptions {
  readonly keep: readonly TimeRange[]
  /** A picture format cuts the pictures of a film at the same places. */
  readonly format: SoundFormat | PictureFormat
}

/**
 * Joins the ranges of `source` that are to be kept. Of a film, with a picture format, sound and picture are cut at the
 * same places and stay in step: pictures are encoded anew, so nothing that was cut is left in the file. Each join is an
 * equal-power crossfade of 10 ms, centred on the join: up to 5 ms of what was cut away on either side is faded under the
 * kept sound, so the result is exactly as long as the kept ranges together and no sample of them is lost. A start or end
 * inside the sound is faded over 5 ms. Ranges that were moved are joined alike.
 * @throws BadRequestError when a range is empty or two overlap
 */
export async function cut(source: ByteSource, sink: ByteSink, options: CutOptions, work: Work = {}): Promise<Written> {
  const { keep, format } = options
  const sorted = [...keep].sort((a, b) => a.start - b.start)
  for (const [index, range] of sorted.entries())
    if (!(range.start >= (sorted[index - 1]?.end ?? 0) && range.end > range.start))
      throw new BadRequestError('the ranges to keep must not overlap and must not be empty')
  if (keep.length === 0) throw new BadRequestError('nothing is kept')
  const total = keep.reduce((sum, range) => sum + range.end - range.start, 0)
  const report = progressOf(work, 'cut', total)
  if (isPicture(format)) {
    const limits = work.limits ?? defaultLimits
    await writeFilm(
      sink,
      { ...work, format, onSecond: report },
      (output) => new PictureTranscoder(source, output, format === 'webm' ? 'vp9' : 'h264', keep, limits),
      soundOrNone(keptBlocks(source, keep, work)),
    )
    return { format, duration: total }
  }
  const sample = sampleForm(source, format, work)
  const duration = await encodeAll(keptBlocks(source, keep, work), sink, { format, sample }, work, report)
  return { format, duration }
}

function isPicture(format: SoundFormat | PictureFormat): format is PictureFormat {
  return (pictureFormats as readonly string[]).includes(format)
}

/** The kept sound as blocks, in the order of `keep`. */
export async function* keptBlocks(source: ByteSource, keep: readonly TimeRange[], work: Work): AsyncGenerator<Pcm> {
  const first = keep[0]
  if (first === undefined) return
  await using reader = new PlaceReader(source, work, 8 * halfFade)
  const rate = await reader.rate(Math.max(0, first.start - halfFade))
  if (rate === 0) return
  const half = Math.round(halfFade * rate)
  const spans = keep.map((range) => ({ start: Math.round(range.start * rate), end: Math.round(range.end * rate) }))
  let tail: Pcm | undefined
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1]
    const after = spans[index + 1]
    const lead = before === undefined ? 0 : overlap(before, span, half)
    const trail = after === undefined ? 0 : overlap(span, after, half)
    if (tail !== undefined && lead > 0)
      yield crossfade(tail, await reader.readAll(span.start - lead, span.start + lead))
    let position = span.start + lead
    for await (const part of reader.read(position, span.end - trail)) {
      const fadeIn = (before === undefined ? span.start > 0 : dips(before, span, half))
        ? { at: position - span.start, half }
        : undefined
      const fadeOut = after === undefined || dips(span, after, half) ? { left: span.end - position, half } : undefined
      yield edged(part, fadeIn, fadeOut)
      position += pcmLength(part)
    }
    tail = trail > 0 ? await reader.readAll(span.end - trail, span.end + trail) : undefined
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

/**
 * How many samples a join may take on each side: no more than half of either neighbour holds, and than the gap between
 * them. None where they belong together, or where it dips.
 */
function overlap(a: Span, b: Span, half: number): number {
  if (dips(a, b, half)) return 0
  const room = b.start >= a.end ? b.start - a.end : b.start
  return Math.max(0, Math.min(half, room, Math.floor((a.end - a.start) / 2), Math.floor((b.end - b.start) / 2)))
}

/** Whether a passage was moved from the very beginning: there is nothing before it to fade in, so both sides fade to silence. */
function dips(a: Span, b: Span, half: number): boolean {
  return b.start < a.end && b.start < half
}

/** Where the sound that goes ends early (the file ends), it has faded out by then. */
function crossfade(out: Pcm, into: Pcm): Pcm {
  const length = pcmLength(into)
  const ends = pcmLength(out)
  const mixed = silentPcm(into.rate, into.channels.length, length)
  for (let i = 0; i < length; i++) {
    const falling = i < ends ? Math.cos((((i + 0.5) / ends) * Math.PI) / 2) : 0
    const rising = Math.sin((((i + 0.5) / length) * Math.PI) / 2)
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
