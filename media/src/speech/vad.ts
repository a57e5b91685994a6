import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { SPEECH_RATE } from './mel.ts'
import { openSession } from './session.ts'

/** Samples of one judgement: 32 ms. */
export const VAD_FRAME = 512
const CONTEXT = 64
const rate = new Tensor('int64', BigInt64Array.of(BigInt(SPEECH_RATE)), [])

/**
 * Silero's voice activity detector (silero-vad v5 and v6 share this graph): the probability of speech in each 32 ms of
 * mono sound at 16 kHz. It listens on from call to call.
 */
export class VoiceDetector implements AsyncDisposable {
  readonly #session: InferenceSession
  #state: Tensor = new Tensor('float32', new Float32Array(256), [2, 1, 128])
  readonly #input = new Float32Array(CONTEXT + VAD_FRAME)

  private constructor(session: InferenceSession) {
    this.#session = session
  }

  static async open(path: string): Promise<VoiceDetector> {
    return new VoiceDetector(await openSession(path, 1))
  }

  /** One probability for each whole frame of `samples`; a rest is left out. */
  async probabilities(samples: Float32Array): Promise<Float32Array> {
    const probabilities = new Float32Array(Math.floor(samples.length / VAD_FRAME))
    for (let frame = 0; frame < probabilities.length; frame += 1) {
      this.#input.copyWithin(0, VAD_FRAME)
      this.#input.set(samples.subarray(frame * VAD_FRAME, (frame + 1) * VAD_FRAME), CONTEXT)
      const input = new Tensor('float32', this.#input, [1, this.#input.length])
      const { output, stateN } = await this.#session.run({ input, state: this.#state, sr: rate })
      this.#state = stateN as Tensor
      probabilities[frame] = (output as Tensor).data[0] as number
    }
    return probabilities
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}
