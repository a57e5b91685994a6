import { AV_SAMPLE_FMT_FLTP } from 'node-av/constants'
import {
  avChannelLayoutDefault,
  type ChannelLayout,
  Codec,
  CodecContext,
  Frame,
  type Packet,
  SoftwareResampleContext,
  type Stream,
} from 'node-av/lib'
import { LimitError, UnreadableMediaError } from '../error.ts'
import { isSoundDecoder } from './whitelist.ts'

/** libav's unspecified channel order: only a count is known. */
const unspecified = 0

/** One audio stream's decoder. Frames are libav's own; `FrameReader` makes samples of them. */
export class AudioDecoder implements Disposable {
  readonly #context = new CodecContext()
  readonly #frame = new Frame()
  /** Packets that did not decode. */
  errors = 0

  /** @throws UnreadableMediaError when the codec is unknown or not allowed */
  constructor(stream: Stream) {
    const codec = Codec.findDecoder(stream.codecpar.codecId)
    if (codec === null || !isSoundDecoder(codec.name))
      throw new UnreadableMediaError('the codec of the sound is not one we decode')
    this.#context.allocContext3(codec)
    this.#context.parametersToContext(stream.codecpar)
    this.#context.pktTimebase = stream.timeBase
    this.#context.threadCount = 1
    if (this.#context.open2Sync(codec, null) < 0) {
      this.#context.freeContext()
      throw new UnreadableMediaError('the header of the sound is broken')
    }
    this.#frame.alloc()
  }

  /** Frames of one packet (`null`: what is left at the end). A frame is valid until the next step. */
  *decode(packet: Packet | null): Generator<Frame> {
    if (this.#context.sendPacketSync(packet) < 0) this.errors++
    while (this.#context.receiveFrameSync(this.#frame) >= 0) {
      yield this.#frame
      this.#frame.unref()
    }
  }

  /** Forgets the past, after a seek. */
  flush(): void {
    this.#context.flushBuffers()
  }

  [Symbol.dispose](): void {
    this.#frame.free()
    this.#context.freeContext()
  }
}

/** The channel layout of a frame; a bare count gets libav's default layout for it. */
export function frameLayout(frame: Frame): ChannelLayout {
  const layout = frame.channelLayout
  return layout.order === unspecified ? avChannelLayoutDefault(layout.nbChannels) : layout
}

/**
 * Turns frames of any sample format and channel layout into planar floats with a fixed channel count (libswresample;
 * a downmix is scaled so that it cannot clip). The rate is not changed here.
 */
export class FrameReader implements Disposable {
  readonly channels: number
  readonly #layout: ChannelLayout
  readonly #out = new Frame()
  #swr: SoftwareResampleContext | undefined
  #format = -1
  #rate = 0
  #inputChannels = 0
  #bareCount = false
  #capacity = 0
  #planes: Float32Array[] = []

  constructor(channels: number) {
    this.channels = channels
    this.#layout = avChannelLayoutDefault(channels)
    this.#out.alloc()
  }

  /** Samples of `frame` as views that are valid until the next call. */
  read(frame: Frame): Float32Array[] {
    const samples = frame.nbSamples
    const channels = frame.channels
    if (
      frame.format !== this.#format ||
      frame.sampleRate !== this.#rate ||
      channels !== this.#inputChannels ||
      samples > this.#capacity
    )
      this.#configure(frame, Math.max(samples, this.#capacity, 8192))
    if (this.#bareCount) frame.channelLayout = avChannelLayoutDefault(channels)
    this.#out.nbSamples = this.#capacity
    const result = this.#swr?.convertFrame(this.#out, frame) ?? -1
    if (result < 0 || this.#out.nbSamples !== samples)
      throw new UnreadableMediaError('the sound changes its form in a way we do not follow')
    return this.#planes.map((plane) => plane.subarray(0, samples))
  }

  #configure(frame: Frame, capacity: number): void {
    const layout = frameLayout(frame)
    this.#bareCount = frame.channelLayout.order === unspecified
    this.#format = frame.format
    this.#rate = frame.sampleRate
    this.#inputChannels = frame.channels
    this.#swr?.free()
    const swr = new SoftwareResampleContext()
    const set = swr.allocSetOpts2(
      this.#layout,
      AV_SAMPLE_FMT_FLTP,
      frame.sampleRate,
      layout,
      frame.format as typeof AV_SAMPLE_FMT_FLTP,
      frame.sampleRate,
    )
    if (set >= 0) swr.setOption('rematrix_maxval', 1)
    if (set < 0 || swr.init() < 0) throw new UnreadableMediaError('the channel layout of the sound is not one we mix')
    this.#swr = swr
    this.#capacity = capacity
    this.#out.unref()
    this.#out.format = AV_SAMPLE_FMT_FLTP
    this.#out.sampleRate = frame.sampleRate
    this.#out.channelLayout = this.#layout
    this.#out.nbSamples = capacity
    if (this.#out.getBuffer() < 0) throw new LimitError('out of memory')
    // Views of the frame's own memory, made once: one Buffer per frame would be 8 GB of garbage in a long file.
    this.#planes = (this.#out.extendedData ?? []).map(
      (data) => new Float32Array(data.buffer, data.byteOffset, capacity),
    )
  }

  [Symbol.dispose](): void {
    this.#swr?.free()
    this.#out.free()
  }
}
