/**
 * The errors of `media`: one small class each, with a `code` that never changes, so that a server can put a problem
 * type beside it and a terminal an exit code. Messages are for logs and developers and hold no media content.
 */
export abstract class MediaError extends Error {
  /** Stable identifier; survives the way from the media child to its parent. */
  abstract readonly code: MediaErrorCode
  override get name(): string {
    return this.constructor.name
  }
}

/** The bytes are no media we read: unknown or refused container, broken header, nothing decodable inside. */
export class UnreadableMediaError extends MediaError {
  readonly code = 'unreadable-media'
}

/** The container is readable but holds no sound. */
export class NoAudioError extends MediaError {
  readonly code = 'no-audio'
}

/** More decoded seconds than the limit allows. */
export class TooLongError extends MediaError {
  readonly code = 'too-long'
}

/** More streams than the limit allows. */
export class TooManyStreamsError extends MediaError {
  readonly code = 'too-many-streams'
}

/** A picture with more pixels than the limit allows. */
export class TooLargePictureError extends MediaError {
  readonly code = 'too-large-picture'
}

/** A picture in a format that we know but have no decoder for. */
export class UnsupportedPictureError extends MediaError {
  readonly code = 'unsupported-picture'
}

/** The picture has no face that can be used; the message says why. */
export class NoFaceError extends MediaError {
  readonly code = 'no-face'
}

/** Another limit was met: output bytes, wall time, CPU time or memory; the message names which. */
export class LimitError extends MediaError {
  readonly code = 'limit'
}

/** An engine, its native part or its weights are not installed; the message says what to do. */
export class EngineMissingError extends MediaError {
  readonly code = 'engine-missing'
}

/** The engine died of a signal or ended without a result. */
export class EngineCrashedError extends MediaError {
  readonly code = 'engine-crashed'
}

/** Whoever asked for the work cancelled it. */
export class CancelledError extends MediaError {
  readonly code = 'cancelled'
}

/** A model could not be fetched: the address does not answer, or broke off. What has come stays, and is gone on from. */
export class DownloadFailedError extends MediaError {
  readonly code = 'download-failed'
}

/** What was asked cannot be done to this input, e.g. a range outside of it. */
export class BadRequestError extends MediaError {
  readonly code = 'bad-request'
}

/** A sealed object does not unseal: bytes changed, moved, missing, or another key. */
export class SealBrokenError extends MediaError {
  readonly code = 'seal-broken'
}

/** A writer went back to bytes that are sealed already. */
export class SinkSeekError extends MediaError {
  readonly code = 'sink-seek'
}

/** The output could not be written, e.g. a full disk. */
export class WriteFailedError extends MediaError {
  readonly code = 'write-failed'
}

const classes = {
  'unreadable-media': UnreadableMediaError,
  'no-audio': NoAudioError,
  'too-long': TooLongError,
  'too-many-streams': TooManyStreamsError,
  'too-large-picture': TooLargePictureError,
  'unsupported-picture': UnsupportedPictureError,
  'no-face': NoFaceError,
  limit: LimitError,
  'engine-missing': EngineMissingError,
  'engine-crashed': EngineCrashedError,
  cancelled: CancelledError,
  'download-failed': DownloadFailedError,
  'bad-request': BadRequestError,
  'seal-broken': SealBrokenError,
  'sink-seek': SinkSeekError,
  'write-failed': WriteFailedError,
}

/** All codes a `MediaError` can carry. */
export type MediaErrorCode = keyof typeof classes

/** All codes, for tables that must be complete. */
export const mediaErrorCodes = Object.keys(classes) as MediaErrorCode[]

/** The error of a code as it came over the pipe of the media child; an unknown code is a crash of the engine. */
export function mediaError(code: string, message: string): MediaError {
  const known = Object.hasOwn(classes, code) ? classes[code as MediaErrorCode] : EngineCrashedError
  return new known(message)
}

/** Throws `CancelledError` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError('cancelled')
}
