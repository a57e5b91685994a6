import { SILERO_VAD, WHISPER_BASE, WHISPER_SMALL } from './manifest.ts'
import { ModelStore } from './store.ts'

/** Recognisers by the name people choose them by. */
export const recognisers = { base: WHISPER_BASE, small: WHISPER_SMALL } as const
/** The name a recogniser is chosen by. */
export type RecogniserName = keyof typeof recognisers

/** Which recognisers are installed, so that nothing is offered that is not there. */
export async function installedRecognisers(store: ModelStore = new ModelStore()): Promise<RecogniserName[]> {
  const names = Object.keys(recognisers) as RecogniserName[]
  const there = await Promise.all(names.map((name) => store.has(recognisers[name])))
  const detector = await store.has(SILERO_VAD)
  return names.filter((_, index) => detector && there[index])
}
