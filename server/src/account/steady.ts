/** Answers that take as long whoever they are about. */
import { setTimeout as wait } from 'node:timers/promises'

/** Steps in which time shows, in milliseconds: much coarser than what a look-up or an entry in the ledger takes. */
const STEP = 250

/**
 * Does the work and lets its end show only at a whole step of time after its start, also when it fails: whether a number
 * or name has an account cannot be read from the clock.
 */
export async function steadily<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    await wait(STEP - ((performance.now() - start) % STEP))
  }
}
