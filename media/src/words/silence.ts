import { mergeRanges, subtractRanges } from './cut.ts'
import type { TimeRange, Word } from './transcript.ts'

/** How pauses are shortened. Seconds. */
export interface SilenceOptions {
  /** Only pauses longer than this. */
  readonly longer: number
  /** What is left of each: real quiet of the recording, half from either end. */
  readonly keep: number
}

/** Pauses of over 0.8 s become 0.4 s: quicker, and still breathing. */
export const silenceDefaults: SilenceOptions = { longer: 0.8, keep: 0.4 }

/** The stretches in which nobody speaks and no word stands. */
function quietOf(speech: readonly TimeRange[], words: readonly Word[], duration: number): TimeRange[] {
  return subtractRanges([{ start: 0, end: duration }], mergeRanges([...speech, ...words]))
}

/**
 * What to cut so that no pause is longer than asked for. A pause is where the level says that nobody speaks, and no word
 * was heard either: quiet words are never cut. The room tone that stays lies on both sides of the join.
 */
export function silencesOf(
  speech: readonly TimeRange[],
  words: readonly Word[],
  duration: number,
  options: SilenceOptions = silenceDefaults,
): TimeRange[] {
  const { longer, keep } = options
  return quietOf(speech, words, duration).flatMap(({ start, end }) => {
    if (end - start <= Math.max(longer, keep)) return []
    // At the very beginning and end half of it is enough.
    const head = start <= 0 ? 0 : keep / 2
    const tail = end >= duration ? 0 : keep / 2
    return [{ start: start + head, end: end - tail }]
  })
}

/** Shortest and longest sound that is taken for a hesitation, seconds. */
const HESITATION = { least: 0.12, most: 1.2 }
/** Words are heard a little shorter than they are. */
const AROUND_WORD = 0.12

/**
 * Sounds between words that no word was heard in: recognisers leave out most "um"s. Breaths, coughs and laughter are
 * among them, so they are shown before they are cut.
 */
export function hesitationsOf(speech: readonly TimeRange[], words: readonly Word[]): TimeRange[] {
  const first = words[0]?.start ?? 0
  const last = words.at(-1)?.end ?? 0
  const around = words.map(({ start, end }) => ({ start: start - AROUND_WORD, end: end + AROUND_WORD }))
  return subtractRanges(speech, around).filter(({ start, end }) => {
    const length = end - start
    return start > first && end < last && length >= HESITATION.least && length <= HESITATION.most
  })
}
