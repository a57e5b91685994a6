/** The person's library as the page knows it, kept fresh by the server's events. Pure, apart from the store. */
import { api, type Item, type Job } from './api.ts'
import { storeOf } from './store.ts'

/** Items newest first; null until they were asked for. */
export type Library = readonly Item[] | null

/** The library of this page. */
export const library = storeOf<Library>(null)

/** Work that has not ended on what is no item: texts that are spoken. */
export const looseJobs = storeOf<readonly Job[]>([])

/** States of work that has not ended. */
export function isActive(job: Job): boolean {
  return job.state === 'waiting' || job.state === 'running'
}

/** The library with this item in it, as it is now. */
export function withItem(items: Library, item: Item): Library {
  if (!items) return items
  const rest = items.filter((old) => old.id !== item.id)
  return [...rest, item].sort((a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : 0))
}

/** The library without an item. */
export function withoutItem(items: Library, id: string): Library {
  return items ? items.filter((item) => item.id !== id) : items
}

/** The library with this state of a job; jobs of items it does not know are left out. */
export function withJob(items: Library, job: Job): Library {
  return items ? items.map((item) => (item.id === job.item ? { ...item, jobs: putJob(item.jobs, job) } : item)) : items
}

/** Jobs newest first with this one in it. */
export function putJob(jobs: readonly Job[], job: Job): Job[] {
  const known = jobs.some((old) => old.id === job.id)
  return known ? jobs.map((old) => (old.id === job.id ? job : old)) : [job, ...jobs]
}

/** Work that has not ended, the running before the waiting. */
export function activeJobs(items: Library): Job[] {
  const active = (items ?? []).flatMap((item) => item.jobs.filter(isActive))
  return active.sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'))
}

/** Seconds left by the pace so far; null while that says nothing. `now` in milliseconds. */
export function secondsLeft(job: Job, now: number): number | null {
  if (job.state !== 'running' || !job.started_at || job.total <= 0 || job.done <= 0) return null
  const elapsed = (now - Date.parse(job.started_at)) / 1000
  if (!(elapsed > 2) || job.done >= job.total) return null
  return (elapsed * (job.total - job.done)) / job.done
}

/** Asks for the whole library again. */
export async function refreshLibrary(): Promise<void> {
  library.set(await api.call('GET /api/items', { query: {} }))
}

/** Asks for one item again. */
export async function refreshItem(id: string): Promise<Item> {
  const item = await api.call('GET /api/items/:id', { params: { id } })
  library.set((items) => withItem(items, item))
  return item
}
