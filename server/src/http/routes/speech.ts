/** Routes of texts that are spoken, and of recordings that are translated and dubbed. */
import { randomUUID } from 'node:crypto'
import { voiceOf, voices } from '@sotto/media'
import { KOKORO, KOKORO_VOICES } from '@sotto/media/models/kokoro'
import { ModelStore } from '@sotto/media/models/store'
import { waysFrom } from '@sotto/media/translation/ways'
import type { SpeechSegment } from '@sotto/policy'
import { insertJob } from '../../items/items.ts'
import { keepDue } from '../../items/keep.ts'
import { jobView } from '../../items/view.ts'
import { isPicture } from '../../jobs/making.ts'
import { operations } from '../../jobs/operation.ts'
import { sourceTranscript, translatedTranscript } from '../../jobs/saving-speech.ts'
import { removeTakes } from '../../jobs/speaking.ts'
import { Problem } from '../../problem.ts'
import { keepTranslated, sentencesToTranslate } from '../../speech/sentences.ts'
import {
  jobsOf,
  newSegment,
  rowView,
  type SpeechNow,
  type SpeechRecord,
  speechNow,
  speechView,
} from '../../speech/speeches.ts'
import { voiceFor } from '../../speech/take.ts'
import type { Studio } from '../../studio.ts'
import { StaleVersionError } from '../../vault/record.ts'
import { attachment, stem } from '../file-name.ts'
import { type App, handle } from '../handle.ts'
import { rangeOf } from '../range.ts'
import { sealedStream } from '../sealed-stream.ts'
import { WORD_TYPES } from '../word-types.ts'
import { syntheticNote, wordsFile } from '../words-file.ts'

/** Characters of one text: some four hours of speech. */
const MOST_CHARACTERS = 200_000
/** Texts of one person, and open jobs: more is a mistake or an attack. */
const MOST_TEXTS = 500
const OPEN_JOBS = 100
/** A text of the most characters, with its ids, in JSON. */
const BODY = { bodyLimit: 4 * 1024 * 1024 }

function bounded(segments: readonly { readonly text: string }[]): void {
  if (segments.reduce((sum, { text }) => sum + text.length, 0) > MOST_CHARACTERS) throw new Problem('text_too_long')
}

/** Texts, translations, dubbings. */
export function speechRoutes(app: App, studio: Studio): void {
  const { db, gate, keys, queue, worker, clock, hub, config } = studio
  const kept = (person: string, item?: string, streaming = false) =>
    gate.open('keep_media', person, { by: 'self', ...(item ? { item } : {}), streaming })

  async function now(person: string, id: string): Promise<SpeechNow> {
    const found = await speechNow(await kept(person, id), id)
    if (!found) throw new Problem('not_found')
    return found
  }

  async function whole(person: string, id: string) {
    const mine = await kept(person, id)
    const found = await speechNow(mine, id)
    if (!found) throw new Problem('not_found')
    return speechView(found, await jobsOf(mine, queue, person, found))
  }

  async function rows(person: string, which: (speech: SpeechRecord) => boolean) {
    const mine = await kept(person)
    const found = (await mine.speech.list()).filter(which)
    const views = await Promise.all(found.map(async ({ id }) => speechNow(mine, id)))
    return views
      .flatMap((one) => (one ? [rowView(one)] : []))
      .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
  }

  handle(app, 'GET /api/voices', async () => {
    const store = new ModelStore({ folder: config.models })
    const natural = (await store.has(KOKORO)) && (await store.has(KOKORO_VOICES))
    const plain = installed('@echogarden/espeak-ng-emscripten')
    // Natural voices are read out by eSpeak, too.
    return voices.map((voice) => ({ ...voice, here: plain && (voice.engine === 'espeak' || natural) }))
  })

  handle(app, 'GET /api/speech', ({ person }) => rows(person, ({ mode }) => mode === 'text'))

  handle(
    app,
    'POST /api/speech',
    async ({ person, body }) => {
      studio.windDown.mayCollect()
      const mine = await gate.open('speak', person, { by: 'self' })
      await mine.check()
      const voice = voiceFor(body.language, body.voice)
      if (!voice) throw new Problem('voice_unknown')
      const segments = body.segments.map(newSegment)
      bounded(segments)
      if ((await mine.speech.list()).length >= MOST_TEXTS) throw new Problem('too_large')
      const id = randomUUID()
      const due_at = await keepDue(db, keys, person, clock())
      await keys.add(person, id)
      try {
        const { name, language, speed, notice } = body
        const text = { name, mode: 'text', revision: 1, language, voice: voice.id, speed, notice, segments } as const
        await mine.speech.add(text, { id, item: id, due_at })
      } catch (error) {
        await keys.destroy(person, id)
        throw error
      }
      return whole(person, id)
    },
    BODY,
  )

  handle(app, 'GET /api/speech/:id', ({ person, params }) => whole(person, params.id))

  handle(
    app,
    'PUT /api/speech/:id',
    async ({ person, params, body }) => {
      const mine = await gate.open('edit_media', person, { by: 'self', item: params.id })
      const before = await mine.speech.get(params.id)
      if (!before) throw new Problem('not_found')
      if (before.revision !== body.revision) throw new Problem('edit_conflict')
      const voice = body.voice ?? before.voice
      if (body.voice !== undefined && voiceOf(voice)?.language !== before.language) throw new Problem('voice_unknown')
      const segments = body.segments ? saved(before, body.segments) : before.segments
      bounded(segments)
      const { name, speed, notice, original } = body
      const fields = {
        revision: before.revision + 1,
        segments: [...segments],
        voice,
        ...(name === undefined ? {} : { name }),
        ...(speed === undefined ? {} : { speed }),
        ...(notice === undefined ? {} : { notice }),
        ...(original === undefined ? {} : { original: original ?? undefined }),
      }
      try {
        await mine.speech.change(params.id, fields, { expect: before.version })
      } catch (error) {
        if (error instanceof StaleVersionError) throw new Problem('edit_conflict')
        throw error
      }
      hub.emit(person, { type: 'speech', speech: params.id })
      return whole(person, params.id)
    },
    BODY,
  )

  handle(app, 'DELETE /api/speech/:id', async ({ person, params }) => {
    const { speech, holder, spoken } = await now(person, params.id)
    if (speech.mode === 'text') {
      await studio.erase.item(person, params.id)
      return
    }
    const mine = await kept(person, holder)
    const tasks = new Map((await mine.task.list({ item: holder })).map((task) => [task.id, task.target]))
    const verdict = { state: 'cancelled', problem: null } as const
    await worker.stop(person, (job) => job.item === holder && tasks.get(job.task) === params.id, verdict)
    await mine.speech.remove(params.id)
    await removeTakes(studio, mine, person, holder, [...new Set(spoken.map(({ take }) => take))])
    hub.emit(person, { type: 'speech', speech: params.id })
  })

  handle(
    app,
    'POST /api/speech/:id/jobs',
    async ({ person, params, body }) => {
      const found = await now(person, params.id)
      const { speech, holder } = found
      studio.windDown.mayCollect()
      const { purpose } = operations[body.operation]
      await gate.ask(purpose, person)
      await gate.ask(purpose, person, 'job')
      if ((await queue.of(person, { open: true })).length >= OPEN_JOBS) {
        await studio.rights.note(person, 'work_limited')
        throw new Problem('too_many_jobs')
      }
      const { operation, ...options } = body
      const dub = speech.mode === 'dub'
      if (operation === (dub ? 'save_speech' : 'dub') || (operation === 'translate' && !dub))
        throw new Problem('bad_request')
      if (operation === 'translate') await requireWay(speech)
      else {
        if (!voiceOf(speech.voice)) throw new Problem('voice_unknown')
        if (found.said.size === 0) throw new Problem('text_empty')
      }
      if (operation === 'dub' && isPicture(body.format)) {
        const item = await (await kept(person, holder)).item.get(holder)
        if (item?.media !== 'video') throw new Problem('media_bad_request')
      }
      return jobView(await begin(person, holder, operation, options, params.id))
    },
    BODY,
  )

  async function begin(
    person: string,
    item: string,
    operation: 'speak' | 'translate' | 'save_speech' | 'dub',
    options: Record<string, unknown>,
    target: string,
  ) {
    const job = await db
      .transaction()
      .execute((tx) => insertJob(tx, { keys, queue, now: clock }, { person, item, operation, options, target }))
    worker.wake()
    return job
  }

  async function requireWay({ from, language }: Pick<SpeechRecord, 'from' | 'language'>): Promise<void> {
    const ways = await waysFrom(new ModelStore({ folder: config.models }), from ?? '')
    if (!ways.some(({ to, state }) => to === language && state === 'ready')) throw new Problem('translation_missing')
  }

  handle(app, 'GET /api/speech/:id/takes/:take', async ({ person, params, request, reply }) => {
    const mine = await kept(person, params.id, true)
    const speech = await mine.speech.get(params.id)
    const media = await mine.media.get(params.take)
    if (!speech?.item || media?.item !== speech.item || media.state !== 'take') throw new Problem('not_found')
    const range = rangeOf(request.headers.range, media.size)
    reply.header('accept-ranges', 'bytes').header('cache-control', 'no-store').type(media.mime)
    reply.header('content-length', range.end - range.start)
    if (range.partial) reply.code(206).header('content-range', `bytes ${range.start}-${range.end - 1}/${media.size}`)
    return request.method === 'HEAD' ? '' : sealedStream(studio, person, speech.item, media.object, range)
  })

  handle(app, 'GET /api/speech/:id/words', async ({ person, params, query, reply }) => {
    const found = await now(person, params.id)
    if (found.speech.mode !== 'dub') throw new Problem('words_missing')
    const words = query.of === 'source' ? sourceTranscript(found) : translatedTranscript(found)
    const name = `${stem(found.speech.name)}.${words.language}.${query.format}`
    reply.type(WORD_TYPES[query.format]).header('content-disposition', attachment(name))
    // The source was said by somebody.
    const notes = query.of === 'source' ? [] : [syntheticNote(words.language)]
    return wordsFile(query.format, words, { title: stem(found.speech.name), made: clock(), notes })
  })

  handle(app, 'GET /api/items/:id/translations', async ({ person, params }) => {
    const mine = await kept(person, params.id)
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    return rows(person, ({ mode, item }) => mode === 'dub' && item === params.id)
  })

  handle(app, 'POST /api/items/:id/translations', async ({ person, params, body }) => {
    const look = await kept(person, params.id)
    const item = await look.item.get(params.id)
    if (!item) throw new Problem('not_found')
    studio.windDown.mayCollect()
    const mine = await gate.open('translate', person, { by: 'self', item: params.id })
    await gate.ask('translate', person, 'job')
    const [heard] = await mine.transcript.list({ item: params.id })
    if (!heard?.complete) throw new Problem('words_missing')
    const from = body.from ?? heard.language
    if (from === body.to || !/^[a-z]{2,3}$/.test(from)) throw new Problem('bad_request')
    await requireWay({ from, language: body.to })
    const [edit] = await mine.edit.list({ item: params.id })
    const sentences = sentencesToTranslate(
      (edit?.segments ?? heard.segments).map((s) => ({ ...s, words: [...s.words] })),
    )
    if (sentences.length === 0) throw new Problem('words_missing')
    bounded(sentences.map(({ source }) => ({ text: source ?? '' })))
    return studio.turns.take(`translate ${params.id}`, async () => {
      const all = await mine.speech.list({ item: params.id })
      const before = all.find(({ mode, language }) => mode === 'dub' && language === body.to)
      let id = before?.id
      if (before) {
        const same = before.from === from
        const segments = same ? keepTranslated(before.segments, sentences) : sentences
        await mine.speech.change(before.id, { segments, from, revision: before.revision + 1 })
      } else {
        const voice = voiceFor(body.to)?.id ?? ''
        const fresh = { name: item.name, mode: 'dub', revision: 1, language: body.to, from, voice, speed: 1 } as const
        id = await mine.speech.add(
          { ...fresh, notice: 'none', original: UNDERNEATH, segments: sentences },
          { item: params.id },
        )
      }
      await begin(person, params.id, 'translate', {}, id as string)
      return whole(person, id as string)
    })
  })
}

/** How far down the original stays under a dubbing at first, dB. */
const UNDERNEATH = -18

/** The segments as they are now: of a text in the order given; of a dubbing only what is said in them. */
function saved(
  before: Pick<SpeechRecord, 'mode' | 'segments'>,
  given: readonly { readonly id?: string | undefined; readonly text: string }[],
): SpeechSegment[] {
  const known = new Map(before.segments.map((one) => [one.id, one]))
  if (before.mode === 'text') {
    const used = new Set<string>()
    return given.map(({ id, text }) => {
      if (id === undefined || used.has(id)) return newSegment(text)
      used.add(id)
      return { ...known.get(id), id, text }
    })
  }
  const said = new Map(given.map(({ id, text }) => [id, text]))
  return before.segments.map((one) => {
    const text = said.get(one.id)
    return text === undefined || text === one.text ? one : { ...one, text }
  })
}

function installed(name: string): boolean {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}
