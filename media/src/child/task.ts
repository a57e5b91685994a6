import type { MediaInfo } from '../container/probe.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ArrangeOptions } from '../operation/arrange.ts'
import type { Clipped } from '../operation/clip.ts'
import type { CutOptions } from '../operation/cut.ts'
import type { Dubbed, DubOptions } from '../operation/dub.ts'
import type { Extracted } from '../operation/extract.ts'
import type { FaceClipMade, FaceClipTask } from '../operation/face-clip.ts'
import type { PicturePoints } from '../operation/face-points.ts'
import type { FaceSwapped, FaceSwapTask } from '../operation/face-swap.ts'
import type { Loudness } from '../operation/loudness.ts'
import type { Mixed, MixOptions } from '../operation/mix.ts'
import type { OutputFormat, Progress, Written } from '../operation/operation.ts'
import type { SpeakOptions, SpeakResult, SpokenSegment } from '../operation/speak.ts'
import type { StretchOptions } from '../operation/stretch.ts'
import type { SubtitleOptions } from '../operation/subtitle.ts'
import type { TranslateEvent, TranslateOptions } from '../operation/translate.ts'
import type { FileVerification } from '../operation/verify.ts'
import type { Translation } from '../translation/translation.ts'
import type { Segment, TimeRange, Transcript } from '../words/transcript.ts'

/** One piece of work on one media file (`mix` on two, `speak` on none or on what was spoken before). Times are seconds, ranges half-open. */
export type MediaTask =
  | { readonly kind: 'info' }
  | { readonly kind: 'loudness' }
  | { readonly kind: 'peaks' }
  | {
      readonly kind: 'clip'
      readonly from: number
      readonly to: number
      readonly format?: OutputFormat
      readonly reencode?: boolean
    }
  | ({ readonly kind: 'cut' } & CutOptions)
  | { readonly kind: 'activity' }
  | ({ readonly kind: 'mix' } & MixOptions)
  | ({ readonly kind: 'arrange' } & ArrangeOptions)
  | ({ readonly kind: 'stretch' } & StretchOptions)
  | { readonly kind: 'extract'; readonly format?: OutputFormat }
  | {
      readonly kind: 'convert'
      readonly format: SoundFormat
      readonly bitrate?: number
      readonly tags?: Readonly<Record<string, string>>
    }
  | ({ readonly kind: 'subtitle' } & SubtitleOptions)
  | {
      readonly kind: 'denoise'
      readonly mode: 'speech' | 'full'
      readonly strength: number
      readonly format: SoundFormat
    }
  | {
      readonly kind: 'transcribe'
      readonly language?: string
      readonly model: 'base' | 'small'
      readonly speakers?: 'channels'
    }
  | { readonly kind: 'face_points' }
  | ({ readonly kind: 'speak' } & SpeakOptions)
  | ({ readonly kind: 'face_swap' } & FaceSwapTask)
  | ({ readonly kind: 'face_clip' } & FaceClipTask)
  | { readonly kind: 'verify' }
  | ({ readonly kind: 'translate' } & TranslateOptions)
  | ({ readonly kind: 'dub' } & DubOptions)

type TranslatedEvent = Extract<TranslateEvent, { type: 'translated' }>

/** What comes while the work goes on. */
export type MediaEvent =
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'language'; readonly language: string }
  | { readonly type: 'segment'; readonly segment: Segment }
  | { readonly type: 'spoken'; readonly segment: SpokenSegment }
  | TranslatedEvent

/** What a task of each kind gives; files go to the output. */
export interface MediaResults {
  readonly info: MediaInfo
  readonly loudness: Loudness
  /** `bytes` (see `readPeaks`) only when the task had no output. */
  readonly peaks: { readonly duration: number; readonly bytes?: Uint8Array }
  readonly clip: Clipped
  readonly cut: Written
  /** Where somebody speaks, judged by level alone. */
  readonly activity: { readonly duration: number; readonly speech: readonly TimeRange[] }
  /** `bytes` only when the task had no output: for a stretch to listen to. */
  readonly mix: Mixed & { readonly bytes?: Uint8Array }
  readonly arrange: Written & { readonly after: Loudness; readonly bytes?: Uint8Array }
  /** `bytes` only when the task had no output. */
  readonly stretch: Written & { readonly bytes?: Uint8Array }
  readonly extract: Extracted
  readonly convert: Written
  readonly subtitle: Written
  readonly denoise: { readonly duration: number; readonly rate: number; readonly channels: number }
  readonly transcribe: Transcript
  readonly face_points: PicturePoints
  readonly speak: SpeakResult
  readonly face_swap: FaceSwapped
  readonly face_clip: FaceClipMade
  readonly verify: FileVerification
  readonly translate: Translation
  readonly dub: Dubbed
}

/** The result of a task of kind `K`. */
export type MediaResult<K extends MediaTask['kind'] = MediaTask['kind']> = MediaResults[K]
