/** Range requests for one stretch of bytes (RFC 9110 section 14). */
import { Problem } from '../problem.ts'

/** Bytes `[start, end)`; `partial` where a range was asked for. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  readonly partial: boolean
}

/** The stretch a Range header asks for of `size` bytes. Several stretches at once are answered whole. @throws Problem `range_not_satisfiable` */
export function rangeOf(header: string | undefined, size: number): ByteRange {
  const whole = { start: 0, end: size, partial: false }
  const match = header?.match(/^bytes=(\d*)-(\d*)$/)
  if (!match || (match[1] === '' && match[2] === '')) return whole
  const [, from, to] = match as unknown as [string, string, string]
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1)
  if (start >= size || start >= end) throw new Problem('range_not_satisfiable')
  return { start, end, partial: true }
}
