import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Io, UsageError } from './command.ts'
import { text } from './text.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** `parseArgs` with its complaints as `UsageError`s. */
export function parse<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: withNumbers(args, options), options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.replace(/\. To specify.*$/s, '') : 'usage')
  }
}

/** `--loudness -16` as `--loudness=-16`: a negative number is a value, not an option. */
function withNumbers(args: readonly string[], options: Options): string[] {
  const out: string[] = []
  for (const arg of args) {
    const before = out.at(-1)?.match(/^--([\w-]+)$/)?.[1]
    const takes = before !== undefined && Object.hasOwn(options, before) && options[before]?.type === 'string'
    if (takes && /^-(\d|\.\d)/.test(arg)) out.push(`${out.pop()}=${arg}`)
    else out.push(arg)
  }
  return out
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

/** A number in a range, or the default where the option was not given. @throws UsageError */
export function numberOf(
  value: string | undefined,
  name: string,
  range: readonly [number, number],
  or: number,
): number {
  if (value === undefined) return or
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!(number >= range[0] && number <= range[1])) throw new UsageError(`--${name} ${range[0]}..${range[1]}`)
  return number
}
