import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Io, UsageError } from './command.ts'
import { text } from './text.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** `parseArgs` with its complaints as `UsageError`s. */
export function parse<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.replace(/\. To specify.*$/s, '') : 'usage')
  }
}

/** The one file a command reads. */
export function oneInput(positionals: readonly string[], io: Io): string {
  const [input, ...more] = positionals
  if (input === undefined || more.length > 0) throw new UsageError(text(io.language).noInput)
  return input
}

/** Seconds, as a number or as `h:mm:ss.sss`. */
export function secondsOf(value: string, io: Io): number {
  const parts = value.split(':')
  const sum = parts.reduce(
    (total, part) => total * 60 + (/^\d+(\.\d*)?$|^\.\d+$/.test(part) ? Number(part) : Number.NaN),
    0,
  )
  if (parts.length > 3 || !Number.isFinite(sum)) throw new UsageError(`${value} ${text(io.language).notSeconds}`)
  return sum
}
