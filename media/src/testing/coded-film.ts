/** A film whose every picture says in black and white which one it is, to see whether picture and sound stay in step. */
import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib'
import { Input, seconds } from '../container/input.ts'
import { Output } from '../container/output.ts'
import { MemorySink } from '../container/sink.ts'
import { SoundEncoder } from '../container/sound-encoder.ts'
import { memorySource } from '../container/source.ts'
import { defaultLimits } from '../limits.ts'
import { testSound } from './sound.ts'

const bits = 16
const side = 16
/** Pictures per second. */
export const codedRate = 10

/** An mp4 of `length` seconds with `testSound` of 16 kHz beside the pictures. */
export function codedFilm(length: number): Uint8Array {
  const sink = new MemorySink()
  using output = new Output(sink, 'mp4', 1e10)
  const codec = Codec.findEncoderByName('mpeg4' as Parameters<typeof Codec.findEncoderByName>[0])
  if (codec === null) throw new Error('no encoder')
  const context = new CodecContext()
  context.allocContext3(codec)
  context.width = side * 4
  context.height = side * 4
  context.pixelFormat = AV_PIX_FMT_YUV420P
  context.timeBase = new Rational(1, codedRate)
  context.framerate = new Rational(codedRate, 1)
  context.gopSize = 20
  context.bitRate = 200_000n
  if (output.wantsGlobalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  if (context.open2Sync(codec, null) < 0) throw new Error('the encoder does not open')
  const stream = output.format.newStream(codec)
  stream.timeBase = new Rational(1, codedRate)
  stream.codecpar.fromContext(context)
  const sound = new SoundEncoder(output, { format: 'm4a', rate: 16_000, channels: 1 })
  output.begin()
  using packet = new Packet()
  packet.alloc()
  const drain = () => {
    while (context.receivePacketSync(packet) >= 0) {
      packet.streamIndex = stream.index
      packet.duration = 1n
      output.write(packet, { num: 1, den: codedRate })
    }
  }
  const pcm = testSound(16_000, length)
  using frame = new Frame()
  frame.alloc()
  for (let index = 0; index < length * codedRate; index++) {
    frame.unref()
    frame.format = AV_PIX_FMT_YUV420P
    frame.width = side * 4
    frame.height = side * 4
    frame.getBuffer()
    paint(frame, index)
    frame.pts = BigInt(index)
    context.sendFrameSync(frame)
    drain()
    const from = (index * 16_000) / codedRate
    sound.write({ rate: 16_000, channels: pcm.channels.map((c) => c.subarray(from, from + 16_000 / codedRate)) })
  }
  context.sendFrameSync(null)
  drain()
  sound.end()
  output.end()
  context.freeContext()
  sound[Symbol.dispose]()
  return Uint8Array.from(sink.bytes)
}

function paint(frame: Frame, index: number): void {
  const [luma, ...chroma] = frame.data ?? []
  const stride = frame.linesize[0] ?? 0
  for (const plane of chroma) plane.fill(128)
  for (let y = 0; y < side * 4; y++)
    for (let x = 0; x < side * 4; x++) {
      const bit = Math.floor(y / side) * 4 + Math.floor(x / side)
      if (luma) luma[y * stride + x] = (index >> bit) & 1 ? 230 : 25
    }
}

/** Which picture is shown when: seconds on the shown clock, and the number that stands in it. */
export function readCodes(bytes: Uint8Array): { at: number; code: number }[] {
  using input = Input.open(memorySource(bytes), defaultLimits)
  const stream = input.best('video')
  const codec = stream && Codec.findDecoder(stream.codecpar.codecId)
  if (!stream || !codec) throw new Error('no picture')
  const context = new CodecContext()
  context.allocContext3(codec)
  context.parametersToContext(stream.codecpar)
  context.pktTimebase = stream.timeBase
  context.open2Sync(codec, null)
  input.select([stream])
  using packet = new Packet()
  packet.alloc()
  using frame = new Frame()
  frame.alloc()
  const found: { at: number; code: number }[] = []
  const drain = () => {
    while (context.receiveFrameSync(frame) >= 0) {
      const luma = frame.data?.[0]
      const stride = frame.linesize[0] ?? 0
      let code = 0
      for (let bit = 0; bit < bits; bit++) {
        const y = Math.floor(bit / 4) * side + side / 2
        const x = (bit % 4) * side + side / 2
        if ((luma?.[y * stride + x] ?? 0) > 128) code |= 1 << bit
      }
      found.push({ at: seconds(stream, frame.bestEffortTimestamp) ?? Number.NaN, code })
      frame.unref()
    }
  }
  while (input.read(packet)) {
    if (packet.streamIndex === stream.index) {
      context.sendPacketSync(packet)
      drain()
    }
    packet.unref()
  }
  context.sendPacketSync(null)
  drain()
  context.freeContext()
  return found
}
