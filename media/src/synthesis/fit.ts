/**
 * Where spoken segments stand in time. With a time of its own a segment begins exactly there, however long those before
 * became: what drifts would drift more with every sentence. It is spoken faster where it would run into the next, within
 * bounds; what still does not fit is told, not cut.
 */

/** A segment may be spoken this much faster to fit, beside the speed that was asked for. */
export const MOST_TEMPO = 1.35
/** Seconds left free before the next segment. */
export const BREATH = 0.08
/** Seconds between two segments without times of their own, at speed 1. */
export const SEGMENT_PAUSE = 0.6

/** How much faster a segment of `natural` seconds is to be spoken to fit `room` seconds; 1 where it fits. */
export function tempoFor(natural: number, room: number): number {
  const free = room - BREATH
  if (natural <= free) return 1
  return free <= 0 ? MOST_TEMPO : Math.min(MOST_TEMPO, natural / free)
}

/** Seconds by which a segment of `length` runs into the next; 0 where it does not. A hundredth is not heard. */
export function overrun(length: number, room: number): number {
  const over = length - room
  return over > 0.01 ? over : 0
}
