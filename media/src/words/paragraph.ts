import { joinWords } from './join.ts'
import { sentencesOf } from './sentence.ts'
import { type Transcript, wordsOf } from './transcript.ts'

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

/** Speakers of words by position, where segments name them. */
function speakersOf(transcript: Transcript): (string | undefined)[] {
  return transcript.segments.flatMap((segment) => {
    const { speaker } = segment as { speaker?: unknown }
    return segment.words.map(() => (typeof speaker === 'string' && speaker !== '' ? speaker : undefined))
  })
}

/** Whole sentences as paragraphs: a new one after a pause of 2 s, with another speaker, and where one gets long. */
export function textParagraphs(transcript: Transcript): TextParagraph[] {
  const words = wordsOf(transcript)
  const speakers = speakersOf(transcript)
  const paragraphs: { start: number; speaker?: string; text: string }[] = []
  for (const { from, to } of sentencesOf(words)) {
    const sentence = joinWords(words.slice(from, to))
    const speaker = speakers[from]
    const pause = (words[from]?.start ?? 0) - (words[from - 1]?.end ?? Number.NEGATIVE_INFINITY)
    const last = paragraphs.at(-1)
    if (last && pause < PARAGRAPH_PAUSE && last.speaker === speaker && last.text.length < LONG)
      last.text = joinWords([last.text, sentence])
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
