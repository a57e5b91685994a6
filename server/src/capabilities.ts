/** What the engines on this machine can do: asked of what is installed, never assumed. */
import { SILERO_VAD, WHISPER_BASE, WHISPER_SMALL } from '@sotto/media/models/manifest'
import { modelBytes } from '@sotto/media/models/model'
import { ModelStore } from '@sotto/media/models/store'

/** What can be done here. */
export interface Capabilities {
  readonly transcribe: { model: 'base' | 'small'; ready: boolean; bytes: number }[]
  readonly denoise: boolean
}

function installed(name: string): boolean {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}

/** Asks now. Reads no weights: whether their digest is right shows when they are first used. */
export async function capabilities(models: string): Promise<Capabilities> {
  const store = new ModelStore({ folder: models })
  const runtime = installed('onnxruntime-node') && (await store.has(SILERO_VAD))
  const recogniser = async (model: 'base' | 'small', weights: typeof WHISPER_BASE) => ({
    model,
    ready: runtime && (await store.has(weights)),
    bytes: modelBytes(weights),
  })
  return {
    transcribe: [await recogniser('base', WHISPER_BASE), await recogniser('small', WHISPER_SMALL)],
    denoise: installed('@sapphi-red/web-noise-suppressor'),
  }
}
