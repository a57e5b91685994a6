/** ISO 8601 durations as calendar arithmetic, in UTC. */
import { isDuration } from '../language/keep.ts'

/** Thrown for a text that is no ISO 8601 duration in whole units. `code` is `malformed_duration`. */
export class MalformedDurationError extends Error {
  readonly code = 'malformed_duration'

  constructor(text: string) {
    super(`'${text}' is not an ISO 8601 duration in whole units`)
    this.name = 'MalformedDurationError'
  }
}

/** The parts of a duration, in whole units. */
export interface Duration {
  readonly years: number
  readonly months: number
  readonly days: number
  readonly seconds: number
}

/**
 * Reads an ISO 8601 duration (`P30D`, `P1Y6M`, `PT72H`). Weeks become days, hours and minutes become seconds.
 * @throws MalformedDurationError
 */
export function parseDuration(text: string): Duration {
  if (!isDuration(text)) throw new MalformedDurationError(text)
  const [day = '', clock = ''] = text.slice(1).split('T')
  const unit = (part: string, letter: string): number => Number(new RegExp(`(\\d+)${letter}`).exec(part)?.[1] ?? 0)
  return {
    years: unit(day, 'Y'),
    months: unit(day, 'M'),
    days: unit(day, 'W') * 7 + unit(day, 'D'),
    seconds: unit(clock, 'H') * 3600 + unit(clock, 'M') * 60 + unit(clock, 'S'),
  }
}

/**
 * Adds a duration to a moment, in the UTC calendar. A month that has no such day ends on its last day (31 January +
 * P1M = 28 or 29 February).
 * @throws MalformedDurationError
 */
export function addDuration(moment: Date, text: string): Date {
  const { years, months, days, seconds } = parseDuration(text)
  const month = moment.getUTCFullYear() * 12 + moment.getUTCMonth() + years * 12 + months
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  const sum = new Date(moment)
  sum.setUTCFullYear(Math.floor(month / 12), month % 12, Math.min(moment.getUTCDate(), lastDay))
  sum.setUTCDate(sum.getUTCDate() + days)
  return new Date(sum.getTime() + seconds * 1000)
}
