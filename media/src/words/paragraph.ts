import { joinWords } from './join.ts'
import { sentencesOf } from './sentence.ts'
import { turnsOf } from './speaker.ts'
import type { Segment, Transcript } from './transcript.ts'

/** A pause, in seconds, that begins a new paragraph. */
const PARAGRAPH_PAUSE = 2
/** Characters after which a sentence's end begins one, too. */
const LONG = 600

/** A paragraph to read: when it begins, who speaks where that is known, what is said. */
export interface TextParagraph {
  readonly start: number
  readonly speaker?: string
  readonly text: string
}

/** Whole sentences as paragraphs: a new one after a pause of 2 s, with another speaker, and where one gets long. */
export function textParagraphs(transcript: Transcript): TextParagraph[] {
  // Each turn by itself: no sentence of two people.
  return turnsOf(transcript).flatMap(({ speaker, segments }) => paragraphsOfTurn(segments, speaker?.name))
}

function paragraphsOfTurn(segments: readonly Segment[], speaker: string | undefined): TextParagraph[] {
  const words = segments.flatMap((segment) => segment.words)
  const paragraphs: { start: number; speaker?: string; text: string }[] = []
  for (const { from, to } of sentencesOf(words)) {
    const sentence = joinWords(words.slice(from, to))
    const pause = (words[from]?.start ?? 0) - (words[from - 1]?.end ?? Number.NEGATIVE_INFINITY)
    const last = paragraphs.at(-1)
    if (last && pause < PARAGRAPH_PAUSE && last.text.length < LONG) last.text = joinWords([last.text, sentence])
    else
      paragraphs.push({
        start: words[from]?.start ?? 0,
        ...(speaker === undefined ? {} : { speaker }),
        text: sentence,
      })
  }
  return paragraphs
}

/** `0:07`, `12:40`, `1:02:03`. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
