import { cuesOf } from './cue.ts'
import { joinWords } from './join.ts'
import { sentencesOf } from './sentence.ts'
import { writeSrtTurns, writeTurns, writeVttTurns } from './speaker.ts'
import { writeSrt } from './srt.ts'
import { type Transcript, wordsOf } from './transcript.ts'
import { writeVtt } from './vtt.ts'

/** How words can be written to a file. */
export const WORD_FORMATS = ['txt', 'srt', 'vtt', 'json'] as const
/** One of them. */
export type WordFormat = (typeof WORD_FORMATS)[number]

/** A pause, in seconds, that begins a new paragraph in plain text. */
const PARAGRAPH_PAUSE = 2

const round = (seconds: number) => Math.round(seconds * 1000) / 1000

/** Plain text: sentences joined as the script joins them, a new paragraph after a pause of 2 s. Ends with a line feed unless empty. */
export function writeText(transcript: Transcript): string {
  const words = wordsOf(transcript)
  const paragraphs: string[][] = []
  for (const { from, to } of sentencesOf(words)) {
    const sentence = joinWords(words.slice(from, to))
    const pause = (words[from]?.start ?? 0) - (words[from - 1]?.end ?? Number.NEGATIVE_INFINITY)
    const paragraph = paragraphs.at(-1)
    if (paragraph && pause < PARAGRAPH_PAUSE) paragraph.push(sentence)
    else paragraphs.push([sentence])
  }
  return paragraphs.map((paragraph) => `${joinWords(paragraph)}\n`).join('\n')
}

/** JSON in the shape of `sotto transcribe --json`, times to the millisecond. */
export function writeJson(transcript: Transcript): string {
  const segments = transcript.segments.map(({ start, end, text, words, speaker }) => ({
    start: round(start),
    end: round(end),
    text,
    ...(speaker === undefined ? {} : { speaker }),
    words: words.map((word) => ({ start: round(word.start), end: round(word.end), text: word.text })),
  }))
  const { language, duration, speakers } = transcript
  const whole = { language, duration: round(duration), ...(speakers ? { speakers } : {}), segments }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** The transcript in one of {@link WORD_FORMATS}, UTF-8 text. */
export function writeWords(transcript: Transcript, format: WordFormat): string {
  if (transcript.speakers !== undefined) {
    if (format === 'txt') return writeTurns(transcript)
    if (format === 'srt') return writeSrtTurns(transcript)
    if (format === 'vtt') return writeVttTurns(transcript)
  }
  if (format === 'txt') return writeText(transcript)
  if (format === 'srt') return writeSrt(cuesOf(transcript))
  if (format === 'vtt') return writeVtt(cuesOf(transcript))
  return writeJson(transcript)
}
