import type { Language } from './language.ts'

/** What a command sees of the world. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void
  /** Complaints and progress. */
  readonly err: (text: string) => void
  /** Is somebody watching `err`? Only then is progress shown. */
  readonly watched: boolean
  readonly language: Language
  /** Aborted by Ctrl-C or a termination signal. */
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
}

/** One verb of the command line, in a file of its own under `commands/`. */
export interface Command {
  /** What follows `sotto`, e.g. `info IN [--json]`. */
  readonly usage: string
  /** @returns the exit code; see exit.ts */
  run(args: readonly string[], io: Io): Promise<number>
}

/** The words after the verb make no sense; exit code 2. */
export class UsageError extends Error {}
