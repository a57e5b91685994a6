/** Progress of a job in one phrase. */
import type { Job } from '../api/api.ts'
import type { Texts } from '../text/en.ts'

/** Whether the stage of a job counts sentences, not seconds of sound. */
export function isCounted({ stage }: Pick<Job, 'stage'>): boolean {
  return stage === 'speak' || stage === 'translate'
}

/** "transcribing 0:42 of 3:10"; `clock` writes seconds of sound. */
export function progressOf(job: Job, t: Texts, clock: (seconds: number) => string): string {
  const what = t.operation[job.operation]
  if (job.state === 'waiting') return t.line.waiting(what)
  if (job.total <= 0) return what
  const amount = isCounted(job) ? String : clock
  return t.line.of(what, amount(job.done), amount(job.total))
}
