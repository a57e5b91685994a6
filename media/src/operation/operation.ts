import type { SoundFormat } from '../container/sound-encoder.ts'
import type { Limits } from '../limits.ts'

/** How far a piece of work is. `done` and `total` are of one unit within a stage (seconds of media). */
export interface Progress {
  readonly stage: string
  readonly done: number
  readonly total: number
}

/** What every operation takes beside its own options. */
export interface Work {
  readonly signal?: AbortSignal
  readonly limits?: Limits
  readonly onProgress?: (progress: Progress) => void
}

/** Containers a picture may be written in. */
export const pictureFormats = ['mp4', 'mov', 'mkv', 'webm'] as const
/** One of the containers a clip of a video can stay in. */
export type PictureFormat = (typeof pictureFormats)[number]

/** Everything a file can be written as. `ogg` is Vorbis taken over as it is; new sound in Ogg is `opus`. */
export type OutputFormat = SoundFormat | PictureFormat | 'ogg'

/** What an operation that writes a file made. */
export interface Written {
  readonly format: OutputFormat
  /** Seconds. */
  readonly duration: number
}

/** Reports at most about a hundred times. */
export function progressOf(work: Work, stage: string, total: number): (done: number) => void {
  let next = 0
  return (done) => {
    if (done < next || total <= 0) return
    next = done + total / 100
    work.onProgress?.({ stage, done: Math.min(done, total), total })
  }
}
