import { heardOf, type Order } from './order.ts'
import { heardTranscript } from './timeline.ts'
import type { TimeRange, Transcript } from './transcript.ts'

/** The transcript of the result of an edit: words on its clock and in its order, cut ones gone. */
export function cutTranscript(transcript: Transcript, cuts: readonly TimeRange[], order: Order = []): Transcript {
  return heardTranscript(transcript, heardOf(order, cuts, transcript.duration))
}
