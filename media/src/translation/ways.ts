import { translationModels } from '../models/own-translation.ts'
import { recognisers } from '../models/recognisers.ts'
import type { ModelStore } from '../models/store.ts'
import { BergamotTranslator } from './bergamot.ts'
import type { Translation } from './translation.ts'

/** A way from one language into another. */
export interface Way {
  readonly from: string
  readonly to: string
  readonly engine: Translation['engine']
  readonly quality: Translation['quality']
  /** `downloadable`: `missing` can be fetched or imported, `bytes` in all. */
  readonly state: 'ready' | 'downloadable'
  readonly missing: readonly string[]
  readonly bytes: number
}

/**
 * Every way out of a language: by models for text that are here or can be had, and into English from the sound itself (Whisper
 * small, a draft) where nothing better is here.
 */
export async function waysFrom(store: ModelStore, from: string): Promise<readonly Way[]> {
  await using translator = new BergamotTranslator(store, { models: await translationModels(store.folder) })
  const ways = (await translator.pairs())
    .filter((pair) => pair.from === from)
    .map(
      ({ to, state, missing, bytes, unrated }): Way => ({
        from,
        to,
        engine: 'bergamot',
        quality: unrated ? 'unrated' : 'good',
        state,
        missing,
        bytes,
      }),
    )
  const text = ways.some(({ to, state }) => to === 'en' && state === 'ready')
  const heard = from !== 'en' && !text && (await store.has(recognisers.small))
  const draft: Way = { from, to: 'en', engine: 'whisper', quality: 'draft', state: 'ready', missing: [], bytes: 0 }
  return heard ? [draft, ...ways] : ways
}
