/** Seconds recorded so far while the page records; null while it does not. Watched by the status line. */
import { storeOf } from '../api/store.ts'

/** The length of the recording being made. */
export const recordingNow = storeOf<number | null>(null)
