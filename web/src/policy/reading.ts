/** What the person here has read of the notice, and what has changed since; asked once, watched by banner, dialogue and page. */
import { api, type Reading } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { storeOf, useStore } from '../api/store.ts'
import { forgetNotice, noticeSeen } from '../notice/notice.ts'
import type { Locale } from '../text/locale.ts'

const reading = storeOf<Reading | null>(null)
const putOff = storeOf(false)

/** How the notice stands to the person here; null while it is not known or nobody is here. */
export function useReading(): Reading | null {
  return useStore(reading)
}

/** Whether the person said "later" in this window. */
export function usePutOff(): boolean {
  return useStore(putOff)
}

/** Lets the dialogue go until the page is opened again; the banner stays. */
export function later(): void {
  putOff.set(true)
}

/** Asks anew; quietly keeps what was known where the server cannot be reached. */
export async function askReading(locale: Locale, signal?: AbortSignal): Promise<void> {
  const given = signal ? { signal } : {}
  const answer = await api.call('GET /api/policy/reading', { query: { locale } }, given).catch(() => undefined)
  if (answer && !signal?.aborted) reading.set(answer)
}

/** Forgets it: whoever was here has left. */
export function forgetReading(): void {
  reading.set(null)
  putOff.set(false)
}

/** Says that the notice as it is now was read, and where (C250). */
export async function sayRead(locale: Locale, channel: 'page' | 'banner' | 'dialog'): Promise<void> {
  try {
    const notice = await noticeSeen(locale)
    reading.set(await api.call('POST /api/policy/reading', { body: { notice, channel } }))
  } catch (error) {
    if (codeOf(error) === 'notice_changed') forgetNotice()
    throw error
  }
}
