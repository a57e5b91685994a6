/** The word for how long something is kept. */

type DayUnit = 'Y' | 'M' | 'W' | 'D'
type ClockUnit = 'H' | 'M' | 'S'

/** An ISO 8601 duration of one or two units, as far as the compiler checks it. */
export type IsoDuration =
  | `P${number}${DayUnit}`
  | `P${number}${DayUnit}${number}${DayUnit}`
  | `PT${number}${ClockUnit}`
  | `PT${number}${ClockUnit}${number}${ClockUnit}`

/**
 * `account` as long as the person has an account here; `until_erased` until the person erases it; `request` not
 * beyond the answer to the request; `setting:<id>` as long as the person's own setting says; else a duration.
 */
export type Keep = 'account' | 'until_erased' | 'request' | `setting:${string}` | IsoDuration

const DURATION = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/

/** Says whether a text is an ISO 8601 duration in whole units. */
export function isDuration(text: string): text is IsoDuration {
  return DURATION.test(text)
}

/** Says whether a text is a well-formed `keep`. */
export function isKeep(text: unknown): text is Keep {
  if (typeof text !== 'string') return false
  return (
    text === 'account' ||
    text === 'until_erased' ||
    text === 'request' ||
    /^setting:[a-z_]+$/.test(text) ||
    isDuration(text)
  )
}
