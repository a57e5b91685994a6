/**
 * The log: lines of the fields the policy declares and of nothing else (C35). There is no way to write a free text,
 * an address, a number, a handle or an id of a person's thing: such a field does not compile, and is dropped where
 * somebody casts. Routes appear as their template, never as the address that was asked for.
 */
import { type LogLine, policy } from '@sotto/policy'
import { type DestinationStream, pino } from 'pino'

/** Writes one line at a level. */
export interface Log {
  debug(line: LogLine): void
  info(line: LogLine): void
  warn(line: LogLine): void
  error(line: LogLine): void
  fatal(line: LogLine): void
}

const TYPES = { text: 'string', time: 'string', integer: 'number', number: 'number', boolean: 'boolean' } as const
const types: ReadonlyMap<string, string> = new Map(
  Object.entries(policy.log).map(([name, field]) => [name, TYPES[field.type]]),
)
/** Longer texts cannot be the words of a program. */
const LONGEST = 200

/** Of a line, what the policy declares: fields of its name and type. Level and time are the log's own. */
export function declaredOnly(line: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(line)) {
    if (name === 'level' || name === 'at' || typeof value !== types.get(name)) continue
    kept[name] = typeof value === 'string' ? value.slice(0, LONGEST) : value
  }
  return kept
}

/** Opens the log: one JSON object a line on standard output, or on `destination`. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const out = destination ? pino(options, destination) : pino(options)
  return {
    debug: (line) => out.debug(declaredOnly(line)),
    info: (line) => out.info(declaredOnly(line)),
    warn: (line) => out.warn(declaredOnly(line)),
    error: (line) => out.error(declaredOnly(line)),
    fatal: (line) => out.fatal(declaredOnly(line)),
  }
}

/**
 * What may be said in the log of an error that nobody expected: its class, its code and where in our own code it
 * arose. Never its message, which can hold what somebody wrote.
 */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as NodeJS.ErrnoException
  const name = /^\w{1,60}$/.test(error.constructor.name) ? error.constructor.name : 'Error'
  const at = /\/((?:server|policy|media)\/src\/[\w./-]+\.ts:\d+)/.exec(
    error.stack?.split('\n    at ').slice(1).join('\n') ?? '',
  )
  return [name, typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : '', at?.[1] ?? '']
    .filter((word) => word !== '')
    .join(' ')
}
