/** How a failed run of a job ends: for good, with a code of the problem catalogue, or tried again. */
import { MediaError } from '@sotto/media/error'
import { Refusal } from '../gate/refusal.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import { Problem, problemOf } from '../problem.ts'
import type { Verdict } from './worker.ts'

/** Another run has the job: what this one made does not stand. */
export class JobLostError extends Error {
  override name = 'JobLostError'
  readonly code = 'job_lost'
}

/** What passes by itself is tried again: a crash of the engine, a full disk (and whatever is not the media's fault). */
const PASSING = new Set(['engine-crashed', 'write-failed'])

/** Judges what a run threw. */
export function judge(error: unknown): Verdict {
  const code = (error as { code?: unknown })?.code
  const problem = problemOf(error).code
  if (error instanceof Refusal) return { state: 'refused', problem }
  if (error instanceof KeyGoneError || code === 'cancelled') return { state: 'cancelled', problem: null }
  // What is missing here does not come by trying again.
  if (error instanceof Problem) return { state: 'failed', problem }
  if (error instanceof MediaError && !PASSING.has(error.code)) return { state: 'failed', problem }
  return { state: 'again', problem }
}
