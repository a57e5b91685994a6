/** Having work done on an item: asked of the server, taken into the library, its problem kept for the panel. */

import type { Arguments } from '@sotto/server/client'
import { useState } from 'react'
import { api, type Job } from '../api/api.ts'
import { takeJob } from '../api/events.ts'

/** What can be asked for. */
export type JobRequest = Arguments<'POST /api/items/:id/jobs'>['body']

/** `start` resolves with the job, or null where it was refused; the refusal stands in `error`. */
export function useStart(id: string): {
  start(request: JobRequest): Promise<Job | null>
  busy: boolean
  error: unknown
} {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const start = async (request: JobRequest): Promise<Job | null> => {
    setBusy(true)
    setError(null)
    try {
      const job = await api.call('POST /api/items/:id/jobs', { params: { id }, body: request })
      takeJob(job)
      return job
    } catch (problem) {
      setError(problem)
      return null
    } finally {
      setBusy(false)
    }
  }
  return { start, busy, error }
}
