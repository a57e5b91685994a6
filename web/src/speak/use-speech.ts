/** One text or dubbing in a component: loaded, edited with undo, saved by itself, fresh as it is spoken and translated. */
import { type History, historyOf, redo, step, undo } from '@sotto/media/words'
import type { Arguments } from '@sotto/server/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, type Job } from '../api/api.ts'
import { onJob, onSpeech, takeJob } from '../api/events.ts'
import { putJob } from '../api/library.ts'
import { codeOf } from '../api/problem.ts'
import { draftOf, isSame, mergeDraft, type Speech, type SpeechDraft } from './speech.ts'

/** Work that can be asked for. */
export type SpeechJob = Arguments<'POST /api/speech/:id/jobs'>['body']

/** How the draft stands to what is saved. */
export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed'

/** A text or dubbing being edited. */
export interface SpeechHandle {
  readonly speech: Speech
  readonly draft: SpeechDraft
  readonly saving: Saving
  readonly error: unknown
  readonly canUndo: boolean
  readonly canRedo: boolean
  change(next: SpeechDraft): void
  undo(): void
  redo(): void
  /** Saves, then asks for work; resolves null where that was refused, the refusal is in `error`. */
  start(job: SpeechJob): Promise<Job | null>
}

const PAUSE = 600
const AGAIN = 5000

/** Loads it; null until it is there. */
export function useSpeech(id: string): { handle: SpeechHandle | null; error: unknown } {
  const [speech, setSpeech] = useState<Speech | null>(null)
  const [history, setHistory] = useState<History<SpeechDraft> | null>(null)
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<unknown>(null)
  const draft = useRef<SpeechDraft | null>(null)
  draft.current = history?.present ?? null
  const saved = useRef<{ draft: SpeechDraft; revision: number } | null>(null)
  const running = useRef<Promise<void> | null>(null)
  const timer = useRef(0)

  const take = useCallback((fresh: Speech) => {
    const theirs = draftOf(fresh)
    const mine = draft.current
    const base = saved.current?.draft
    const next = mine && base ? mergeDraft(base, mine, theirs, fresh.mode === 'dub') : theirs
    saved.current = { draft: theirs, revision: fresh.revision }
    setSpeech(fresh)
    setHistory((old) => (old ? (isSame(next, old.present) ? old : step(old, next)) : historyOf(next)))
    draft.current = next
  }, [])

  const ask = useCallback(async () => take(await api.call('GET /api/speech/:id', { params: { id } })), [id, take])

  const put = useCallback(async (): Promise<void> => {
    while (draft.current && saved.current && !isSame(draft.current, saved.current.draft)) {
      const mine = draft.current
      setSaving('saving')
      try {
        const body = { ...mine, segments: [...mine.segments], revision: saved.current.revision }
        const answer = await api.call('PUT /api/speech/:id', { params: { id }, body })
        saved.current = { draft: mine, revision: answer.revision }
        setSpeech(answer)
      } catch (problem) {
        if (codeOf(problem) !== 'edit_conflict') throw problem
        await ask()
      }
    }
    setSaving('saved')
    setError(null)
  }, [id, ask])

  const flush = useCallback((): Promise<void> => {
    window.clearTimeout(timer.current)
    running.current ??= put()
      .catch((problem: unknown) => {
        setSaving('failed')
        setError(problem)
        timer.current = window.setTimeout(() => flush().catch(() => undefined), AGAIN)
        throw problem
      })
      .finally(() => {
        running.current = null
      })
    return running.current
  }, [put])

  useEffect(() => {
    ask().catch(setError)
    // One question at a time: whatever comes meanwhile is asked for once more at its end.
    let asking = false
    let more = false
    const fresh = async () => {
      more = true
      if (asking) return
      asking = true
      while (more) {
        more = false
        await running.current?.catch(() => undefined)
        await ask().catch(() => undefined)
      }
      asking = false
    }
    const offSpeech = onSpeech((changed) => {
      if (changed === id) void fresh()
    })
    const offJob = onJob((job) => {
      setSpeech((old) => {
        if (!old?.jobs.some((one) => one.id === job.id)) return old
        return { ...old, jobs: putJob(old.jobs, job) }
      })
      if (job.ended_at !== null) void fresh()
    })
    return () => {
      offSpeech()
      offJob()
    }
  }, [id, ask])

  const present = history?.present
  useEffect(() => {
    if (!present || !saved.current || isSame(present, saved.current.draft)) return
    setSaving((old) => (old === 'saving' ? old : 'unsaved'))
    timer.current = window.setTimeout(() => flush().catch(() => undefined), PAUSE)
    return () => window.clearTimeout(timer.current)
  }, [present, flush])
  useEffect(() => {
    const now = () => void flush().catch(() => undefined)
    window.addEventListener('pagehide', now)
    return () => {
      window.removeEventListener('pagehide', now)
      now()
    }
  }, [flush])

  const start = async (body: SpeechJob): Promise<Job | null> => {
    setError(null)
    try {
      await flush()
      const job = await api.call('POST /api/speech/:id/jobs', { params: { id }, body })
      setSpeech((old) => (old ? { ...old, jobs: putJob(old.jobs, job) } : old))
      takeJob(job)
      return job
    } catch (problem) {
      setError(problem)
      return null
    }
  }

  if (!speech || !history) return { handle: null, error }
  return {
    error,
    handle: {
      speech,
      draft: history.present,
      saving,
      error,
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      change: (next) => setHistory((old) => old && (isSame(next, old.present) ? old : step(old, next))),
      undo: () => setHistory((old) => old && undo(old)),
      redo: () => setHistory((old) => old && redo(old)),
      start,
    },
  }
}
