import { isDeleted, mergeRanges } from './cut.ts'
import type { Order } from './order.ts'
import type { Segment, TimeRange, Transcript, Word } from './transcript.ts'

/** Words with what is to be done to their sound, as read from a file. */
export interface EditFile {
  readonly transcript: Transcript | undefined
  /** Positions of words that are marked to be cut, counted through the transcript. */
  readonly marked: readonly number[]
  readonly cuts: readonly TimeRange[]
  readonly order: Order
}

/** The file is not of that shape. */
export class EditFileError extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads JSON in the shape of `sotto transcribe --json`, where words may carry `"cut": true`, and beside the segments may
 * stand `"cuts"` and `"order"`: lists of `[start, end]` in seconds of the recording. A file of `cuts` or `order` alone,
 * or a bare list of `[start, end]` to cut, will do.
 * @throws EditFileError
 */
export function readEditFile(json: string): EditFile {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new EditFileError('not JSON')
  }
  if (Array.isArray(value)) return { transcript: undefined, marked: [], cuts: ranges(value), order: [] }
  if (!isRecord(value)) throw new EditFileError('not an object')
  const { segments, cuts = [], order = [], language = 'und', duration = 0 } = value
  if (segments === undefined && value.cuts === undefined && value.order === undefined)
    throw new EditFileError('no segments, cuts or order')
  if (segments !== undefined && !Array.isArray(segments)) throw new EditFileError('segments is no list')
  const marked: number[] = []
  let count = 0
  const read = (segments ?? []).map((segment: unknown): Segment => {
    if (!isRecord(segment) || !Array.isArray(segment.words)) throw new EditFileError('a segment without words')
    const words = segment.words.map((word: unknown): Word => {
      if (!isRecord(word) || typeof word.text !== 'string') throw new EditFileError('a word without text')
      const { start, end, text } = word
      if (!isTime(start) || !isTime(end) || end < start) throw new EditFileError('a word without times')
      if (word.cut === true) marked.push(count)
      count += 1
      return { start, end, text }
    })
    const [first, last] = [words[0], words.at(-1)]
    return { start: first?.start ?? 0, end: last?.end ?? 0, text: words.map(({ text }) => text).join(' '), words }
  })
  const ends = read.flatMap(({ words }) => words.map(({ end }) => end))
  const transcript =
    segments === undefined
      ? undefined
      : {
          language: String(language),
          duration: isTime(duration) && duration > 0 ? duration : Math.max(0, ...ends.slice(-1)),
          segments: read.filter(({ words }) => words.length > 0),
        }
  return { transcript, marked, cuts: mergeRanges(ranges(cuts)), order: ranges(order) }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function ranges(value: unknown): TimeRange[] {
  if (!Array.isArray(value)) throw new EditFileError('no list of [start, end]')
  return value.map((pair: unknown) => {
    const [start, end] = Array.isArray(pair) ? pair : isRecord(pair) ? [pair.start, pair.end] : []
    if (!isTime(start) || !isTime(end) || end <= start) throw new EditFileError('not [start, end] in seconds')
    return { start, end }
  })
}

/** The transcript as JSON in which the words that lie in a cut carry `"cut": true`: read back by {@link readEditFile}. */
export function writeEditFile(transcript: Transcript, cuts: readonly TimeRange[]): string {
  const segments = transcript.segments.map((segment) => ({
    ...segment,
    words: segment.words.map((word) => (isDeleted(word, cuts) ? { ...word, cut: true } : word)),
  }))
  return `${JSON.stringify({ ...transcript, segments, cuts: cuts.map(({ start, end }) => [start, end]) }, null, 2)}\n`
}
