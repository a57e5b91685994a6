import { SPEECH_RATE } from './mel.ts'
import { VAD_FRAME } from './vad.ts'

/** A stretch of speech in samples, half-open. `surest` of the frames' probabilities says how sure that is. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly surest: number
}

const BEGINS = 0.5
const GOES_ON = 0.35
const frames = (seconds: number) => Math.round((seconds * SPEECH_RATE) / VAD_FRAME)
/** A pause shorter than this does not end a span. */
const PAUSE = frames(0.25)
/** A span shorter than this is a click. */
const SHORTEST = frames(0.13)
/** A span that reaches this length is ended at its least voiced frame of the last third. */
const LONGEST = frames(26)

/** Makes spans of speech out of probabilities of speech, with hysteresis, as they come. */
export class SpanFinder {
  #frame = 0
  #open: { start: number; probabilities: number[]; quiet: number } | undefined

  /** Spans that ended within these frames. */
  push(probabilities: Float32Array): Span[] {
    const done: Span[] = []
    for (const p of probabilities) {
      if (!this.#open && p >= BEGINS) this.#open = { start: this.#frame, probabilities: [], quiet: 0 }
      this.#frame += 1
      if (!this.#open) continue
      this.#open.probabilities.push(p)
      this.#open.quiet = p >= GOES_ON ? 0 : this.#open.quiet + 1
      if (this.#open.quiet >= PAUSE) done.push(...this.#close())
      else if (this.#open.probabilities.length >= LONGEST) done.push(...this.#split())
    }
    return done
  }

  /** The span still open at the end of the sound. */
  flush(): Span[] {
    return this.#open ? this.#close() : []
  }

  /** First sample that a span still to come may have. */
  get pendingFrom(): number {
    return (this.#open?.start ?? this.#frame) * VAD_FRAME
  }

  #close(): Span[] {
    const open = this.#open
    this.#open = undefined
    if (!open) return []
    const length = open.probabilities.length - open.quiet
    return length >= SHORTEST ? [spanOf(open.start, open.probabilities.slice(0, length))] : []
  }

  #split(): Span[] {
    const open = this.#open
    if (!open) return []
    let cut = LONGEST - 1
    for (let at = Math.floor((LONGEST * 2) / 3); at < LONGEST; at += 1)
      if ((open.probabilities[at] as number) < (open.probabilities[cut] as number)) cut = at
    this.#open = { start: open.start + cut, probabilities: open.probabilities.slice(cut), quiet: 0 }
    return [spanOf(open.start, open.probabilities.slice(0, cut))]
  }
}

function spanOf(start: number, probabilities: readonly number[]): Span {
  const surest = Math.max(...probabilities)
  return { start: start * VAD_FRAME, end: (start + probabilities.length) * VAD_FRAME, surest }
}
