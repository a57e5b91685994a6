/** A text or dubbing as the page edits it: what can be changed, and what of it is spoken as it stands. Pure. */
import type { Answer } from '../api/api.ts'

/** A text or dubbing. */
export type Speech = Answer<'GET /api/speech/:id'>
/** A paragraph or sentence of it. */
export type SpeechSegment = Speech['segments'][number]
/** A voice. */
export type Voice = Answer<'GET /api/voices'>[number]

/** What a person changes. */
export interface SpeechDraft {
  readonly voice: string
  readonly speed: number
  readonly notice: Speech['notice']
  readonly original: number | null
  readonly segments: readonly { readonly id: string; readonly text: string }[]
}

/** What can be changed of a text. */
export function draftOf({ voice, speed, notice, original, segments }: Speech): SpeechDraft {
  return { voice, speed, notice, original, segments: segments.map(({ id, text }) => ({ id, text })) }
}

/** Whether two drafts say the same. */
export function isSame(a: SpeechDraft, b: SpeechDraft): boolean {
  return (
    a.voice === b.voice &&
    a.speed === b.speed &&
    a.notice === b.notice &&
    a.original === b.original &&
    a.segments.length === b.segments.length &&
    a.segments.every(({ id, text }, index) => b.segments[index]?.id === id && b.segments[index]?.text === text)
  )
}

/** What was changed here since `base`, put upon what stands there now. Paragraphs are a person's own; of a dubbing sentences stay. */
export function mergeDraft(base: SpeechDraft, mine: SpeechDraft, theirs: SpeechDraft, dub: boolean): SpeechDraft {
  const pick = <K extends keyof SpeechDraft>(key: K) => (mine[key] === base[key] ? theirs[key] : mine[key])
  const was = new Map(base.segments.map(({ id, text }) => [id, text]))
  const here = new Map(mine.segments.map(({ id, text }) => [id, text]))
  const segments = dub
    ? theirs.segments.map((one) => {
        const text = here.get(one.id)
        return text === undefined || text === was.get(one.id) ? one : { ...one, text }
      })
    : mine.segments
  return { voice: pick('voice'), speed: pick('speed'), notice: pick('notice'), original: pick('original'), segments }
}

/** A segment with its text as it is here; not spoken where anything of how it is said was changed since. */
export interface Shown extends Omit<SpeechSegment, 'text'> {
  readonly text: string
}

/** The segments of a draft with all that is known of them. */
export function shownOf(speech: Speech, draft: SpeechDraft): Shown[] {
  const known = new Map(speech.segments.map((one) => [one.id, one]))
  const voiced = draft.voice === speech.voice && draft.speed === speech.speed
  return draft.segments.map(({ id, text }) => {
    const one = known.get(id)
    if (!one) return { id, text, start: null, end: null, source: null, flags: [], spoken: null }
    return { ...one, text, spoken: voiced && one.text === text ? one.spoken : null }
  })
}
