import { MediaError, type MediaErrorCode } from '@sotto/media'
import { UsageError } from './command.ts'

/** Exit codes of `sotto`; 130 is the shell's number for Ctrl-C. */
export const exit = {
  done: 0,
  failed: 1,
  usage: 2,
  unreadable: 3,
  refused: 4,
  missing: 5,
  cancelled: 130,
} as const

const ofMedia: Readonly<Record<MediaErrorCode, number>> = {
  'unreadable-media': exit.unreadable,
  'no-audio': exit.unreadable,
  'too-long': exit.unreadable,
  'too-many-streams': exit.unreadable,
  'too-large-picture': exit.unreadable,
  'unsupported-picture': exit.unreadable,
  'no-face': exit.unreadable,
  'seal-broken': exit.unreadable,
  limit: exit.failed,
  'engine-missing': exit.missing,
  'engine-crashed': exit.failed,
  cancelled: exit.cancelled,
  'download-failed': exit.failed,
  'bad-request': exit.usage,
  'sink-seek': exit.failed,
  'write-failed': exit.failed,
}

/** The input file cannot be opened. */
export class InputError extends Error {}

/** The exit code that says what `error` says. */
export function exitCode(error: unknown): number {
  if (error instanceof UsageError) return exit.usage
  if (error instanceof InputError) return exit.unreadable
  if (error instanceof MediaError) return ofMedia[error.code]
  // The policy's refusal; by name, because the server is loaded by few commands.
  if (error instanceof Error && error.name === 'Refusal') return exit.refused
  return exit.failed
}
