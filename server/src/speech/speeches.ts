/** Texts and dubbings as records: read, shown, made ready for what is to be done with them. */
import { randomUUID } from 'node:crypto'
import type { MediaFacts, Payload, SpeechSegment } from '@sotto/policy'
import type { z } from 'zod'
import type * as shapes from '../contract/speech.ts'
import type { Grant, Row } from '../gate/gate.ts'
import { jobView } from '../items/view.ts'
import type { JobRow, Queue } from '../jobs/queue.ts'
import { type Saying, type Spoken, sayings } from './take.ts'

/** The purposes that may see a whole text or dubbing. */
export type SpeechPurpose = 'keep_media' | 'edit_media' | 'speak' | 'translate'
type Reads = Pick<Grant<SpeechPurpose>, 'speech' | 'spoken' | 'item'>

/** A text or dubbing as a purpose sees it. */
export type SpeechRecord = Row<SpeechPurpose, 'speech'>

/** A text or dubbing with what was spoken of it so far, newest first, and how each segment is to be said. */
export interface SpeechNow {
  readonly speech: SpeechRecord
  /** What its key belongs to: the recording of a dubbing, itself for a text. */
  readonly holder: string
  readonly spoken: readonly Spoken[]
  readonly said: ReadonlyMap<string, Saying>
}

/** Reads a text or dubbing whole. */
export async function speechNow(mine: Reads, id: string): Promise<SpeechNow | undefined> {
  const speech = await mine.speech.get(id)
  if (!speech?.item) return undefined
  return { speech, holder: speech.item, ...(await spokenOf(mine, speech)) }
}

async function spokenOf(mine: Reads, speech: SpeechRecord): Promise<Pick<SpeechNow, 'spoken' | 'said'>> {
  const rows = await mine.spoken.list({ item: speech.item ?? '' })
  const newest = rows.toSorted((a, b) => b.created_at.getTime() - a.created_at.getTime())
  const own = new Set(speech.segments.map(({ id }) => id))
  const spoken = newest.flatMap(({ take, sentences }) =>
    sentences.filter(({ segment }) => own.has(segment)).map((sentence) => ({ ...sentence, take })),
  )
  const item = speech.mode === 'dub' ? await mine.item.get(speech.item ?? '') : undefined
  return { spoken, said: sayings(speech, (item?.info as MediaFacts | undefined)?.duration ?? 0) }
}

/** A new segment of a text. */
export function newSegment(text: string): SpeechSegment {
  return { id: randomUUID(), text }
}

/** A text or dubbing as its person sees it. */
export function speechView(now: SpeechNow, jobs: readonly JobRow[]): z.output<typeof shapes.Speech> {
  const { speech, said, spoken } = now
  // The newest way a segment was spoken that still is how it is to be said.
  const found = new Map<string, Spoken>()
  for (const one of spoken) {
    const saying = said.get(one.segment)
    if (!found.has(one.segment) && saying && sameWay(one, saying)) found.set(one.segment, one)
  }
  return {
    id: speech.id,
    item: speech.mode === 'dub' ? now.holder : null,
    mode: speech.mode as 'text' | 'dub',
    name: speech.name,
    revision: speech.revision,
    language: speech.language,
    voice: speech.voice,
    speed: speech.speed,
    notice: speech.notice as 'spoken' | 'none',
    from: speech.from ?? null,
    engine: (speech.engine as 'bergamot' | 'whisper' | undefined) ?? null,
    quality: (speech.quality as 'good' | 'draft' | 'unrated' | undefined) ?? null,
    original: speech.original ?? null,
    segments: speech.segments.map((one) => segmentView(one, found.get(one.id))),
    jobs: jobs.map(jobView),
    created_at: speech.created_at.toISOString(),
  }
}

function sameWay(one: Spoken, saying: Saying): boolean {
  return (
    one.text === saying.text &&
    one.voice === saying.voice &&
    one.speed === saying.speed &&
    (one.room ?? null) === (saying.room ?? null)
  )
}

function segmentView({ id, text, start, end, source, flags }: SpeechSegment, at: Spoken | undefined) {
  return {
    id,
    text,
    start: start ?? null,
    end: end ?? null,
    source: source ?? null,
    flags: [...(flags ?? [])],
    spoken: at ? { take: at.take, start: at.start, end: at.end, tempo: at.tempo, over: at.over } : null,
  }
}

/** A text or dubbing in a list. */
export function rowView(now: SpeechNow): z.output<typeof shapes.SpeechRow> {
  const { segments, id, name, language, created_at, quality } = speechView(now, [])
  return {
    id,
    name,
    language,
    created_at,
    quality,
    segments: segments.length,
    spoken: segments.filter(({ spoken }) => spoken !== null).length,
  }
}

/** Jobs of texts and dubbings. */
export const SPEECH_JOBS: readonly string[] = ['speak', 'translate', 'save_speech', 'dub']

/** The newest jobs of one text or dubbing: which one a job is for stands in its sealed task. */
export async function jobsOf(
  mine: Pick<Grant<SpeechPurpose>, 'task'>,
  queue: Queue,
  person: string,
  { speech, holder }: Pick<SpeechNow, 'speech' | 'holder'>,
): Promise<JobRow[]> {
  const rows = (await queue.of(person, { item: holder })).filter(({ kind }) => SPEECH_JOBS.includes(kind)).slice(0, 40)
  if (speech.mode === 'text') return rows.slice(0, 10)
  const tasks = new Map((await mine.task.list({ item: holder })).map((task) => [task.id, task.target]))
  return rows.filter(({ task }) => tasks.get(task) === speech.id).slice(0, 10)
}

/** The fields of a text or dubbing that are kept. */
export type NewSpeech = Payload<'speech'>
