/** The draft of one item in a component: loaded, edited with undo, saved by itself, merged where it was changed elsewhere. */
import { type History, historyOf, redo, undo } from '@sotto/media/words'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, type Edit, type Transcript } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { type Draft, draftOf, editOf, mergeDrafts, stepTo } from './draft.ts'

/** How the draft stands to what is saved. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'failed'

/** An edit being made: what it is now, and how to change it. */
export interface DraftHandle {
  readonly draft: Draft
  readonly saving: Saving
  readonly error: unknown
  /** Passages corrected in both places at the last merge; null while there was none. */
  readonly merged: number | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  change(next: Draft): void
  undo(): void
  redo(): void
  /** Saves now what is not saved yet; resolves when it is. */
  flush(): Promise<void>
}

const PAUSE = 600

/** `transcript` and `edit` as they were loaded; another item is another component. */
export function useDraft(id: string, transcript: Transcript, edit: Edit): DraftHandle {
  const [history, setHistory] = useState<History<Draft>>(() => historyOf(draftOf(transcript, edit)))
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<unknown>(null)
  const [merged, setMerged] = useState<number | null>(null)
  const current = useRef(history.present)
  current.current = history.present
  const saved = useRef({ draft: history.present, revision: edit.revision })
  const running = useRef<Promise<void> | null>(null)
  const timer = useRef(0)

  const put = useCallback(async (): Promise<void> => {
    // a change made while one save is under way is saved by the next round of the same loop
    while (current.current !== saved.current.draft) {
      const draft = current.current
      setSaving('saving')
      try {
        const answer = await api.call('PUT /api/items/:id/edit', {
          params: { id },
          body: editOf(draft, transcript, saved.current.revision),
        })
        saved.current = { draft, revision: answer.revision }
      } catch (problem) {
        if (codeOf(problem) !== 'edit_conflict') throw problem
        const theirs = await api.call('GET /api/items/:id/edit', { params: { id } })
        const saw = draftOf(transcript, theirs)
        const result = mergeDrafts(saved.current.draft, current.current, saw)
        saved.current = { draft: saw, revision: theirs.revision }
        current.current = result.draft
        setHistory((old) => stepTo(old, result.draft))
        setMerged(result.conflicts)
      }
    }
    setSaving('saved')
    setError(null)
  }, [id, transcript])

  const flush = useCallback((): Promise<void> => {
    window.clearTimeout(timer.current)
    running.current ??= put()
      .catch((problem: unknown) => {
        setSaving('failed')
        setError(problem)
        timer.current = window.setTimeout(() => flush(), 5000)
        throw problem
      })
      .finally(() => {
        running.current = null
      })
    return running.current
  }, [put])

  useEffect(() => {
    if (history.present === saved.current.draft) return
    setSaving((old) => (old === 'saving' ? old : 'waiting'))
    timer.current = window.setTimeout(() => flush().catch(() => undefined), PAUSE)
    return () => window.clearTimeout(timer.current)
  }, [history.present, flush])
  useEffect(() => {
    const now = () => {
      if (current.current !== saved.current.draft) flush().catch(() => undefined)
    }
    window.addEventListener('pagehide', now)
    window.addEventListener('online', now)
    return () => {
      window.removeEventListener('pagehide', now)
      window.removeEventListener('online', now)
      now()
    }
  }, [flush])

  return {
    draft: history.present,
    saving,
    error,
    merged,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: useCallback((next: Draft) => setHistory((old) => (next === old.present ? old : stepTo(old, next))), []),
    undo: useCallback(() => setHistory(undo), []),
    redo: useCallback(() => setHistory(redo), []),
    flush,
  }
}
