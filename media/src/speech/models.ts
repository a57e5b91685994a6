import { SILERO_VAD } from '../models/manifest.ts'
import { type RecogniserName, recognisers } from '../models/recognisers.ts'
import { ModelStore } from '../models/store.ts'
import { VoiceDetector } from './vad.ts'
import { Whisper } from './whisper.ts'

/** Threads of one recogniser; more gain little on networks of this size. */
const THREADS = 2

/** The voice detector, opened; dispose it. @throws ModelMissingError @throws ModelDamagedError */
export async function openDetector(store: ModelStore): Promise<VoiceDetector> {
  const files = await store.locate(SILERO_VAD)
  return await VoiceDetector.open(files.get('silero_vad.onnx') as string) // its only file
}

/** A recogniser and the detector in front of it, opened; dispose both. @throws ModelMissingError @throws ModelDamagedError */
export async function openRecogniser(
  name: RecogniserName,
  store: ModelStore = new ModelStore(),
): Promise<{ whisper: Whisper; detector: VoiceDetector } & AsyncDisposable> {
  const files = await store.locate(recognisers[name])
  const detector = await openDetector(store)
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
