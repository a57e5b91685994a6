/**
 * Speaking: a text or the sentences of a dubbing, a handful at a time, each handful a take of its own that stands as soon as
 * it is spoken. What was spoken is never spoken again while it stays as it is; a job that was broken off goes on behind it.
 */
import { randomUUID } from 'node:crypto'
import { runMedia } from '@sotto/media/child/run'
import type { MediaEvent, MediaTask } from '@sotto/media/child/task'
import { plainSize } from '@sotto/media/sealed/header'
import type { SpokenSentence } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { type SpeechNow, speechNow } from '../speech/speeches.ts'
import { currentOf, type Saying, type Spoken, spentTakes } from '../speech/take.ts'
import { insertRecord } from '../vault/record.ts'
import type { Run, RunParts } from './run.ts'

/** Characters spoken into the first take of a job, and into those after it: the first is to be heard soon. */
const FIRST_CHARACTERS = 240
const CHARACTERS = 1500
/** More takes than this are put together into one: each is a file that a later step has open. */
const MOST_TAKES = 24

/** What a job speaks for. */
export type SpeakGrant = Grant<'speak'>

/** Runs the media child on takes of one holder; `first` is what the task works on, the takes are its further inputs. */
export async function withTakes<T extends MediaTask>(
  parts: RunParts,
  { job, signal }: Pick<Run, 'job' | 'signal'>,
  inputs: readonly string[],
  task: T,
  output: NonNullable<Parameters<typeof runMedia>[1]['output']>,
  onEvent: (event: MediaEvent) => void,
) {
  await using opened = new AsyncDisposableStack()
  const further: { fd: number; key: Uint8Array }[] = []
  for (const id of inputs) {
    const { fd, key } = opened.use(await parts.objects.open(id, await parts.keys.key(job.person, job.item)))
    further.push({ fd, key })
  }
  return await runMedia(task, { further, models: parts.models, output, onEvent, signal })
}

/** Segments that are to be spoken: those asked for, or all, which do not stand as they are to be said. */
function pending(now: SpeechNow, only: readonly string[] | undefined): { id: string; saying: Saying }[] {
  return now.speech.segments.flatMap(({ id }) => {
    const saying = now.said.get(id)
    if (!saying || (only && !only.includes(id)) || currentOf(now.spoken, id, saying)) return []
    return [{ id, saying }]
  })
}

/** As many as go into one take. */
function handful<T extends { saying: Saying }>(left: readonly T[], most: number): T[] {
  let length = 0
  const end = left.findIndex(({ saying }, index) => {
    length += saying.text.length
    return index > 0 && length > most
  })
  return left.slice(0, end < 0 ? left.length : end)
}

/**
 * Speaks what is not spoken yet and answers everything as it stands then. Each take is durable before the next begins.
 * @throws KeyGoneError where the text is gone
 */
export async function speakPending(
  parts: RunParts,
  run: Run,
  grant: SpeakGrant,
  speechId: string,
  only?: readonly string[],
): Promise<SpeechNow> {
  const all = pending(await now(grant, speechId), only)
  let done = 0
  run.report({ type: 'progress', stage: 'speak', done, total: all.length })
  while (done < all.length) {
    const some = handful(all.slice(done), done === 0 ? FIRST_CHARACTERS : CHARACTERS)
    await take(parts, run, grant, some, (spoken) =>
      run.report({ type: 'progress', stage: 'speak', done: done + spoken, total: all.length }),
    )
    done += some.length
    parts.hub.emit(run.job.person, { type: 'speech', speech: speechId })
    run.report({ type: 'progress', stage: 'speak', done, total: all.length })
  }
  return tidy(parts, run, grant, speechId)
}

async function now(grant: SpeakGrant, id: string): Promise<SpeechNow> {
  const found = await speechNow(grant, id)
  if (!found) throw new KeyGoneError('the text is gone')
  return found
}

/** Speaks some segments into one new take. */
async function take(
  parts: RunParts,
  run: Run,
  grant: SpeakGrant,
  some: readonly { id: string; saying: Saying }[],
  onSpoken: (count: number) => void,
): Promise<void> {
  const sentences: SpokenSentence[] = []
  await written(
    parts,
    run,
    grant,
    [],
    {
      kind: 'speak',
      format: 'flac',
      segments: some.map(({ saying }) => ({ ...saying })),
    },
    (event) => {
      const next = some[sentences.length]
      if (event.type !== 'spoken' || !next) return
      sentences.push(sentenceOf(next.id, next.saying, event.segment))
      onSpoken(sentences.length)
    },
    sentences,
  )
}

type Heard = Extract<MediaEvent, { type: 'spoken' }>['segment']

function sentenceOf(segment: string, saying: Saying, heard: Heard): SpokenSentence {
  const { start, end, tempo, over } = heard
  const words = heard.words.map((word) => ({ ...word, start: word.start - start, end: word.end - start }))
  return { segment, ...saying, start, end, tempo, over, words }
}

/** Has a take written and lets it begin to exist with what is in it. */
async function written(
  parts: RunParts,
  run: Run,
  grant: SpeakGrant,
  inputs: readonly string[],
  task: MediaTask,
  onEvent: (event: MediaEvent) => void,
  sentences: readonly SpokenSentence[],
): Promise<string> {
  const { job } = run
  const id = randomUUID()
  try {
    await using out = await parts.objects.begin(id, await parts.keys.key(job.person, job.item))
    const output = { fd: out.handle.fd, key: out.key, header: out.header }
    await withTakes(parts, run, inputs, task, output, onEvent)
    await out.handle.datasync()
    const size = plainSize((await out.handle.stat()).size)
    await grant.check()
    const row = { person: job.person, item: job.item, state: 'take', created_at: parts.now() }
    await parts.db.transaction().execute(async (tx) => {
      const media = { role: 'take', object: id, size, mime: 'audio/flac' } as const
      await insertRecord(tx, parts.keys, { ...row, id, kind: 'media', bytes: size, payload: media })
      const spoken = { take: id, sentences: [...sentences] }
      await insertRecord(tx, parts.keys, { ...row, id: randomUUID(), kind: 'spoken', payload: spoken })
    })
    return id
  } catch (error) {
    await parts.objects.remove(id)
    throw error
  }
}

/** Takes out what is said no more, and puts many small takes together into one. */
async function tidy(parts: RunParts, run: Run, grant: SpeakGrant, speechId: string): Promise<SpeechNow> {
  const before = await now(grant, speechId)
  await removeTakes(parts, grant, run.job.person, before.holder, spentTakes(before.spoken, before.said))
  const current = currentSentences(before)
  const takes = [...new Set(current.map(({ spoken }) => spoken.take))]
  if (takes.length <= MOST_TAKES) return await now(grant, speechId)
  const sentences: SpokenSentence[] = []
  const segments = current.map(({ spoken }) => beforeOf(spoken, takes))
  await written(
    parts,
    run,
    grant,
    takes,
    { kind: 'speak', format: 'flac', segments },
    (event) => {
      const next = current[sentences.length]
      if (event.type !== 'spoken' || !next) return
      const { take: _, ...sentence } = next.spoken
      // How it came to fit is not measured again: only its place is another now.
      sentences.push({ ...sentence, start: event.segment.start, end: event.segment.end })
    },
    sentences,
  )
  const after = await now(grant, speechId)
  await removeTakes(parts, grant, run.job.person, after.holder, spentTakes(after.spoken, after.said))
  return await now(grant, speechId)
}

/** The segments as they stand, in order, with where each was spoken. */
export function currentSentences(now: SpeechNow): { id: string; spoken: Spoken }[] {
  return now.speech.segments.flatMap(({ id }) => {
    const spoken = currentOf(now.spoken, id, now.said.get(id))
    return spoken ? [{ id, spoken }] : []
  })
}

/** A segment for the engine, to be taken from where it was spoken. `takes` are the inputs in their order. */
export function beforeOf({ text, voice, speed, start, end, words, tempo, take }: Spoken, takes: readonly string[]) {
  return { text, voice, speed, spoken: { source: takes.indexOf(take), start, end, words, tempo } }
}

/** Removes takes: what says where their sentences are first, then their records, then their bytes. */
export async function removeTakes(
  parts: Pick<RunParts, 'objects' | 'db'>,
  mine: Pick<Grant<'speak' | 'keep_media'>, 'spoken'>,
  person: string,
  holder: string,
  takes: readonly string[],
): Promise<void> {
  if (takes.length === 0) return
  for (const row of await mine.spoken.list({ item: holder }))
    if (takes.includes(row.take)) await mine.spoken.remove(row.id)
  for (const take of takes) {
    await parts.objects.remove(take)
    await parts.db
      .deleteFrom('record')
      .where('id', '=', take)
      .where('person', '=', person)
      .where('kind', '=', 'media')
      .execute()
  }
}
