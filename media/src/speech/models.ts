import { SILERO_VAD } from '../models/manifest.ts'
import { type RecogniserName, recognisers } from '../models/recognisers.ts'
import { ModelStore } from '../models/store.ts'
import { VoiceDetector } from './vad.ts'
import { Whisper } from './whisper.ts'

/** Threads of one recogniser; more gain little on networks of this size. */
const THREADS = 2

/** A recogniser and the detector in front of it, opened; dispose both. @throws ModelMissingError @throws ModelDamagedError */
export async function openRecogniser(
  name: RecogniserName,
  store: ModelStore = new ModelStore(),
): Promise<{ whisper: Whisper; detector: VoiceDetector } & AsyncDisposable> {
  const files = await store.locate(recognisers[name])
  const silero = (await store.locate(SILERO_VAD)).get('silero_vad.onnx') as string // its only file
  const detector = await VoiceDetector.open(silero)
  const whisper = await Whisper.open(files, THREADS)
  return {
    whisper,
    detector,
    async [Symbol.asyncDispose]() {
      await whisper[Symbol.asyncDispose]()
      await detector[Symbol.asyncDispose]()
    },
  }
}
