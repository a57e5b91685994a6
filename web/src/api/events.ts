/** What happens to the person's things, as it happens: one EventSource for the page, opened again when it falls. */
import { useEffect } from 'react'
import type { Job, Segment } from './api.ts'
import { isActive, library, looseJobs, putJob, refreshItem, refreshLibrary, withJob, withoutItem } from './library.ts'
import { storeOf } from './store.ts'

/** Words just recognised. */
export interface HeardSegment {
  readonly job: string
  readonly item: string
  readonly segment: Segment
}

/** Whether the server answers now. Begins with what the browser believes. */
export const connected = storeOf<boolean>(typeof navigator === 'undefined' ? true : navigator.onLine)

const heard = new Set<(segment: HeardSegment) => void>()
const ended = new Set<(job: Job) => void>()

/** Calls back for each segment recognised; returns the way to stop. */
export function onSegment(listener: (segment: HeardSegment) => void): () => void {
  heard.add(listener)
  return () => heard.delete(listener)
}

/** Calls back for each change of a job; returns the way to stop. */
export function onJob(listener: (job: Job) => void): () => void {
  ended.add(listener)
  return () => ended.delete(listener)
}

const spoken = new Set<(speech: string) => void>()

/** Calls back when a text or dubbing has more spoken or translated; returns the way to stop. */
export function onSpeech(listener: (speech: string) => void): () => void {
  spoken.add(listener)
  return () => spoken.delete(listener)
}

/** Takes in a change of a job, from an event or from an answer. */
export function takeJob(job: Job): void {
  const items = library.get()
  library.set(withJob(items, job))
  // Work on a text has no item in the library; the line at the top tells of it all the same.
  if (job.operation === 'speak' || job.operation === 'save_speech')
    looseJobs.set((jobs) => putJob(jobs, job).filter(isActive))
  const over = job.state !== 'waiting' && job.state !== 'running'
  // what the job changed (state, transcript, a new item) is asked for, so that nothing depends on the order of events
  if (over && items?.some((item) => item.id === job.item)) refreshItem(job.item).catch(() => undefined)
  if (job.result) refreshItem(job.result).catch(() => undefined)
  for (const listener of ended) listener(job)
}

function listen(source: EventSource): void {
  const on = <T>(name: string, take: (data: T) => void) =>
    source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T))
  on<Job>('job', takeJob)
  on<{ id: string }>('item', ({ id }) => refreshItem(id).catch(() => undefined))
  on<HeardSegment>('segment', (segment) => {
    for (const listener of heard) listener(segment)
  })
  on<{ id: string }>('speech', ({ id }) => {
    for (const listener of spoken) listener(id)
  })
  on<{ item: string }>('erased', ({ item }) => library.set((items) => withoutItem(items, item)))
}

/** Follows the server's events while `active`; after each gap the library is read again, so nothing is missed. */
export function useEvents(active: boolean): void {
  useEffect(() => {
    if (!active) return
    let source: EventSource | null = null
    let timer = 0
    let failures = 0
    const open = () => {
      source?.close()
      source = new EventSource('/api/events')
      source.onopen = () => {
        failures = 0
        connected.set(true)
        refreshLibrary().catch(() => undefined)
      }
      source.onerror = () => {
        connected.set(false)
        source?.close()
        window.clearTimeout(timer)
        timer = window.setTimeout(open, Math.min(30_000, 1000 * 2 ** failures))
        failures += 1
      }
      listen(source)
    }
    const back = () => {
      failures = 0
      window.clearTimeout(timer)
      open()
    }
    const gone = () => connected.set(false)
    open()
    window.addEventListener('online', back)
    window.addEventListener('offline', gone)
    return () => {
      window.clearTimeout(timer)
      source?.close()
      window.removeEventListener('online', back)
      window.removeEventListener('offline', gone)
    }
  }, [active])
}
