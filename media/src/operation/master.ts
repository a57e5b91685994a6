import { type FilmFormat, writeFilm } from '../container/film.ts'
import { type ByteSink, MemorySink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import { memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { Limiter } from '../loudness/limiter.ts'
import { type Loudness, LoudnessMeter } from '../loudness/meter.ts'
import { TRUE_PEAK_CEILING } from '../loudness/targets.ts'
import { type Pcm, pcmLength } from '../pcm/pcm.ts'
import { encodeAll } from './convert.ts'
import { loudness, loudnessOf } from './loudness.ts'
import { pictureFormats, progressOf, type Work } from './operation.ts'

/** How to finish a sound. */
export interface MasterOptions {
  readonly format: SoundFormat | FilmFormat
  /** The pictures that go with it, of a film. */
  readonly pictures?: Parameters<typeof writeFilm>[2]
  readonly sample: 's16' | 's24' | 'f32'
  /** Integrated loudness to reach, LUFS; as it is by default. */
  readonly loudness?: number
  readonly tags?: Readonly<Record<string, string>>
}

/** A sound that was finished. */
export interface Mastered {
  /** Seconds. */
  readonly duration: number
  /** Of the file that was written (of what was given to its encoder, where that is lossless or the file is very large). */
  readonly after: Loudness
}

/** Close enough, LU. */
const NEAR = 0.1
/** Tries at reaching the target: limiting takes some loudness away, which is given back, and so on. */
const TRIES = 5
/** Lossy codecs overshoot: what is left for that at first, dB. */
const LOSSY_ROOM = 1
/** A lossy file up to so many seconds is made in memory first, and again where its peaks came out too high or its loudness off (what a codec leaves out is loudness, too). */
const CHECKED_SECONDS = 3 * 3600

/**
 * Writes `blocks` at the loudness asked for, with no true peak over {@link TRUE_PEAK_CEILING}. `blocks` is called
 * several times: to measure, again while limiting takes away what gain gives, and to write. Without a target the gain
 * is 1.
 * @throws NoAudioError when no block comes
 */
export async function master(
  blocks: () => AsyncIterable<Pcm>,
  sink: ByteSink,
  options: MasterOptions,
  seconds: number,
  work: Work,
): Promise<Mastered> {
  const { format, sample, tags, pictures } = options
  const onSecond = progressOf(work, 'write', seconds)
  const film = isFilm(format)
  /** What the codec makes of it is found out on the sound alone. */
  const soundFormat = film ? (format === 'webm' ? 'opus' : 'm4a') : format
  const encode = (into: ByteSink, used: AsyncGenerator<Pcm>): Promise<number> =>
    encodeAll(used, into, { format: soundFormat, sample, ...(tags ? { tags } : {}) }, work, onSecond)
  const writeAll = async (used: AsyncGenerator<Pcm>): Promise<void> => {
    if (!isFilm(format) || pictures === undefined) throw new BadRequestError('a film has pictures')
    await writeFilm(sink, { ...work, format, onSecond, ...(tags ? { tags } : {}) }, pictures, used)
  }
  const lossy = soundFormat !== 'wav' && soundFormat !== 'flac'
  let ceiling = TRUE_PEAK_CEILING - (lossy ? LOSSY_ROOM : 0)
  const checked = lossy && seconds <= CHECKED_SECONDS
  const target = options.loudness
  const plain = target === undefined ? null : await loudnessOf(watched(blocks(), measuring(work, seconds)))
  let gain = target === undefined || plain === null || plain.integrated === null ? 0 : target - plain.integrated
  if (!checked) {
    const limits = (plain?.truePeak ?? Number.NEGATIVE_INFINITY) + gain > ceiling
    if (target !== undefined && limits) gain = await gainFor(blocks, target, gain, ceiling, seconds, work)
    const heard: { after?: Loudness } = {}
    const all = measured(limited(blocks(), gain, ceiling), heard)
    let duration = seconds
    if (film) await writeAll(all)
    else duration = await encode(sink, all)
    return { duration, after: heard.after ?? { integrated: null, range: null, truePeak: null } }
  }
  for (let left = TRIES; ; left--) {
    const memory = new MemorySink()
    const duration = await encode(memory, limited(blocks(), gain, ceiling))
    const after = await loudness(memorySource(memory.bytes), quiet(work))
    const over = (after.truePeak ?? Number.NEGATIVE_INFINITY) - TRUE_PEAK_CEILING
    const miss = target === undefined ? 0 : target - (after.integrated ?? target)
    if ((over <= 0 && Math.abs(miss) <= 2 * NEAR) || left <= 1) {
      if (film) await writeAll(limited(blocks(), gain, ceiling))
      else {
        sink.write(0, memory.bytes)
        sink.end()
      }
      return { duration, after }
    }
    if (over > 0) ceiling -= over + 0.1
    gain += miss
  }
}

function isFilm(format: SoundFormat | FilmFormat): format is FilmFormat {
  return (pictureFormats as readonly string[]).includes(format)
}

/** The gain, dB, with which the limited sound has the loudness asked for; `gain` is where it would be without limiting. */
async function gainFor(
  blocks: () => AsyncIterable<Pcm>,
  target: number,
  gain: number,
  ceiling: number,
  seconds: number,
  work: Work,
): Promise<number> {
  let found = gain
  for (let left = TRIES; left > 0; left--) {
    const { integrated } = await loudnessOf(watched(limited(blocks(), found, ceiling), measuring(work, seconds)), false)
    const miss = target - (integrated ?? target)
    if (Math.abs(miss) <= NEAR) break
    found += miss
  }
  return found
}

function measuring(work: Work, seconds: number): (done: number) => void {
  return progressOf(work, 'measure', seconds)
}

/** `blocks` with `gain` (dB), and no true peak over `ceiling` (dBTP). */
export async function* limited(blocks: AsyncIterable<Pcm>, gain: number, ceiling: number): AsyncGenerator<Pcm> {
  let limiter: Limiter | undefined
  for await (const block of blocks) {
    limiter ??= new Limiter(block.rate, block.channels.length, gain, ceiling)
    const out = limiter.push(block)
    if (pcmLength(out) > 0) yield out
  }
  const rest = limiter?.end()
  if (rest !== undefined && pcmLength(rest) > 0) yield rest
}

/** Passes blocks on and measures them; the figures are there when the last one went by. */
async function* measured(blocks: AsyncIterable<Pcm>, heard: { after?: Loudness }): AsyncGenerator<Pcm> {
  let meter: LoudnessMeter | undefined
  try {
    for await (const block of blocks) {
      meter ??= new LoudnessMeter(block)
      meter.add(block)
      yield block
    }
    if (meter) heard.after = meter.end()
  } finally {
    meter?.[Symbol.dispose]()
  }
}

async function* watched(blocks: AsyncIterable<Pcm>, report: (seconds: number) => void): AsyncGenerator<Pcm> {
  let samples = 0
  for await (const block of blocks) {
    samples += pcmLength(block)
    report(samples / block.rate)
    yield block
  }
}

function quiet({ signal, limits }: Work): Work {
  return { ...(signal ? { signal } : {}), ...(limits ? { limits } : {}) }
}
