import { shareSpan } from '../words/correct.ts'
import { segmentOf } from '../words/join.ts'
import type { Transcript } from '../words/transcript.ts'

/** What a person should look at in a translated sentence: numbers and dates, and lengths that do not fit together. */
export type TranslationFlag = 'numbers' | 'length'

/** One sentence in two languages. Seconds of the recording; both 0 where there is none. */
export interface TranslatedSegment {
  readonly start: number
  readonly end: number
  readonly source: string
  readonly text: string
  readonly flags: readonly TranslationFlag[]
}

/** A translation. `draft`: fluent, and now and then wrong in what it says; `unrated`: by a model of the host's own. The source belongs beside each. */
export interface Translation {
  readonly from: string
  readonly to: string
  readonly engine: 'bergamot' | 'whisper'
  readonly quality: 'draft' | 'good' | 'unrated'
  /** Of the recording, in seconds; 0 where there is none. */
  readonly duration: number
  readonly segments: readonly TranslatedSegment[]
}

const numbers =
  /\d|[零〇一二三四五六七八九十百千万亿两几]|(?:星期|礼拜|周[一二三四五六日天]|点|号|月份)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|quarter|noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|mille|midi|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|cien|mil|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend)\b/iu

/** How long a text is to the ear; a Chinese character counts for three letters. */
function weight(text: string): number {
  return [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 3 : 1), 0)
}

/** What to look at in a sentence and its translation. */
export function flagsOf(source: string, text: string): TranslationFlag[] {
  const ratio = (weight(text) + 10) / (weight(source) + 10)
  return [
    ...(numbers.test(source) || numbers.test(text) ? (['numbers'] as const) : []),
    ...(ratio < 0.4 || ratio > 2.5 ? (['length'] as const) : []),
  ]
}

/** The translated words with times, to be shown, cut by or written as subtitles: a sentence's words share its time. */
export function translatedTranscript(translation: Translation): Transcript {
  const segments = translation.segments.flatMap(({ start, end, text }) => {
    const words = shareSpan(text, start, end)
    return words.length > 0 ? [segmentOf(words)] : []
  })
  return { language: translation.to, duration: translation.duration, segments }
}
