import { Codec, CodecContext, Frame, Packet, type Stream } from 'node-av/lib'
import { UnreadableMediaError } from '../error.ts'
import type { Input } from './input.ts'

/** Decodes the pictures of one stream of an opened file. Owns its decoder, not the file. */
export class PictureDecoder implements Disposable {
  readonly #input: Input
  readonly #stream: Stream
  readonly #context = new CodecContext()
  readonly #packet = new Packet()
  readonly #frame = new Frame()

  /** @throws UnreadableMediaError when we do not decode this codec, or its header is broken */
  constructor(input: Input, stream: Stream) {
    this.#input = input
    this.#stream = stream
    this.#packet.alloc()
    this.#frame.alloc()
    const codec = Codec.findDecoder(stream.codecpar.codecId)
    if (codec === null) throw new UnreadableMediaError('the codec of the picture is not one we decode')
    this.#context.allocContext3(codec)
    this.#context.parametersToContext(stream.codecpar)
    this.#context.pktTimebase = stream.timeBase
    if (this.#context.open2Sync(codec, null) < 0) throw new UnreadableMediaError('the header of the picture is broken')
  }

  /** Frames in the order they are shown, from where the file stands; each is good until the next is asked for. */
  *frames(): Generator<Frame> {
    while (this.#input.read(this.#packet)) {
      if (this.#packet.streamIndex === this.#stream.index) {
        this.#context.sendPacketSync(this.#packet)
        yield* this.#received()
      }
      this.#packet.unref()
    }
    this.#context.sendPacketSync(null)
    yield* this.#received()
  }

  *#received(): Generator<Frame> {
    while (this.#context.receiveFrameSync(this.#frame) >= 0) {
      yield this.#frame
      this.#frame.unref()
    }
  }

  /** Forgets what was decoded: before `frames` begins anew after a seek. */
  flush(): void {
    this.#packet.unref()
    this.#context.flushBuffers()
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#frame.free()
    this.#context.freeContext()
  }
}
