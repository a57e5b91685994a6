/**
 * Translating: the words of a recording, sentence by sentence. Each sentence is kept as soon as it stands; one that a person
 * wrote otherwise meanwhile is theirs and stays.
 */
import { runMedia } from '@sotto/media/child/run'
import { ModelStore } from '@sotto/media/models/store'
import { waysFrom } from '@sotto/media/translation/ways'
import type { SpeechSegment } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { Problem } from '../problem.ts'
import { content } from './making.ts'
import type { Run, RunParts } from './run.ts'
import { JobLostError } from './verdict.ts'

const SAVE_EVERY_MS = 2_000

/** Translates the sentences that have no translation yet, or those asked for anew. @throws Problem `translation_missing` @throws KeyGoneError */
export async function translateSpeech(
  parts: RunParts,
  { job, signal, report }: Run,
  grant: Grant<'translate'>,
  speechId: string,
  only?: readonly string[],
): Promise<void> {
  const speech = await grant.speech.get(speechId)
  if (!speech?.from) throw new KeyGoneError('the translation is gone')
  const { from, language } = speech
  const todo = speech.segments.filter(
    ({ id, text, source }) => source?.trim() && (only ? only.includes(id) : text.trim() === ''),
  )
  if (todo.length === 0) return finish(parts, job, speechId)
  const way = await waysFrom(new ModelStore({ folder: parts.models }), from)
  if (!way.some(({ to, state }) => to === language && state !== 'downloadable'))
    throw new Problem('translation_missing')

  const media = await content(grant, job.item)
  await using opened = await parts.objects.open(media.object, await parts.keys.key(job.person, job.item))
  const waiting = new Map<string, Pick<SpeechSegment, 'text' | 'flags'>>()
  const written = new Map(todo.map(({ id, text }) => [id, text]))
  const by: { engine?: 'bergamot' | 'whisper'; quality?: 'good' | 'draft' | 'unrated' } = {}
  const save = async () => {
    const found = new Map(waiting)
    waiting.clear()
    if (found.size === 0) return
    for (;;) {
      const now = await grant.speech.get(speechId)
      if (!now) throw new KeyGoneError('the translation is gone')
      const segments = now.segments.map((one) => {
        const made = found.get(one.id)
        // What was written there since the work began is a person's own.
        return made && one.text === written.get(one.id) ? { ...one, ...made } : one
      })
      const whole = only && speech.quality !== undefined
      try {
        const fields = { segments, revision: now.revision + 1, ...(whole ? {} : by) }
        await grant.speech.change(speechId, fields, { expect: now.version })
        break
      } catch (error) {
        if ((error as { code?: string }).code !== 'conflict') throw error
      }
    }
    parts.hub.emit(job.person, { type: 'speech', speech: speechId })
  }
  let saving: Promise<unknown> = Promise.resolve()
  let kept = performance.now()
  report({ type: 'progress', stage: 'translate', done: 0, total: todo.length })
  await runMedia(
    {
      kind: 'translate',
      from,
      to: language,
      segments: todo.map(({ start = 0, end = 0, source = '' }) => ({ start, end, text: source })),
    },
    {
      input: { fd: opened.fd, key: opened.key },
      models: parts.models,
      signal,
      onEvent: (event) => {
        if (event.type === 'progress') report(event)
        if (event.type !== 'translated') return
        by.engine = event.by.engine
        by.quality = event.by.quality
        const { id } = todo[event.index] as SpeechSegment // one event for each of them, in order
        waiting.set(id, { text: event.segment.text, flags: [...event.segment.flags] })
        if (performance.now() - kept < SAVE_EVERY_MS) return
        kept = performance.now()
        // A save that fails ends the job by the last one, below.
        saving = saving.then(save).catch(() => undefined)
      },
    },
  )
  await saving
  await save()
  await finish(parts, job, speechId)
}

async function finish({ queue, hub }: RunParts, job: Run['job'], speech: string): Promise<void> {
  if (!(await queue.end(job, 'done'))) throw new JobLostError('the job is not ours any more')
  hub.emit(job.person, { type: 'speech', speech })
}
