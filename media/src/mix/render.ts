import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import { NoAudioError, TooLongError, throwIfCancelled } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import type { Work } from '../operation/operation.ts'
import { type Pcm, pcmLength, silentPcm, slicePcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { SampleQueue } from '../pcm/sample-queue.ts'
import { mergeRanges } from '../words/cut.ts'
import type { TimeRange } from '../words/transcript.ts'
import { type Arrangement, arrangementLength, type Clip, clipLength, type Track } from './arrangement.ts'
import { BED_RATE, bedTurn } from './bed.ts'
import type { BedName } from './bed-names.ts'
import { DuckingGain } from './duck.ts'
import { looped } from './loop.ts'
import { SpeechActivity } from './speech-activity.ts'

const BLOCK = 8192
/** A clip that begins or ends within its sound does so over this long, so that it does not click. Seconds. */
const EDGE = 0.005
/** Crossfade where a looped sound begins again, seconds. */
const SEAM = 1

/** A source, and what has to be known of it. */
export interface MixSource {
  readonly bytes: ByteSource
  readonly duration: number
  readonly rate: number
  /** One or two; more are mixed down to two. */
  readonly channels: number
}

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

/** Where somebody speaks in each source that a voice track plays, on the source's own clock. */
export async function speechOf(
  arrangement: Arrangement,
  sources: readonly MixSource[],
  work: Work,
): Promise<ReadonlyMap<number, TimeRange[]>> {
  const speech = new Map<number, TimeRange[]>()
  if (!arrangement.tracks.some((track) => track.duck)) return speech
  const voices = arrangement.tracks.filter((track) => track.role === 'voice' && !track.muted)
  const clips = voices.flatMap((track) => track.clips)
  for (const { source } of clips) {
    if (typeof source !== 'number' || speech.has(source)) continue
    const played = clips.filter((clip) => clip.source === source)
    const from = Math.min(...played.map((clip) => clip.from))
    const to = Math.max(...played.map((clip) => clip.to))
    const activity = new SpeechActivity()
    for await (const block of decode((sources[source] as MixSource).bytes, { ...work, from, to })) activity.add(block)
    speech.set(
      source,
      activity.speech().map(({ start, end }) => ({ start: start + from, end: end + from })),
    )
  }
  return speech
}

/** Where somebody speaks in the result. */
function speechIn(arrangement: Arrangement, speech: ReadonlyMap<number, readonly TimeRange[]>): TimeRange[] {
  const voices = arrangement.tracks.filter((track) => track.role === 'voice' && !track.muted)
  return mergeRanges(
    voices.flatMap((track) =>
      track.clips.flatMap((clip) =>
        (typeof clip.source === 'number' ? (speech.get(clip.source) ?? []) : []).map(({ start, end }) => ({
          start: Math.max(start, clip.from) - clip.from + clip.at,
          end: Math.min(end, clip.to, clip.from + clipLength(clip)) - clip.from + clip.at,
        })),
      ),
    ),
  )
}

/**
 * The arrangement as sound, in blocks. Nothing is limited here: the sum may pass 1.
 * @param speech from {@link speechOf}; needed where a track is ducked
 */
export async function* render(
  arrangement: Arrangement,
  sources: readonly MixSource[],
  speech: ReadonlyMap<number, readonly TimeRange[]>,
  work: Work = {},
): AsyncGenerator<Pcm> {
  const form = formOf(arrangement, sources)
  const total = Math.round(arrangementLength(arrangement) * form.rate)
  const limit = (work.limits ?? defaultLimits).decodedSeconds
  if (total / form.rate > limit) throw new TooLongError(`more than ${limit} seconds of sound`)
  const talking = speechIn(arrangement, speech)
  const tracks = arrangement.tracks
    .filter((track) => !track.muted)
    .map((track) => new TrackPlayer(track, sources, talking, form, work))
  try {
    for (let at = 0; at < total; at += BLOCK) {
      throwIfCancelled(work.signal)
      const out = silentPcm(form.rate, form.channels, Math.min(BLOCK, total - at))
      for (const track of tracks) await track.add(out, at)
      yield out
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
    near(a.to, b.from) &&
    near(a.at + clipLength(a), b.at) &&
    near(clipLength(a), a.to - a.from)
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
  readonly #open: () => SampleQueue
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
    this.#open = () => new SampleQueue(blocksOf(clip, sources, rate, work))
  }

  /** Adds what of this clip sounds in `out`; false where nothing does. */
  async add(out: Pcm, at: number): Promise<boolean> {
    const from = Math.max(at, this.#start)
    const to = Math.min(at + (out.channels[0]?.length ?? 0), this.#end)
    if (from >= to || this.#over) return false
    this.#queue ??= this.#open()
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

function blocksOf(clip: Clip, sources: readonly MixSource[], rate: number, work: Work): AsyncGenerator<Pcm> {
  const { source, from } = clip
  if (typeof source !== 'number') return made(source, clipLength(clip), rate)
  const file = sources[source] as MixSource // checkArrangement saw to it
  const to = Math.min(clip.to, file.duration)
  const open = (): AsyncGenerator<Pcm> => decode(file.bytes, { ...work, from, to, rate, channels: file.channels })
  if (clipLength(clip) <= clip.to - clip.from + 1e-9) return open()
  return looped(open, { seam: Math.round(SEAM * rate), length: (to - from) * rate })
}

/** A made sound is made once, this long, and looped: it costs as much as decoding does. */
async function* made(name: BedName, seconds: number, rate: number): AsyncGenerator<Pcm> {
  const turn = bedTurn(name)
  const length = pcmLength(turn)
  async function* once(): AsyncGenerator<Pcm> {
    for (let at = 0; at < length; at += BLOCK) yield slicePcm(turn, at, at + BLOCK)
  }
  async function* enough(): AsyncGenerator<Pcm> {
    let given = 0
    for await (const block of looped(once, { seam: SEAM * BED_RATE, length })) {
      yield block
      given += pcmLength(block)
      if (given > (seconds + 1) * BED_RATE) return
    }
  }
  yield* rate === BED_RATE ? enough() : resample(enough(), rate)
}
