/**
 * What the worker does for each operation: open under the purpose, hand ciphertext and one key to the media child, and let
 * the result begin to exist in the same transaction in which the job ends.
 */
import { randomUUID } from 'node:crypto'
import { runMedia } from '@sotto/media/child/run'
import type { MediaEvent, MediaTask } from '@sotto/media/child/task'
import { BadRequestError } from '@sotto/media/error'
import { plainSize } from '@sotto/media/sealed/header'
import type { MediaFacts, Payload } from '@sotto/policy'
import type { Gate, Grant } from '../gate/gate.ts'
import { insertItem } from '../items/items.ts'
import { keepDue } from '../items/keep.ts'
import { formatOf, mimeOfContainer, mimeOfFormat } from '../items/mime.ts'
import { KeyGoneError, type KeyStore } from '../keys/keyring.ts'
import type { Turns } from '../keys/turns.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import { mediaProblems } from '../problem.ts'
import { noteDecision } from '../rights/decisions.ts'
import { type Db, insertRecord } from '../vault/record.ts'
import type { Hub } from './hub.ts'
import {
  content,
  isPicture,
  type JobPurpose,
  loudnessOf,
  type MakingOperation,
  otherItems,
  subtitlesOf,
  taskOf,
} from './making.ts'
import { isOperation, operations } from './operation.ts'
import type { JobRow, Queue } from './queue.ts'
import { saveDub, saveSpeech } from './saving-speech.ts'
import { speakPending } from './speaking.ts'
import { translateSpeech } from './translating.ts'
import { JobLostError } from './verdict.ts'
import type { Report, Runner } from './worker.ts'

/** What running a job needs. */
export interface RunParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly gate: Gate
  readonly objects: ObjectStore
  readonly queue: Queue
  readonly hub: Hub
  readonly turns: Turns
  /** Folder of weights that did not come with npm. */
  readonly models: string
  readonly now: () => Date
  /** Which other items a running job has open: erasing one of them stops the job. */
  readonly uses: Map<string, ReadonlySet<string>>
}

/** One run of a job. */
export interface Run {
  readonly job: JobRow
  readonly signal: AbortSignal
  readonly report: (report: Report) => void
}

/** Makes the function that does the work of one job. */
export function runner(parts: RunParts): Runner {
  return async (job, signal, report) => {
    if (!isOperation(job.kind)) throw new TypeError(`no operation ${job.kind}`)
    const run: Run = { job, signal, report }
    const { purpose } = operations[job.kind]
    const grant: Grant<JobPurpose> = await parts.gate.open(purpose, job.person, { by: 'job', item: job.item })
    const task = await grant.task.get(job.task)
    if (!task) throw new KeyGoneError('the task is gone')
    const options = task.options as Record<string, unknown>
    switch (job.kind) {
      case 'prepare':
        return prepare(parts, run, await parts.gate.open('keep_media', job.person, { by: 'job', item: job.item }))
      case 'transcribe':
        return transcribe(
          parts,
          run,
          await parts.gate.open('transcribe', job.person, { by: 'job', item: job.item }),
          options,
        )
      case 'subtitle': {
        const mine = await parts.gate.open('edit_media', job.person, { by: 'job', item: job.item })
        return makeItem(parts, run, grant, job.kind, { ...options, ...(await subtitlesOf(mine, job.item)) })
      }
      case 'speak':
      case 'save_speech':
      case 'dub':
        return speaking(
          parts,
          run,
          await parts.gate.open('speak', job.person, { by: 'job', item: job.item }),
          task.target ?? '',
          options,
        )
      case 'translate': {
        const mine = await parts.gate.open('translate', job.person, { by: 'job', item: job.item })
        return translateSpeech(parts, run, mine, task.target ?? '', options.only as string[] | undefined)
      }
      default:
        return makeItem(parts, run, grant, job.kind, options)
    }
  }
}

async function speaking(
  parts: RunParts,
  run: Run,
  grant: Grant<'speak'>,
  speech: string,
  options: Record<string, unknown>,
): Promise<void> {
  if (run.job.kind === 'save_speech') return saveSpeech(parts, run, grant, speech, options)
  if (run.job.kind === 'dub') return saveDub(parts, run, grant, speech, options)
  await speakPending(parts, run, grant, speech, options.only as string[] | undefined)
  if (!(await parts.queue.end(run.job, 'done'))) throw new JobLostError('the job is not ours any more')
  parts.hub.emit(run.job.person, { type: 'speech', speech })
}

async function withInput<T>(
  parts: RunParts,
  { job, signal }: Run,
  object: string,
  work: (
    run: (
      task: MediaTask,
      output?: Parameters<typeof runMedia>[1]['output'],
      on?: (event: MediaEvent) => void,
    ) => ReturnType<typeof runMedia>,
  ) => Promise<T>,
  others: readonly { item: string; object: string }[] = [],
): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const open = async (item: string, id: string) =>
    opened.use(await parts.objects.open(id, await parts.keys.key(job.person, item)))
  const input = await open(job.item, object)
  const further: { fd: number; key: Uint8Array }[] = []
  for (const other of others) further.push(await open(other.item, other.object))
  // Awaited here: the file must stay open until the child is done with it.
  return await work((task, output, onEvent) =>
    runMedia(task, {
      input: { fd: input.fd, key: input.key },
      further: further.map(({ fd, key }) => ({ fd, key })),
      models: parts.models,
      ...(output ? { output } : {}),
      ...(onEvent ? { onEvent } : {}),
      signal,
    }),
  )
}

/** Passes progress on; what else comes is the operation's own. */
function progress(report: Run['report'], also?: (event: MediaEvent) => void) {
  return (event: MediaEvent) => {
    if (event.type === 'progress') report(event)
    else also?.(event)
  }
}

/** Reads what the file is and draws its peaks. */
async function prepare(parts: RunParts, run: Run, grant: Grant<'keep_media'>): Promise<void> {
  const { job } = run
  const media = await content(grant, job.item)
  try {
    await withInput(parts, run, media.object, async (child) => {
      run.report({ type: 'progress', stage: 'read', done: 0, total: 0 })
      const info = (await child({ kind: 'info' })) as MediaFacts
      const sound = info.streams.some((s) => s.type === 'audio')
      const video = info.streams.some((s) => s.type === 'video')
      const peaks = sound ? randomUUID() : undefined
      if (peaks) {
        await using out = await parts.objects.begin(peaks, await parts.keys.key(job.person, job.item))
        const output = { fd: out.handle.fd, key: out.key, header: out.header }
        await child({ kind: 'peaks' }, output, progress(run.report))
        const size = plainSize((await out.handle.stat()).size)
        await insertRecord(parts.db, parts.keys, {
          id: peaks,
          person: job.person,
          item: job.item,
          kind: 'media',
          state: 'peaks',
          bytes: size,
          created_at: parts.now(),
          payload: { role: 'peaks', object: peaks, size, mime: 'application/octet-stream' },
        })
      }
      await grant.item.change(job.item, { info, media: video ? 'video' : 'sound' }, { state: 'ready' })
      await grant.media.change(media.id, { mime: mimeOfContainer(info.container, video) ?? media.mime })
    })
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (UNREADABLE.has(code)) {
      await grant.item.change(job.item, {}, { state: 'unreadable' })
      await noteDecision(parts, job.person, 'file_refused', mediaProblems[code as keyof typeof mediaProblems])
    }
    throw error
  }
  await finish(parts, run)
}

const UNREADABLE = new Set(['unreadable-media', 'too-long', 'too-many-streams', 'too-large-picture', 'limit'])

/** Words as they are recognised: kept every few seconds, shown at once. */
async function transcribe(
  parts: RunParts,
  run: Run,
  grant: Grant<'transcribe'>,
  options: Record<string, unknown>,
): Promise<void> {
  const { job } = run
  const media = await content(grant, job.item)
  const model = options.model === 'small' ? 'small' : 'base'
  const found: Payload<'transcript'> = { language: '', model, duration: 0, segments: [], complete: false }
  const [before] = await grant.transcript.list({ item: job.item })
  const id = before?.id ?? (await grant.transcript.add(found, { item: job.item }))
  if (before) await grant.transcript.change(id, found)
  let kept = performance.now()
  let saving: Promise<unknown> = Promise.resolve()
  const segments: Payload<'transcript'>['segments'][number][] = []
  let language = ''
  const result = await withInput(parts, run, media.object, (child) =>
    child(
      { kind: 'transcribe', model, ...(typeof options.language === 'string' ? { language: options.language } : {}) },
      undefined,
      progress(run.report, (event) => {
        if (event.type === 'language') language = event.language
        if (event.type !== 'segment') return
        segments.push({ ...event.segment, words: [...event.segment.words] })
        parts.hub.emit(job.person, { type: 'segment', job: job.id, item: job.item, segment: event.segment })
        if (performance.now() - kept < SAVE_EVERY_MS) return
        kept = performance.now()
        // A save that fails (the consent was withdrawn, the disk is full) ends the job by the last one, below.
        saving = saving
          .then(() => grant.transcript.change(id, { language, segments: [...segments] }))
          .catch(() => undefined)
      }),
    ),
  )
  await saving
  const words = result as Pick<Payload<'transcript'>, 'language' | 'duration' | 'segments'>
  await grant.transcript.change(id, { ...words, complete: true })
  // Corrections belong to the words they corrected; cuts are times and stay.
  for (const edit of await grant.edit.list({ item: job.item }))
    await grant.edit.change(edit.id, { segments: undefined })
  await finish(parts, run)
}

const SAVE_EVERY_MS = 2_000

/** A new item made of this one: cleaned, cut, clipped, extracted, converted. */
async function makeItem(
  parts: RunParts,
  run: Run,
  grant: Grant<JobPurpose>,
  kind: MakingOperation,
  options: Record<string, unknown>,
) {
  const { job } = run
  const source = await grant.item.get(job.item)
  const media = await content(grant, job.item)
  if (!source?.info) throw new KeyGoneError('the item is gone')
  const format = formatOf(kind, options, source.info as MediaFacts, media.mime)
  const video = source.media === 'video' && (kind === 'clip' || isPicture(format))
  if (isPicture(format) && !video) throw new BadRequestError('this item has no picture')
  const others = await otherItems(grant, job.item, kind, options)
  parts.uses.set(job.id, new Set(others.map((other) => other.item)))
  const id = randomUUID()
  const object = randomUUID()
  const key = await parts.keys.add(job.person, id)
  try {
    const work = async (child: Parameters<Parameters<typeof withInput>[3]>[0]) => {
      await using out = await parts.objects.begin(object, key)
      const made = await child(
        taskOf(kind, options, format),
        { fd: out.handle.fd, key: out.key, header: out.header },
        progress(run.report),
      )
      await out.handle.datasync()
      const size = plainSize((await out.handle.stat()).size)
      const due_at = await keepDue(parts.db, parts.keys, job.person, parts.now())
      await grant.check()
      // What was erased meanwhile is not in any result.
      for (const other of others) await parts.keys.key(job.person, other.item)
      await parts.db.transaction().execute(async (tx) => {
        await insertItem(tx, parts, {
          id,
          person: job.person,
          object,
          size,
          mime: mimeOfFormat(format, video),
          due_at,
          payload: {
            name: typeof options.name === 'string' ? options.name : source.name,
            media: video ? 'video' : 'sound',
            origin: 'made',
            made_from: { item: job.item, operation: kind, ...loudnessOf(made) },
          },
        })
        if (!(await parts.queue.end(job, 'done', { result: id }, tx)))
          throw new JobLostError('the job is not ours any more')
      })
    }
    await withInput(parts, run, media.object, work, others)
  } catch (error) {
    await parts.objects.remove(object)
    await parts.keys.destroy(job.person, id)
    throw error
  } finally {
    parts.uses.delete(job.id)
  }
  parts.hub.emit(job.person, { type: 'item', item: id })
}

async function finish({ queue, hub }: RunParts, { job }: Run): Promise<void> {
  if (!(await queue.end(job, 'done'))) throw new JobLostError('the job is not ours any more')
  hub.emit(job.person, { type: 'item', item: job.item })
}
