/**
 * What one piece of work on one media file may use at most. Upload size alone says nothing: 2 MB of Opus silence hold
 * 1.5 GB of samples.
 */
export interface Limits {
  /** Seconds of sound that may be decoded. */
  readonly decodedSeconds: number
  /** Streams in the container. */
  readonly streams: number
  /** Width times height of a picture. */
  readonly pixels: number
  /** Channels of the sound. */
  readonly channels: number
  /** Bytes of output. */
  readonly outputBytes: number
  /** Seconds of wall time. */
  readonly wallSeconds: number
  /** Seconds of CPU time of the child. */
  readonly cpuSeconds: number
  /** Bytes of memory the child may write to (RLIMIT_DATA, where prlimit is present); 0 for no cap. */
  readonly memoryBytes: number
}

/** Fits a day of sound; a host may set its own. */
export const defaultLimits: Limits = {
  decodedSeconds: 24 * 3600,
  streams: 32,
  pixels: 8192 * 8192,
  channels: 64,
  outputBytes: 64 * 2 ** 30,
  wallSeconds: 6 * 3600,
  cpuSeconds: 12 * 3600,
  memoryBytes: 6 * 2 ** 30,
}
