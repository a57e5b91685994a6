import { decode } from '../container/decode.ts'
import type { Work } from '../operation/operation.ts'
import { pcmLength, slicePcm } from '../pcm/pcm.ts'
import { mergeRanges } from '../words/cut.ts'
import { speechAbove, speechThreshold } from '../words/speech-levels.ts'
import type { TimeRange } from '../words/transcript.ts'
import { type Arrangement, type Clip, clipLength, isLooped } from './arrangement.ts'
import { type MixSource, SEAM } from './clip-sound.ts'
import { SpeechActivity } from './speech-activity.ts'

/** Levels are taken in pieces of this many seconds, counted from the beginning of a source: always the same ones. */
const PIECE = 10
/** Of a longer source only this many pieces, evenly spread, say how loud its speech and how quiet its pauses are. */
const PIECES = 24
/** Looked at around what matters, seconds: more than pauses that are bridged and clicks that are left out. */
const AROUND = 1

/** Where somebody speaks in each source, on the source's own clock. */
export type Speech = ReadonlyMap<number, readonly TimeRange[]>

/**
 * Where somebody speaks in each source that a voice track plays, as far as it is played; with `window` (seconds of the
 * result) only where that changes how loud ducked tracks are in there. What is found for a moment is the same with and
 * without: how loud speech is in a source is asked of the whole of it, or of pieces all over it where it is long.
 */
export async function speechOf(
  arrangement: Arrangement,
  sources: readonly MixSource[],
  work: Work,
  window?: TimeRange,
): Promise<Speech> {
  const speech = new Map<number, readonly TimeRange[]>()
  const ducked = arrangement.tracks.filter((track) => track.duck && !track.muted)
  if (ducked.length === 0) return speech
  const attack = Math.max(...ducked.map(({ duck }) => duck?.attack ?? 0))
  const release = Math.max(...ducked.map(({ duck }) => duck?.release ?? 0))
  const matters = window && { start: window.start - release - AROUND, end: window.end + attack + AROUND }
  const wanted = new Map<number, TimeRange[]>()
  for (const clip of voiceClips(arrangement)) {
    const played = playedOf(clip, matters)
    if (typeof clip.source === 'number' && played) wanted.set(clip.source, [...(wanted.get(clip.source) ?? []), played])
  }
  for (const [source, ranges] of wanted)
    speech.set(source, await speechInSource(sources[source] as MixSource, ranges, work)) // checkArrangement saw to it
  return speech
}

/** Where somebody speaks in the result, in order, without overlap. */
export function speechInResult(arrangement: Arrangement, speech: Speech): TimeRange[] {
  return mergeRanges(
    voiceClips(arrangement).flatMap((clip) => {
      const end = clip.at + clipLength(clip)
      const own = typeof clip.source === 'number' ? (speech.get(clip.source) ?? []) : []
      const inside = own
        .map((range) => ({ start: Math.max(range.start, clip.from), end: Math.min(range.end, clip.to) }))
        .filter((range) => range.end > range.start)
      return turnsOf(clip).flatMap((at) =>
        inside
          .map((range) => ({ start: range.start - clip.from + at, end: range.end - clip.from + at }))
          .map((range) => ({ start: Math.max(clip.at, range.start), end: Math.min(end, range.end) }))
          .filter((range) => range.end > range.start),
      )
    }),
  )
}

function voiceClips(arrangement: Arrangement): Clip[] {
  return arrangement.tracks.filter((track) => track.role === 'voice' && !track.muted).flatMap((track) => track.clips)
}

/** When in the result the stretch of a clip begins: once, or again and again where it is looped. */
function turnsOf(clip: Clip): number[] {
  if (!isLooped(clip)) return [clip.at]
  const stretch = clip.to - clip.from
  const period = stretch - Math.min(SEAM, stretch / 4)
  const turns: number[] = []
  const end = clip.at + clipLength(clip)
  for (let at = clip.at - (clip.offset ?? 0); at < end; at += period) if (at + stretch > clip.at) turns.push(at)
  return turns
}

/** The stretch of its source that a clip plays within `matters`; undefined where it plays none then. */
function playedOf(clip: Clip, matters: TimeRange | undefined): TimeRange | undefined {
  const end = clip.at + clipLength(clip)
  if (matters && (end <= matters.start || clip.at >= matters.end)) return undefined
  if (!matters || isLooped(clip)) return { start: clip.from, end: clip.to }
  const shift = clip.from - clip.at
  return { start: Math.max(clip.at, matters.start) + shift, end: Math.min(end, matters.end) + shift }
}

async function speechInSource(source: MixSource, ranges: readonly TimeRange[], work: Work): Promise<TimeRange[]> {
  const pieces = new Pieces(source, work)
  const threshold = speechThreshold(await pieces.spread())
  if (threshold === null) return []
  const look = mergeRanges(
    ranges.map(({ start, end }) => ({
      start: Math.max(0, Math.floor((start - AROUND) / PIECE)),
      end: Math.ceil((end + AROUND) / PIECE),
    })),
  )
  const found: TimeRange[] = []
  for (const { start, end } of look)
    for (const range of speechAbove(await pieces.levels(start, end), threshold))
      found.push({ start: range.start + start * PIECE, end: range.end + start * PIECE })
  return found
}

/** The levels of a source, piece by piece, each taken once. */
class Pieces {
  readonly #source: MixSource
  readonly #work: Work
  readonly #count: number
  readonly #known = new Map<number, readonly number[]>()

  constructor(source: MixSource, work: Work) {
    this.#source = source
    this.#work = work
    this.#count = Math.max(1, Math.ceil(source.duration / PIECE))
  }

  /** Levels of everything, or of pieces all over it. */
  async spread(): Promise<number[]> {
    if (this.#count <= 2 * PIECES) return this.levels(0, this.#count)
    const levels: number[] = []
    for (let i = 0; i < PIECES; i++) {
      const piece = Math.floor(((i + 0.5) * this.#count) / PIECES)
      for (const level of await this.levels(piece, piece + 1)) levels.push(level)
    }
    return levels
  }

  /** Levels of the pieces `[from, to)`, one after another. */
  async levels(from: number, to: number): Promise<number[]> {
    const all: number[] = []
    for (let piece = from; piece < Math.min(to, this.#count); piece++) {
      if (!this.#known.has(piece)) await this.#take(piece, Math.min(to, this.#count))
      for (const level of this.#known.get(piece) ?? []) all.push(level)
    }
    return all
  }

  /** Takes the pieces from `from` on that are not known yet, in one go. */
  async #take(from: number, to: number): Promise<void> {
    let end = from + 1
    while (end < to && !this.#known.has(end)) end++
    let piece = from
    let activity = new SpeechActivity()
    let samples = 0
    const done = (): void => {
      this.#known.set(piece, activity.levels)
      piece += 1
      samples = 0
      activity = new SpeechActivity()
    }
    const options = { ...this.#work, from: from * PIECE, to: end * PIECE, passing: true }
    for await (const block of decode(this.#source.bytes, options)) {
      const length = PIECE * block.rate
      for (let at = 0; at < pcmLength(block); ) {
        const part = Math.min(length - samples, pcmLength(block) - at)
        activity.add(slicePcm(block, at, at + part))
        at += part
        samples += part
        if (samples === length) done()
      }
    }
    while (piece < end) done()
  }
}
