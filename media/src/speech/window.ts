import { SPEECH_RATE, WINDOW_SECONDS } from './mel.ts'
import type { Span } from './span.ts'

/** A stretch of the recording inside a window, in samples. */
export interface Piece {
  readonly start: number
  readonly end: number
}

/** What goes to the recogniser at once: pieces of the recording, put together without the long pauses between them. */
export interface Window {
  readonly pieces: readonly Piece[]
  readonly spans: readonly Span[]
}

/** Sound kept before and after speech: soft beginnings and ends lie outside what the detector calls speech. */
const PAD = Math.round(0.3 * SPEECH_RATE)
const LONGEST = (WINDOW_SECONDS - 0.5) * SPEECH_RATE

/** Pieces of these spans: padded, and one piece where the padding meets. Nothing before `floor` (what an earlier window had). */
function piecesOf(spans: readonly Span[], floor: number): Piece[] {
  const pieces: { start: number; end: number }[] = []
  for (const span of spans) {
    const start = Math.max(floor, span.start - PAD)
    const last = pieces.at(-1)
    if (last && start <= last.end) last.end = span.end + PAD
    else pieces.push({ start, end: span.end + PAD })
  }
  return pieces
}

const lengthOf = (pieces: readonly Piece[]) => pieces.reduce((sum, piece) => sum + piece.end - piece.start, 0)

/** Packs spans of speech into windows of at most 30 s that end in a pause, the longer the better. */
export class WindowPacker {
  #spans: Span[] = []
  #floor = 0

  /** Windows that are full now that this span came. */
  push(span: Span): Window[] {
    const windows: Window[] = []
    this.#spans.push(span)
    while (lengthOf(piecesOf(this.#spans, this.#floor)) > LONGEST && this.#spans.length > 1)
      windows.push(this.#take(this.#bestCut()))
    return windows
  }

  /** The last window. */
  flush(): Window[] {
    return this.#spans.length > 0 ? [this.#take(this.#spans.length)] : []
  }

  /** First sample still needed by windows to come, given what the span finder still holds. */
  neededFrom(pendingFrom: number): number {
    return Math.max(this.#floor, (this.#spans[0]?.start ?? pendingFrom) - PAD)
  }

  /** How many spans to take: at the longest pause in the second half of the window. */
  #bestCut(): number {
    const count = this.#spans.length - 1
    let best = count
    let longest = -1
    for (let cut = count; cut >= 1; cut -= 1) {
      if (lengthOf(piecesOf(this.#spans.slice(0, cut), this.#floor)) < LONGEST / 2) break
      const pause = (this.#spans[cut]?.start ?? 0) - (this.#spans[cut - 1]?.end ?? 0)
      if (pause > longest) {
        best = cut
        longest = pause
      }
    }
    return best
  }

  #take(count: number): Window {
    const spans = this.#spans.splice(0, count)
    const next = this.#spans[0]
    const pieces = piecesOf(spans, this.#floor)
    const last = pieces.at(-1)
    const trimmed =
      next && last
        ? [...pieces.slice(0, -1), { start: last.start, end: Math.min(last.end, middle(spans, next)) }]
        : pieces
    this.#floor = trimmed.at(-1)?.end ?? this.#floor
    return { pieces: trimmed, spans }
  }
}

function middle(spans: readonly Span[], next: Span): number {
  return Math.round(((spans.at(-1)?.end ?? 0) + next.start) / 2)
}

/** A time in seconds of the window on the clock of the recording. */
export function toRecording(window: Window, seconds: number): number {
  let left = seconds * SPEECH_RATE
  for (const piece of window.pieces) {
    const length = piece.end - piece.start
    if (left < length) return (piece.start + left) / SPEECH_RATE
    left -= length
  }
  return (window.pieces.at(-1)?.end ?? 0) / SPEECH_RATE
}
