import type { Word, WordRange } from './transcript.ts'

/** A pause, in seconds, that ends a sentence even where no mark was written. */
const LONG_PAUSE = 1.5
const ends = /[.!?…。！？｡](?:["'”’»)\]」』]*)$/u
/** Written with a point and followed by a name or a number, so not an end (en, fr, de, es). */
const abbreviation =
  /^["'“‘(«]?(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|no|nr|bzw|z\.b|u\.a|m|mm|mme|mlle|sra|srta|ud|uds|[a-z])\.$/iu

/**
 * The sentences, as half-open ranges of word positions that tile the list. A sentence ends at its mark (not at an
 * abbreviation or an initial), or at a pause of 1.5 s.
 */
export function sentencesOf(words: readonly Word[]): WordRange[] {
  const sentences: WordRange[] = []
  let from = 0
  words.forEach((word, index) => {
    const next = words[index + 1]
    const marked = ends.test(word.text) && !abbreviation.test(word.text)
    if (!next || marked || next.start - word.end >= LONG_PAUSE) {
      sentences.push({ from, to: index + 1 })
      from = index + 1
    }
  })
  return sentences
}
