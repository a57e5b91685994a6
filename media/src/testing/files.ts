/** One small good file of every container we promise to read, made by code; for tests that damage them. */
import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib'
import { Output } from '../container/output.ts'
import { MemorySink } from '../container/sink.ts'
import { SoundEncoder, type SoundFormat } from '../container/sound-encoder.ts'
import { testSound, written } from './sound.ts'

/** Names of the containers, as file endings. */
export const fileKinds = [
  'mp3',
  'wav',
  'wav24',
  'flac',
  'opus',
  'm4a',
  'aac',
  'webm',
  'mp4',
  'mov',
  'mkv',
  '3gp',
  'amr',
] as const
export type FileKind = (typeof fileKinds)[number]

const seconds = 2

/** A good file of each kind, about two seconds long. */
export function goodFile(kind: FileKind): Uint8Array {
  switch (kind) {
    case 'mp3':
    case 'flac':
    case 'opus':
    case 'm4a':
      return written(testSound(24_000, seconds), { format: kind })
    case 'wav':
      return written(testSound(8000, seconds), { format: 'wav' })
    case 'wav24':
      return written(testSound(96_000, seconds / 4, 2), { format: 'wav', sample: 's24' })
    case 'aac':
      return muxed('adts', 'm4a', undefined)
    case 'webm':
      return muxed('webm', 'opus', 'libvpx')
    case 'mp4':
      return muxed('mp4', 'm4a', 'libx264')
    case 'mov':
      return muxed('mov', 'm4a', 'mjpeg')
    case 'mkv':
      return muxed('matroska', 'flac', 'libx264')
    case '3gp':
      return muxed('3gp', 'm4a', 'mpeg4')
    case 'amr':
      return amr()
  }
}

/** A file with many streams of sound. */
export function manyStreams(count: number): Uint8Array {
  return muxed('matroska', 'm4a', undefined, count)
}

/** AMR narrow band, mode 0 (RFC 4867, section 5): 20 ms frames of 13 bytes; any bits are some sound. */
function amr(): Uint8Array {
  const frames = Buffer.alloc(13 * 50 * seconds)
  let state = 5
  for (let i = 0; i < frames.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    frames[i] = i % 13 === 0 ? 0x04 : state >>> 24
  }
  return Buffer.concat([Buffer.from('#!AMR\n'), frames])
}

function muxed(
  muxer: string,
  sound: SoundFormat,
  picture: 'libx264' | 'libvpx' | 'mjpeg' | 'mpeg4' | undefined,
  sounds = 1,
): Uint8Array {
  const sink = new MemorySink()
  using output = new Output(sink, muxer, 1e9)
  using film = picture === undefined ? undefined : new Film(output, picture)
  const encoders = Array.from(
    { length: sounds },
    () => new SoundEncoder(output, { format: sound, rate: 48_000, channels: 1 }),
  )
  try {
    output.begin()
    film?.write()
    for (const encoder of encoders) {
      encoder.write(testSound(48_000, seconds / sounds))
      encoder.end()
    }
    output.end()
  } finally {
    for (const encoder of encoders) encoder[Symbol.dispose]()
  }
  return Uint8Array.from(sink.bytes)
}

const rate = 10

/** A small moving pattern. */
class Film implements Disposable {
  readonly #context = new CodecContext()
  readonly #output: Output
  readonly #index: number

  constructor(output: Output, encoder: string) {
    this.#output = output
    const codec = Codec.findEncoderByName(encoder as Parameters<typeof Codec.findEncoderByName>[0])
    if (codec === null) throw new Error(`no encoder ${encoder}`)
    const context = this.#context
    context.allocContext3(codec)
    context.width = 64
    context.height = 48
    context.pixelFormat = AV_PIX_FMT_YUV420P
    context.timeBase = new Rational(1, rate)
    context.framerate = new Rational(rate, 1)
    context.gopSize = 10
    if (encoder === 'mjpeg') context.setOption('strict', 'unofficial')
    if (output.wantsGlobalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    if (context.open2Sync(codec, null) < 0) throw new Error(`${encoder} does not open`)
    const stream = output.format.newStream(codec)
    stream.timeBase = new Rational(1, rate)
    stream.codecpar.fromContext(context)
    this.#index = stream.index
  }

  write(): void {
    using frame = new Frame()
    frame.alloc()
    for (let i = 0; i < rate * seconds; i++) {
      frame.unref()
      frame.format = AV_PIX_FMT_YUV420P
      frame.width = 64
      frame.height = 48
      frame.getBuffer()
      for (const [plane, data] of (frame.data ?? []).entries())
        for (let at = 0; at < data.length; at++) data[at] = (at * (plane + 1) + i * 9) & 255
      frame.pts = BigInt(i)
      this.#context.sendFrameSync(frame)
      this.#drain()
    }
    this.#context.sendFrameSync(null)
    this.#drain()
  }

  #drain(): void {
    using packet = new Packet()
    packet.alloc()
    while (this.#context.receivePacketSync(packet) >= 0) {
      packet.streamIndex = this.#index
      packet.duration = 1n
      this.#output.write(packet, { num: 1, den: rate })
    }
  }

  [Symbol.dispose](): void {
    this.#context.freeContext()
  }
}
