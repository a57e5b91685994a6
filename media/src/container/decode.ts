import { AV_NOPTS_VALUE } from 'node-av/constants'
import { type Frame, Packet, type Stream } from 'node-av/lib'
import { LimitError, NoAudioError, TooLongError, throwIfCancelled, UnreadableMediaError } from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { concatPcm, type Pcm } from '../pcm/pcm.ts'
import { resample } from '../pcm/resample.ts'
import { AudioDecoder, FrameReader } from './audio-decoder.ts'
import { BlockBuilder } from './block-builder.ts'
import { Input, isCover, seconds, tickOf } from './input.ts'
import type { ByteSource } from './source.ts'

/** What to decode. */
export interface DecodeOptions {
  /** Samples per second of the blocks; the file's own by default. */
  readonly rate?: number
  /** Channels of the blocks; the file's own by default. */
  readonly channels?: number
  /** First second, 0 by default. */
  readonly from?: number
  /** End in seconds (exclusive), the end of the sound by default. */
  readonly to?: number
  /** Each block's samples are good only until the next is asked for: for who looks at them and keeps none. */
  readonly passing?: boolean
  readonly signal?: AbortSignal
  readonly limits?: Limits
}

/** Let finalisers of native memory run this often: a 10 h file grew to 770 MB without, 110 MB with. */
const packetsPerTurn = 2048
/** Holes and overlaps of the clock shorter than this are rounding or jitter of the container, not silence. */
const jitter = 0.1
/** Decoders need what came before: MP3's bit reservoir, Opus' 80 ms (RFC 7845 section 4.6), an Ogg page. */
const preroll = 2
/** Below this many seconds decoding from the start costs less than a seek. */
const seekFrom = 10

/**
 * The sound of `source` as blocks. Time 0 is the first shown moment of the file: encoder delay (MP3, AAC, Opus) is
 * removed, a sound that starts after its picture is led by silence, holes in the container's clock are silence.
 * `from` and `to` are exact to the sample of the file's rate.
 * @throws NoAudioError @throws UnreadableMediaError @throws TooLongError @throws CancelledError
 */
export async function* decode(source: ByteSource, options: DecodeOptions = {}): AsyncGenerator<Pcm> {
  const blocks = decodeOwnRate(source, options)
  yield* options.rate === undefined ? blocks : resample(blocks, options.rate)
}

/** `decode` joined to one; for short sounds. */
export async function decodeAll(source: ByteSource, options: DecodeOptions = {}): Promise<Pcm> {
  const blocks: Pcm[] = []
  for await (const block of decode(source, options)) blocks.push(block)
  return concatPcm(blocks)
}

async function* decodeOwnRate(source: ByteSource, options: DecodeOptions): AsyncGenerator<Pcm> {
  if ((options.from ?? 0) > seekFrom) {
    const seeking = new Track(source, options)
    try {
      if (seeking.seek()) {
        yield* seeking.blocks()
        return
      }
    } finally {
      seeking[Symbol.dispose]()
    }
  }
  using track = new Track(source, options)
  yield* track.blocks()
}

/** One pass over the audio stream of a file, on the file's shown clock. */
class Track implements Disposable {
  readonly #input: Input
  readonly #stream: Stream
  readonly #decoder: AudioDecoder
  readonly #packet = new Packet()
  readonly #options: DecodeOptions
  readonly #limits: Limits
  readonly #tick: number
  readonly #index: number
  #rate = 0
  /** Sample on the shown clock that the next frame continues at; unknown before the first frame and after a seek. */
  #position: number | undefined
  /** Shown clock minus the stream's clock, in samples. */
  #offset = 0
  /** First frame's place on the stream's clock, in samples, and the frame size: the grid to snap coarse clocks to. */
  #grid = { first: 0, size: 0 }

  constructor(source: ByteSource, options: DecodeOptions) {
    this.#options = options
    this.#limits = options.limits ?? defaultLimits
    this.#input = Input.open(source, this.#limits)
    try {
      const stream = this.#input.best('audio')
      if (stream === undefined) throw new NoAudioError('the file holds no sound')
      this.#stream = stream
      this.#tick = tickOf(stream)
      this.#index = stream.index
      this.#input.select([stream])
      this.#decoder = new AudioDecoder(stream)
    } catch (error) {
      this.#input[Symbol.dispose]()
      throw error
    }
    this.#packet.alloc()
  }

  /** Frames in order; synchronous, so the caller decides when to breathe. `undefined` marks a packet's end. */
  *#frames(): Generator<Frame | undefined> {
    while (this.#input.read(this.#packet)) {
      if (this.#packet.streamIndex === this.#index) yield* this.#decoder.decode(this.#packet)
      this.#packet.unref()
      yield undefined
    }
    yield* this.#decoder.decode(null)
  }

  /** Where the frame starts on the stream's clock, in samples; undefined if the container does not say. */
  #clock(frame: Frame): number | undefined {
    const pts = frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts
    return pts === AV_NOPTS_VALUE ? undefined : Number(pts) * this.#tick * this.#rate
  }

  /** Sets rate and clock from the very first frame. */
  #begin(frame: Frame): void {
    this.#rate = frame.sampleRate
    const first = this.#clock(frame) ?? 0
    this.#grid = { first, size: 0 }
    const starts = this.#input.streams
      .filter((stream) => stream.codecpar.width > 0 && !isCover(stream))
      .map((stream) => seconds(stream, stream.startTime))
      .filter((start) => start !== undefined)
    const lead = starts.length === 0 ? 0 : first - Math.min(...starts) * this.#rate
    this.#offset = Math.max(0, Math.round(lead)) - first
  }

  /**
   * Goes near `from`.
   * @returns false when the exact place is not known after the seek: then decode from the start
   */
  seek(): boolean {
    let size = 0
    for (const frame of this.#frames()) {
      if (frame === undefined) continue
      if (this.#rate === 0) this.#begin(frame)
      else if (size === 0) size = frame.nbSamples
      else {
        this.#grid.size = frame.nbSamples === size ? size : 0
        break
      }
    }
    if (this.#rate === 0) return false
    const from = (this.#options.from ?? 0) - this.#offset / this.#rate
    if (!this.#input.seek(this.#stream, from - preroll)) return false
    this.#packet.unref()
    this.#decoder.flush()
    const tick = this.#rate * this.#tick
    return tick <= 1 || this.#grid.size > 0
  }

  /** A frame's place on the shown clock. After a seek in a container with a coarse clock: the nearest frame start. */
  #place(clock: number): number {
    const { first, size } = this.#grid
    const tick = this.#rate * this.#tick
    if (tick > 1 && size > 0) {
      const snapped = first + Math.round((clock - first) / size) * size
      if (Math.abs(snapped - clock) <= 1.5 * tick) return Math.round(snapped + this.#offset)
    }
    return Math.round(clock + this.#offset)
  }

  async *blocks(): AsyncGenerator<Pcm> {
    const sought = this.#rate > 0
    let builder: BlockBuilder | undefined
    let reader: FrameReader | undefined
    let packets = 0
    const declared = Number(this.#input.format.duration) / 1e6
    try {
      for (const frame of this.#frames()) {
        if (frame === undefined) {
          if (++packets % packetsPerTurn === 0) await new Promise(setImmediate)
          throwIfCancelled(this.#options.signal)
          continue
        }
        if (this.#rate === 0) this.#begin(frame)
        if (builder === undefined || reader === undefined) {
          const channels = this.#options.channels ?? frame.channelLayout.nbChannels
          if (channels > this.#limits.channels) throw new LimitError(`more than ${this.#limits.channels} channels`)
          reader = new FrameReader(channels)
          builder = new BlockBuilder(this.#rate, channels, this.#options)
          if (!sought) this.#position = 0
        }
        // A stream that changes its rate midway (chained Ogg, spliced ADTS) goes on at the first rate.
        if (frame.sampleRate !== this.#rate) throw new UnreadableMediaError('the sample rate changes within the file')
        const clock = this.#clock(frame)
        if (this.#position === undefined) {
          if (clock === undefined) continue
          this.#position = this.#place(clock)
          builder.start(this.#position)
        } else if (clock !== undefined) {
          const hole = Math.round(clock + this.#offset) - this.#position
          if (Math.abs(hole) > jitter * this.#rate) {
            const believable = hole > 0 && hole / this.#rate <= Math.max(declared, 0) + 1
            if (believable) {
              for (const block of builder.silence(hole)) yield this.#count(block, builder)
              this.#position += hole
            } else this.#offset -= hole
          }
        }
        for (const block of builder.add(reader.read(frame))) yield this.#count(block, builder)
        this.#position += frame.nbSamples
        if (builder.done) return
      }
      if (builder === undefined) {
        if (sought) return
        if (packets > 0 || this.#decoder.errors > 0) throw new UnreadableMediaError('no sound could be decoded')
        return
      }
      const last = builder.rest()
      if (last !== undefined) yield last
    } finally {
      reader?.[Symbol.dispose]()
    }
  }

  #count(block: Pcm, builder: BlockBuilder): Pcm {
    if (builder.given / this.#rate > this.#limits.decodedSeconds)
      throw new TooLongError(`more than ${this.#limits.decodedSeconds} seconds of sound`)
    return block
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#decoder[Symbol.dispose]()
    this.#input[Symbol.dispose]()
  }
}
