/** What can go from a recording: fillers, sounds without words, long pauses. Pure. */
import {
  cutOf,
  fillersOf,
  hesitationsOf,
  isDeleted,
  joinWords,
  type SilenceOptions,
  silencesOf,
  type TimeRange,
  type Word,
} from '@sotto/media/words'

/** What was found, and which words it is, if any. */
export interface Find extends TimeRange {
  readonly sort: 'fillers' | 'hesitations' | 'silences'
  readonly text: string
}

/** The sorts of things that can go. */
export const SORTS = ['fillers', 'hesitations', 'silences'] as const

/** Everything that can go and is not cut yet, in order. `words` are those of the recording. */
export function tidyFinds(
  words: readonly Word[],
  language: string,
  speech: readonly TimeRange[],
  cuts: readonly TimeRange[],
  duration: number,
  silence: SilenceOptions,
): Find[] {
  const gone = (range: TimeRange) => isDeleted({ ...range, text: '' }, cuts)
  const fillers = fillersOf(words, language).flatMap((range) =>
    cutOf(words, range, duration).map((time) => ({
      ...time,
      sort: 'fillers' as const,
      text: joinWords(words.slice(range.from, range.to)),
    })),
  )
  const hesitations = hesitationsOf(speech, words).map((time) => ({ ...time, sort: 'hesitations' as const, text: '' }))
  const silences = silencesOf(speech, words, duration, silence).map((time) => ({
    ...time,
    sort: 'silences' as const,
    text: '',
  }))
  return [...fillers, ...hesitations, ...silences].filter((one) => !gone(one)).sort((a, b) => a.start - b.start)
}
