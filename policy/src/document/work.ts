/** The values inside the JSON fields of the kinds: what a recording, its words and its edits are made of. */

/** A word and when it is said; seconds, half-open `[start, end)`. */
export interface Word {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A sentence or phrase with its words; seconds, half-open `[start, end)`. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly words: Word[]
}

/** Ways in which the other side of a call can have agreed. */
export type AgreementWay = 'announced' | 'read' | 'asked' | 'written' | 'screen'

/** What the other side of a call agreed to, as the person who recorded it attests (C53, C60). */
export interface Agreement {
  readonly way: AgreementWay
  /** The other side, as the person calls them; may be left out. */
  readonly other?: string
  /** When they agreed, ISO 8601. */
  readonly at: string
  /** The words they were told, in the language they were told them in. */
  readonly told: string
  readonly locale: 'en' | 'zh-CN'
}

/** One stream of a media file. */
export interface StreamFacts {
  readonly type: 'audio' | 'video' | 'subtitle' | 'other'
  readonly codec: string
  /** Samples per second. */
  readonly sampleRate?: number
  readonly channels?: number
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  /** Frames per second. */
  readonly frameRate?: number
}

/** What is known of a media file: its container, its length in seconds, its streams. */
export interface MediaFacts {
  readonly container: string
  readonly duration: number
  readonly streams: StreamFacts[]
}

/** How loud a sound is (EBU R 128): LUFS, LU, dBTP. */
export interface LoudnessFacts {
  readonly integrated: number | null
  readonly range: number | null
  readonly truePeak: number | null
}

/** A paragraph to be spoken, or a sentence of a recording with what is said now in its stead. */
export interface SpeechSegment {
  readonly id: string
  readonly text: string
  /** Of a dubbing: where it is said in the recording, seconds, half-open; and what was said there. */
  readonly start?: number
  readonly end?: number
  readonly source?: string
  /** What a person should look at: numbers and dates, lengths that do not fit together. */
  readonly flags?: string[]
}

/** A sentence as it was spoken: what exactly, and where in the take. Seconds. */
export interface SpokenSentence {
  readonly segment: string
  readonly text: string
  readonly voice: string
  readonly speed: number
  /** How long it was allowed to be; absent where nothing bounds it. */
  readonly room?: number
  readonly start: number
  readonly end: number
  /** How much faster than asked for, to fit; 1 where it had room. */
  readonly tempo: number
  /** Seconds by which it is too long all the same. */
  readonly over: number
  /** Counted from `start`. */
  readonly words: Word[]
}

/** Where a result came from: the item it was made of and the operation that made it. */
export interface Lineage {
  readonly item: string
  readonly operation: string
  /** The text or dubbing it was spoken from. */
  readonly speech?: string
  /** Of the first item before, and of the result, where the operation measured them. */
  readonly loudness?: { readonly before?: LoudnessFacts; readonly after: LoudnessFacts }
}

/** One corrected word: which segment, which word in it, and what it says now. */
export interface Correction {
  readonly segment: number
  readonly word: number
  readonly text: string
}

/** A stretch of a recording or made sound on a track: where it comes from, when it is heard, how loud. Seconds and dB. */
export interface ClipPlan {
  readonly source: number | string
  readonly from: number
  readonly to: number
  readonly at: number
  readonly length?: number | undefined
  readonly loop?: boolean | undefined
  readonly offset?: number | undefined
  readonly gain?: number | undefined
  readonly fadeIn?: number | undefined
  readonly fadeOut?: number | undefined
}

/** A track of a timeline: its clips, and how all of them are heard. */
export interface TrackPlan {
  readonly role: string
  readonly clips: ClipPlan[]
  readonly gain?: number | undefined
  readonly pan?: number | undefined
  readonly muted?: boolean | undefined
  readonly duck?: { readonly depth: number; readonly attack: number; readonly release: number } | undefined
}

/** A removed stretch, seconds, half-open. */
export type Cut = [start: number, end: number]

/** The certificate of an erasure: what was found when the stores were read again, as plain JSON. */
export type ErasureProof = Readonly<Record<string, unknown>>
