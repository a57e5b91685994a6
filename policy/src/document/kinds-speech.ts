/** @module Kinds of what is spoken: texts, and translations of recordings. */
import { json, text } from '../language/field.ts'
import type { SpeechSegment, SpokenSentence } from './work.ts'

/** Merged into `kinds`. */
export const speechKinds = {
  /** A text under a key of its own, or the translation of a recording under the key of that. Of one category wholly, so that it can be erased as words are. */
  speech: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      name: { category: 'user.content.transcript', type: 'text' },
      mode: { category: 'user.content.transcript', type: text<'text' | 'dub'>() },
      revision: { category: 'user.content.transcript', type: 'integer' },
      /** ISO 639-1. */
      language: { category: 'user.content.transcript', type: 'text' },
      voice: { category: 'user.content.transcript', type: 'text' },
      speed: { category: 'user.content.transcript', type: 'number' },
      /** Whether the result begins with a sentence that says it is a synthetic voice. */
      notice: { category: 'user.content.transcript', type: text<'spoken' | 'none'>() },
      segments: { category: 'user.content.transcript', type: json<SpeechSegment[]>() },
      /** Of a translation: from which language, by what, and how good that is. */
      from: { category: 'user.content.transcript', type: 'text', optional: true },
      engine: { category: 'user.content.transcript', type: text<'bergamot' | 'whisper'>(), optional: true },
      quality: { category: 'user.content.transcript', type: text<'good' | 'draft' | 'unrated'>(), optional: true },
      /** How far down the original stays under a dubbing, dB; absent where it is removed. */
      original: { category: 'user.content.transcript', type: 'number', optional: true },
    },
  },
  /** Which sentences were spoken into one take (a media object), and where in it. */
  spoken: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'made',
    fields: {
      take: { category: 'user.content.transcript', type: 'text' },
      sentences: { category: 'user.content.transcript', type: json<SpokenSentence[]>() },
    },
  },
} as const
