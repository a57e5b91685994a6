/** The timeline of one item in a component: loaded, edited with undo, kept by itself; what was changed elsewhere is told. */
import { type History, historyOf, redo, step, undo } from '@sotto/media/words'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { type Draft, draftOf, keptOf, type Timeline, withoutGone } from './draft.ts'

/** How the draft stands to what is kept. `conflict`: another window kept something else meanwhile. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'

/** A timeline being edited. */
export interface TimelineHandle {
  readonly draft: Draft
  readonly saving: Saving
  readonly error: unknown
  /** Of what is kept on the server. */
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** `group` names a control that is being dragged: its changes, shortly one after another, are one step. */
  change(next: Draft, group?: string): void
  undo(): void
  redo(): void
  /** Keeps now what is not kept yet; resolves with the revision when it is. */
  flush(): Promise<number>
  /** After a conflict: what is kept there, or what is here. What goes away can be had back by undo. */
  settle(take: 'theirs' | 'mine'): void
}

const PAUSE = 500
const AGAIN = 5000
/** Changes of one control this shortly after each other are one step, milliseconds. */
const ONE_STEP = 1000

/** `first` as it was loaded; another item is another component. `gone`: recordings that were erased. */
export function useTimeline(id: string, first: Timeline, gone: ReadonlySet<string>): TimelineHandle {
  const [history, setHistory] = useState<History<Draft>>(() => historyOf(draftOf(first)))
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<unknown>(null)
  const [revision, setRevision] = useState(first.revision)
  const current = useRef(history.present)
  current.current = history.present
  const lost = useRef(gone)
  lost.current = gone
  const kept = useRef({ draft: history.present, revision: first.revision })
  const running = useRef<Promise<number> | null>(null)
  const timer = useRef(0)

  const put = useCallback(async (): Promise<number> => {
    // a change made while one is being kept is kept by the next round of the same loop
    while (current.current !== kept.current.draft) {
      const draft = current.current
      setSaving('saving')
      const body = { ...keptOf(withoutGone(draft, lost.current)), revision: kept.current.revision }
      const answer = await api.call('PUT /api/items/:id/timeline', { params: { id }, body })
      kept.current = { draft, revision: answer.revision }
      setRevision(answer.revision)
    }
    setSaving('saved')
    setError(null)
    return kept.current.revision
  }, [id])

  const flush = useCallback((): Promise<number> => {
    window.clearTimeout(timer.current)
    running.current ??= put()
      .catch((problem: unknown) => {
        setError(problem)
        const conflict = codeOf(problem) === 'edit_conflict'
        setSaving(conflict ? 'conflict' : 'failed')
        if (!conflict) timer.current = window.setTimeout(() => flush().catch(() => undefined), AGAIN)
        throw problem
      })
      .finally(() => {
        running.current = null
      })
    return running.current
  }, [put])

  const settle = useCallback(
    (take: 'theirs' | 'mine') => {
      api.call('GET /api/items/:id/timeline', { params: { id } }).then((theirs) => {
        const draft = draftOf(theirs)
        kept.current = { draft, revision: theirs.revision }
        setRevision(theirs.revision)
        setError(null)
        if (take === 'theirs') {
          current.current = draft
          setHistory((old) => step(old, draft))
          setSaving('saved')
        } else flush().catch(() => undefined)
      }, setError)
    },
    [id, flush],
  )

  useEffect(() => {
    if (saving === 'conflict') return
    if (history.present === kept.current.draft) {
      // Undone to what is kept: there is nothing to do.
      if (!running.current) setSaving('saved')
      return
    }
    setSaving((old) => (old === 'saving' ? old : 'waiting'))
    timer.current = window.setTimeout(() => flush().catch(() => undefined), PAUSE)
    return () => window.clearTimeout(timer.current)
  }, [history.present, flush, saving])
  useEffect(() => {
    const now = () => {
      if (current.current !== kept.current.draft) flush().catch(() => undefined)
    }
    window.addEventListener('pagehide', now)
    window.addEventListener('online', now)
    return () => {
      window.removeEventListener('pagehide', now)
      window.removeEventListener('online', now)
      now()
    }
  }, [flush])

  const dragged = useRef({ group: '', at: 0 })
  const change = useCallback((next: Draft, group = '') => {
    const goesOn = group !== '' && dragged.current.group === group && performance.now() - dragged.current.at < ONE_STEP
    dragged.current = { group, at: performance.now() }
    setHistory((old) => (next === old.present ? old : goesOn ? { ...old, present: next, future: [] } : step(old, next)))
  }, [])

  return {
    draft: history.present,
    saving,
    error,
    revision,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change,
    undo: useCallback(() => setHistory(undo), []),
    redo: useCallback(() => setHistory(redo), []),
    flush,
    settle,
  }
}
