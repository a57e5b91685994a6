/** Which sentence was spoken where, and whether that still is how it is to be said. Pure. */
import { firstVoice, type Voice, voiceOf } from '@sotto/media'
import type { SpeechSegment, SpokenSentence } from '@sotto/policy'

/** How a sentence is to be said: with all of these alike, what was spoken before is right. */
export interface Saying {
  readonly text: string
  readonly voice: string
  readonly speed: number
  /** Seconds it may last; absent where nothing bounds it. */
  readonly room?: number
}

/** A sentence that was spoken, and the take it is in. */
export type Spoken = SpokenSentence & { readonly take: string }

/** What the sayings of a text or dubbing are made of. */
export interface Sayable {
  readonly mode: string
  readonly voice: string
  readonly speed: number
  readonly segments: readonly SpeechSegment[]
}

/**
 * How each segment is to be said. Of a dubbing a sentence may last until the next one with words begins, or the recording
 * ends (`duration`); of a text nothing bounds it. Segments without words are not said.
 */
export function sayings(speech: Sayable, duration: number): ReadonlyMap<string, Saying> {
  const { voice, speed } = speech
  const said = speech.segments.filter(({ text }) => text.trim() !== '')
  if (speech.mode === 'text') return new Map(said.map(({ id, text }) => [id, { text, voice, speed }]))
  const timed = said.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
  return new Map(
    timed.map(({ id, text, start = 0 }, index) => {
      const until = timed[index + 1]?.start ?? Math.max(duration, start)
      return [id, { text, voice, speed, room: Math.max(0, until - start) }]
    }),
  )
}

/** Whether a sentence was spoken in just this way. */
export function isSo(spoken: SpokenSentence, segment: string, saying: Saying): boolean {
  return (
    spoken.segment === segment &&
    spoken.text === saying.text &&
    spoken.voice === saying.voice &&
    spoken.speed === saying.speed &&
    (spoken.room ?? null) === (saying.room ?? null)
  )
}

/** The sentence as it stands, where it was spoken so; the newest one. */
export function currentOf(spoken: readonly Spoken[], segment: string, saying: Saying | undefined): Spoken | undefined {
  return saying && spoken.find((one) => isSo(one, segment, saying))
}

/** How many earlier ways of saying a segment are kept, so that undoing needs nothing spoken again. */
const EARLIER = 3

/** Takes that hold nothing any more which is said, or was said not long ago. `spoken` newest first. */
export function spentTakes(spoken: readonly Spoken[], said: ReadonlyMap<string, Saying>): string[] {
  const kept = new Set<string>()
  const earlier = new Map<string, number>()
  for (const one of spoken) {
    const saying = said.get(one.segment)
    if (!saying) continue
    if (currentOf(spoken, one.segment, saying) === one) kept.add(one.take)
    else {
      const count = (earlier.get(one.segment) ?? 0) + 1
      earlier.set(one.segment, count)
      if (count <= EARLIER) kept.add(one.take)
    }
  }
  return [...new Set(spoken.map(({ take }) => take))].filter((take) => !kept.has(take))
}

/** The voice asked for where it speaks the language, else the first there is for it. */
export function voiceFor(language: string, id?: string): Voice | undefined {
  const asked = id === undefined ? undefined : voiceOf(id)
  if (id !== undefined && asked?.language !== language) return undefined
  return asked ?? firstVoice(language)
}
