import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import { NoAudioError, TooLongError, throwIfCancelled } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import type { Work } from '../operation/operation.ts'
import { type Pcm, pcmLength, silentPcm, slicePcm } from '../pcm/pcm.ts'
import { SampleQueue } from '../pcm/sample-queue.ts'
import type { TimeRange } from '../words/transcript.ts'
import { type Arrangement, arrangementLength, type Clip, clipLength, isLooped, type Track } from './arrangement.ts'
import { BED_RATE } from './bed.ts'
import { clipSound, type MixSource } from './clip-sound.ts'
import { DuckingGain } from './duck.ts'
import { type Speech, speechInResult } from './speech-look.ts'

const BLOCK = 8192
/** A clip that begins or ends within its sound does so over this long, so that it does not click. Seconds. */
const EDGE = 0.005

/** Looks at the sources of an arrangement. @throws NoAudioError where one holds no sound */
export async function openSources(sources: readonly ByteSource[], work: Work): Promise<MixSource[]> {
  const opened: MixSource[] = []
  for (const bytes of sources) {
    const { duration, streams } = await probe(bytes, work)
    const sound = streams.find((stream) => stream.type === 'audio')
    if (sound === undefined) throw new NoAudioError('the file holds no sound')
    opened.push({ bytes, duration, rate: sound.sampleRate ?? BED_RATE, channels: Math.min(2, sound.channels ?? 1) })
  }
  return opened
}

/** The form of the result: the highest rate of what plays in it (48 kHz at most, unless all are higher), and stereo as soon as anything is. */
export function formOf(arrangement: Arrangement, sources: readonly MixSource[]): { rate: number; channels: 1 | 2 } {
  const rates: number[] = []
  let stereo = false
  for (const track of arrangement.tracks) {
    if ((track.pan ?? 0) !== 0) stereo = true
    for (const { source } of track.clips) {
      const file = typeof source === 'number' ? sources[source] : undefined
      rates.push(file?.rate ?? BED_RATE)
      if (file === undefined || file.channels > 1) stereo = true
    }
  }
  const rate = Math.max(Math.min(...rates), Math.min(BED_RATE, Math.max(...rates)))
  return { rate, channels: stereo ? 2 : 1 }
}

/**
 * The arrangement as sound, in blocks. Nothing is limited here: the sum may pass 1.
 * @param speech from `speechOf`; needed where a track is ducked
 * @param window only this stretch of the result, seconds: the same samples as in the whole
 */
export async function* render(
  arrangement: Arrangement,
  sources: readonly MixSource[],
  speech: Speech,
  work: Work = {},
  window?: TimeRange,
): AsyncGenerator<Pcm> {
  const form = formOf(arrangement, sources)
  const whole = Math.round(arrangementLength(arrangement) * form.rate)
  const first = window === undefined ? 0 : Math.min(whole, Math.max(0, Math.round(window.start * form.rate)))
  const total = window === undefined ? whole : Math.min(whole, Math.round(window.end * form.rate))
  const limit = (work.limits ?? defaultLimits).decodedSeconds
  if ((total - first) / form.rate > limit) throw new TooLongError(`more than ${limit} seconds of sound`)
  const talking = speechInResult(arrangement, speech)
  const tracks = arrangement.tracks
    .filter((track) => !track.muted)
    .map((track) => new TrackPlayer(track, sources, talking, form, work))
  try {
    // Blocks lie where they lie in the whole: gains go straight between points of the same grid.
    for (let at = first - (first % BLOCK); at < total; at += BLOCK) {
      throwIfCancelled(work.signal)
      const out = silentPcm(form.rate, form.channels, Math.min(BLOCK, total - at))
      for (const track of tracks) await track.add(out, at)
      yield at < first ? slicePcm(out, first - at, pcmLength(out)) : out
    }
  } finally {
    for (const track of tracks) await track[Symbol.asyncDispose]()
  }
}

class TrackPlayer implements AsyncDisposable {
  readonly #clips: ClipPlayer[]
  readonly #gains: readonly number[]
  readonly #duck: DuckingGain | undefined

  constructor(
    track: Track,
    sources: readonly MixSource[],
    talking: readonly TimeRange[],
    form: { rate: number; channels: number },
    work: Work,
  ) {
    this.#clips = track.clips.map((clip) => new ClipPlayer(clip, edgesOf(clip, track.clips), sources, form.rate, work))
    const gain = 10 ** ((track.gain ?? 0) / 20)
    const pan = track.pan ?? 0
    const away = (amount: number): number => gain * Math.cos((Math.max(0, amount) * Math.PI) / 2)
    this.#gains = form.channels === 1 ? [gain] : [away(pan), away(-pan)]
    this.#duck = track.duck && new DuckingGain(talking, track.duck, form.rate)
  }

  /** Adds what of this track sounds in `out`, which begins at sample `at`. */
  async add(out: Pcm, at: number): Promise<void> {
    const length = out.channels[0]?.length ?? 0
    const own = silentPcm(out.rate, out.channels.length, length)
    let sounds = false
    for (const clip of this.#clips) sounds = (await clip.add(own, at)) || sounds
    if (sounds) this.#duck?.apply(own.channels, at)
    if (!sounds) return
    for (const [side, channel] of out.channels.entries()) {
      const gain = this.#gains[side] ?? 1
      const mine = own.channels[side]
      for (let i = 0; i < length; i++) channel[i] = (channel[i] ?? 0) + gain * (mine?.[i] ?? 0)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const clip of this.#clips) await clip[Symbol.asyncDispose]()
  }
}

/** The shortest fades of a clip: none where a neighbour goes on with the same sound. */
function edgesOf(clip: Clip, clips: readonly Clip[]): { rise: number; fall: number } {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6
  const meets = (a: Clip, b: Clip): boolean =>
    a.source === b.source &&
    near(a.at + clipLength(a), b.at) &&
    (isLooped(a) || isLooped(b)
      ? near(a.from, b.from) && near(a.to, b.to) && near((a.offset ?? 0) + clipLength(a), b.offset ?? 0)
      : near(a.to, b.from))
  return {
    rise: Math.max(clip.fadeIn ?? 0, clips.some((other) => meets(other, clip)) ? 0 : EDGE),
    fall: Math.max(clip.fadeOut ?? 0, clips.some((other) => meets(clip, other)) ? 0 : EDGE),
  }
}

class ClipPlayer implements AsyncDisposable {
  readonly #start: number
  readonly #end: number
  readonly #gain: number
  readonly #rise: number
  readonly #fall: number
  readonly #open: (from: number) => SampleQueue
  #queue: SampleQueue | undefined
  #over = false

  constructor(
    clip: Clip,
    edges: { rise: number; fall: number },
    sources: readonly MixSource[],
    rate: number,
    work: Work,
  ) {
    this.#start = Math.round(clip.at * rate)
    this.#end = Math.round((clip.at + clipLength(clip)) * rate)
    this.#gain = 10 ** ((clip.gain ?? 0) / 20)
    this.#rise = Math.min(edges.rise, clipLength(clip)) * rate
    this.#fall = Math.min(edges.fall, clipLength(clip)) * rate
    this.#open = (from) => new SampleQueue(clipSound(clip, sources, { rate, from }, work))
  }

  /** Adds what of this clip sounds in `out`; false where nothing does. */
  async add(out: Pcm, at: number): Promise<boolean> {
    const from = Math.max(at, this.#start)
    const to = Math.min(at + (out.channels[0]?.length ?? 0), this.#end)
    if (from >= to || this.#over) return false
    this.#queue ??= this.#open(from)
    const got = await this.#queue.take(to - from, (channels, offset) => {
      const begin = from + offset
      const length = channels[0]?.length ?? 0
      for (const [side, channel] of out.channels.entries()) {
        const source = channels[Math.min(side, channels.length - 1)]
        for (let i = 0; i < length; i++)
          channel[begin - at + i] =
            (channel[begin - at + i] ?? 0) + (source?.[i] ?? 0) * this.#gain * this.#fadeAt(begin + i)
      }
    })
    if (got < to - from || to === this.#end) await this[Symbol.asyncDispose]()
    return got > 0
  }

  #fadeAt(sample: number): number {
    const in_ = this.#rise > 0 ? Math.min(1, (sample - this.#start + 0.5) / this.#rise) : 1
    const out = this.#fall > 0 ? Math.min(1, (this.#end - sample - 0.5) / this.#fall) : 1
    const least = Math.min(in_, out)
    return least >= 1 ? 1 : Math.sin((least * Math.PI) / 2)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#queue?.[Symbol.asyncDispose]()
    this.#queue = undefined
  }
}
