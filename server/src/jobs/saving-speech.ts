/** Results of speaking: a text as an item with its words, a recording dubbed in another language. */
import { randomUUID } from 'node:crypto'
import { voiceOf } from '@sotto/media'
import { runMedia } from '@sotto/media/child/run'
import type { MediaTask } from '@sotto/media/child/task'
import type { DubSentence } from '@sotto/media/operation/dub'
import { plainSize } from '@sotto/media/sealed/header'
import { cuesOf, segmentOf, shareSpan, type Transcript } from '@sotto/media/words'
import type { MediaFacts, Segment } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'
import { insertItem } from '../items/items.ts'
import { keepDue } from '../items/keep.ts'
import { mimeOfFormat } from '../items/mime.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import type { NewObject } from '../objects/object-store.ts'
import type { SpeechNow } from '../speech/speeches.ts'
import { insertRecord } from '../vault/record.ts'
import { content, isPicture } from './making.ts'
import type { Run, RunParts } from './run.ts'
import { beforeOf, currentSentences, speakPending, withTakes } from './speaking.ts'
import { JobLostError } from './verdict.ts'

type SpeakGrant = Grant<'speak'>
type SpokenEvent = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly words: Transcript['segments'][number]['words']
}

const outputOf = (out: NewObject) => ({ fd: out.handle.fd, key: out.key, header: out.header })

/** Says what a dubbing's sentences are in the language of the recording. */
export function sourceTranscript(now: SpeechNow): Transcript {
  const { segments, from } = now.speech
  return {
    language: from ?? '',
    duration: Math.max(0, ...segments.map(({ end }) => end ?? 0)),
    segments: timed(segments.map(({ start = 0, end = 0, source = '' }) => ({ start, end, text: source }))),
  }
}

/** Says what a dubbing's sentences are in the language they are spoken in, at the times of the recording. */
export function translatedTranscript(now: SpeechNow): Transcript {
  const { segments, language } = now.speech
  return {
    language,
    duration: Math.max(0, ...segments.map(({ end }) => end ?? 0)),
    segments: timed(segments.map(({ start = 0, end = 0, text }) => ({ start, end, text }))),
  }
}

function timed(sentences: readonly { start: number; end: number; text: string }[]): Transcript['segments'] {
  return sentences.flatMap(({ start, end, text }) => {
    const words = shareSpan(text, start, end)
    return words.length > 0 ? [segmentOf(words)] : []
  })
}

/** Speaks what is missing of a text and saves the whole as a new item with its words. */
export async function saveSpeech(
  parts: RunParts,
  run: Run,
  grant: SpeakGrant,
  speechId: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = await speakPending(parts, run, grant, speechId)
  const format = String(options.format ?? 'flac')
  const current = currentSentences(now)
  const takes = [...new Set(current.map(({ spoken }) => spoken.take))]
  const segments = current.map(({ spoken }) => beforeOf(spoken, takes))
  const task = { kind: 'speak', segments, format, notice: now.speech.notice } as MediaTask
  await newItem(parts, run, grant, now, { format, video: false, name: options.name }, async (out) => {
    const made: SpokenEvent[] = []
    run.report({ type: 'progress', stage: 'write', done: 0, total: 0 })
    await withTakes(parts, run, takes, task, outputOf(out), (event) => {
      if (event.type === 'spoken') made.push(event.segment)
    })
    return made
  })
}

/** Speaks what is missing of a dubbing and saves the recording dubbed; pictures stay as they are. */
export async function saveDub(
  parts: RunParts,
  run: Run,
  grant: SpeakGrant,
  speechId: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { job, signal } = run
  const now = await speakPending(parts, run, grant, speechId)
  const source = await grant.item.get(job.item)
  if (!source?.info) throw new KeyGoneError('the item is gone')
  const format = String(options.format ?? 'flac')
  const video = isPicture(format)
  const current = new Map(currentSentences(now).map(({ id, spoken }) => [id, spoken]))
  const takes = [...new Set([...current.values()].map(({ take }) => take))]
  const sentences = now.speech.segments.flatMap((one): DubSentence[] => {
    const spoken = current.get(one.id)
    if (!spoken) return []
    return [{ start: one.start ?? 0, end: one.end ?? 0, text: one.text, spoken: beforeOf(spoken, takes).spoken }]
  })
  const { voice, speed, original } = now.speech
  const task = {
    kind: 'dub',
    sentences,
    voice,
    speed,
    format,
    ...(original === undefined ? {} : { original }),
  } as MediaTask
  const media = await content(grant, job.item)
  const subtitled = video && options.subtitles !== false
  const facts = { format, video, name: options.name, duration: (source.info as MediaFacts).duration }
  await newItem(parts, run, grant, now, facts, async (out, key) => {
    await using opened = new AsyncDisposableStack()
    const open = async (id: string) => {
      const { fd, key: own } = opened.use(await parts.objects.open(id, await parts.keys.key(job.person, job.item)))
      return { fd, key: own }
    }
    const input = await open(media.object)
    const further: { fd: number; key: Uint8Array }[] = []
    for (const id of takes) further.push(await open(id))
    const made: SpokenEvent[] = []
    const dub = (into: NewObject) =>
      runMedia(task, {
        input,
        further,
        models: parts.models,
        output: outputOf(into),
        signal,
        onEvent: (event) => {
          if (event.type === 'spoken') made.push(event.segment)
          if (event.type === 'progress' && event.stage !== 'speak') run.report(event)
        },
      })
    if (!subtitled) {
      await dub(out)
      return made
    }
    // In two steps: subtitles are put into what is a film already. What lies between them is nobody's.
    const between = randomUUID()
    try {
      await using first = await parts.objects.begin(between, key)
      await dub(first)
      const words = { ...translatedTranscript(now), segments: transcriptSegments(made) }
      await runMedia(
        {
          kind: 'subtitle',
          cues: cuesOf(words),
          language: now.speech.language,
          more: [{ cues: cuesOf(sourceTranscript(now)), language: now.speech.from ?? 'und' }],
        },
        { input: { fd: first.handle.fd, key: first.key }, output: outputOf(out), models: parts.models, signal },
      )
    } finally {
      await parts.objects.remove(between)
    }
    return made
  })
}

function transcriptSegments(made: readonly SpokenEvent[]): Segment[] {
  return made.map(({ start, end, text, words }) => ({ start, end, text, words: [...words] }))
}

/** Lets a new item begin to exist with its words, in the transaction in which the job ends. */
async function newItem(
  parts: RunParts,
  { job }: Run,
  grant: SpeakGrant,
  { speech }: SpeechNow,
  facts: { format: string; video: boolean; name: unknown; duration?: number },
  make: (out: NewObject, key: Awaited<ReturnType<RunParts['keys']['add']>>) => Promise<readonly SpokenEvent[]>,
): Promise<void> {
  const [id, object] = [randomUUID(), randomUUID()]
  const key = await parts.keys.add(job.person, id)
  try {
    await using out = await parts.objects.begin(object, key)
    const made = await make(out, key)
    await out.handle.datasync()
    const size = plainSize((await out.handle.stat()).size)
    const due_at = await keepDue(parts.db, parts.keys, job.person, parts.now())
    await grant.check()
    const segments = transcriptSegments(made)
    await parts.db.transaction().execute(async (tx) => {
      await insertItem(tx, parts, {
        id,
        person: job.person,
        object,
        size,
        mime: mimeOfFormat(facts.format, facts.video),
        due_at,
        payload: {
          name: typeof facts.name === 'string' ? facts.name : speech.name,
          media: facts.video ? 'video' : 'sound',
          origin: 'made',
          made_from: { item: job.item, operation: job.kind, speech: speech.id },
        },
      })
      await insertRecord(tx, parts.keys, {
        id: randomUUID(),
        person: job.person,
        item: id,
        kind: 'transcript',
        state: 'live',
        created_at: parts.now(),
        payload: {
          language: speech.language,
          // Whoever reads the words is to know that a machine said them.
          model: voiceOf(speech.voice)?.engine ?? 'kokoro',
          duration: Math.max(facts.duration ?? 0, ...segments.map(({ end }) => end)),
          segments,
          complete: true,
        },
      })
      if (!(await parts.queue.end(job, 'done', { result: id }, tx)))
        throw new JobLostError('the job is not ours any more')
    })
  } catch (error) {
    await parts.objects.remove(object)
    await parts.keys.destroy(job.person, id)
    throw error
  }
  parts.hub.emit(job.person, { type: 'item', item: id })
}
