/** How a piece of work stands: stage, done of total, time left, cancel; and how it ended. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { api, type Job } from '../api/api.ts'
import { takeJob } from '../api/events.ts'
import { isActive, library, secondsLeft } from '../api/library.ts'
import { sentenceOf } from '../api/problem.ts'
import { useStore } from '../api/store.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { isCounted } from '../shell/progress-text.ts'
import { useFormat, useText } from '../text/text.tsx'

/** The newest job of these operations on an item, if there is one. */
export function latestJob(jobs: readonly Job[], operations: readonly Job['operation'][]): Job | null {
  const found = jobs.filter((job) => operations.includes(job.operation))
  return found.reduce<Job | null>((best, job) => (!best || job.created_at > best.created_at ? job : best), null)
}

/** Nothing where there is no job. */
export function JobNote({ job }: { job: Job | null }) {
  const t = useText()
  const format = useFormat()
  const items = useStore(library)
  const [error, setError] = useState<unknown>(null)
  const [now, setNow] = useState(Date.now)
  const active = job !== null && isActive(job)
  useEffect(() => {
    if (!active) return
    const timer = window.setInterval(() => setNow(Date.now()), 1000)
    return () => window.clearInterval(timer)
  }, [active])
  if (!job) return null
  if (!active) {
    const result = items?.find((item) => item.id === job.result)
    if (job.state === 'failed')
      return (
        <p className="problem small" role="alert">
          {t.job.failed(sentenceOf(job.problem, t))}
        </p>
      )
    if (job.state === 'refused')
      return (
        <p className="problem small" role="alert">
          {t.job.refused(sentenceOf(job.problem, t))} <Link href="/my/settings/privacy">{t.app.privacySettings}</Link>
        </p>
      )
    if (job.state === 'cancelled') return <p className="small soft">{t.job.cancelled}</p>
    return result ? (
      <p className="small" role="status">
        {t.job.made} <Link href={`/items/${result.id}`}>{result.name}</Link>
      </p>
    ) : null
  }
  const left = secondsLeft(job, now)
  const amount = isCounted(job) ? format.number : format.clock
  const stages: Readonly<Record<string, string>> = t.stage
  const facts = [
    job.state === 'waiting' ? t.job.waiting : (stages[job.stage ?? ''] ?? t.operation[job.operation]),
    ...(job.total > 0 ? [t.job.doneOf(amount(job.done), amount(job.total))] : []),
    ...(left === null ? [] : [t.job.left(format.waiting(left))]),
    ...(job.attempt > 1 ? [t.job.attempt(format.number(job.attempt))] : []),
  ]
  const cancel = () => {
    setError(null)
    api.call('DELETE /api/jobs/:id', { params: { id: job.id } }).then(takeJob, setError)
  }
  return (
    <div className="job stack tight">
      <div className="row spread">
        <p className="small numbers" role="status" aria-live="off">
          {facts.join(' · ')}
        </p>
        <button
          type="button"
          className="button small"
          aria-label={t.job.cancelThis(t.operation[job.operation])}
          onClick={cancel}
        >
          {t.job.cancel}
        </button>
      </div>
      <progress
        aria-label={t.operation[job.operation]}
        {...(job.total > 0 ? { value: job.done, max: job.total } : {})}
      />
      <ProblemNote error={error} />
    </div>
  )
}
