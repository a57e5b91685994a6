/** Progress of a job in one phrase. */
import type { Job } from '../api/api.ts'
import type { Texts } from '../text/en.ts'

/** "transcribing 0:42 of 3:10"; `clock` writes seconds of sound. */
export function progressOf(job: Job, t: Texts, clock: (seconds: number) => string): string {
  const what = t.operation[job.operation]
  if (job.state === 'waiting') return t.line.waiting(what)
  return job.total > 0 ? t.line.of(what, clock(job.done), clock(job.total)) : what
}
