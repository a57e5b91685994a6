/** The sentences of a recording that are to be translated. Pure. */
import { randomUUID } from 'node:crypto'
import { joinWords, type Segment, sentencesOf } from '@sotto/media/words'
import type { SpeechSegment } from '@sotto/policy'

/** A sentence longer than this is parted where the recogniser parted it: nobody listens to one for half a minute. Seconds. */
const LONGEST = 30

/** The words of a recording as sentences with their times, without translation. Ids are new. */
export function sentencesToTranslate(segments: readonly Segment[]): SpeechSegment[] {
  const whole = segments.flatMap(({ words }) => words)
  const sentences = sentencesOf(whole).map(({ from, to }) => whole.slice(from, to))
  const parted = sentences.some((words) => (words.at(-1)?.end ?? 0) - (words[0]?.start ?? 0) > LONGEST)
    ? segments.flatMap(({ words }) => sentencesOf(words).map(({ from, to }) => words.slice(from, to)))
    : sentences
  return parted.flatMap((words): SpeechSegment[] => {
    const [first, last] = [words[0], words.at(-1)]
    const source = joinWords(words)
    if (!first || !last || source.trim() === '') return []
    return [{ id: randomUUID(), text: '', start: first.start, end: last.end, source }]
  })
}

/** New sentences, with what was translated of those that are still the same. */
export function keepTranslated(before: readonly SpeechSegment[], now: readonly SpeechSegment[]): SpeechSegment[] {
  const left = [...before]
  return now.map((one) => {
    const at = left.findIndex(({ source, start }) => source === one.source && start === one.start)
    if (at < 0) return one
    const [same] = left.splice(at, 1)
    return same ?? one
  })
}
