/** Numbers, times and sizes as the person's language writes them. Pure; all text comes from `Intl`. */

/** A position or length of sound as a clock: 0:07, 12:40, 1:02:03; with tenths where asked. NaN and infinity are 0:00. */
export function clock(seconds: number, tenths = false): string {
  const safe = Number.isFinite(seconds) && seconds > 0 ? seconds : 0
  const unit = tenths ? Math.floor(safe * 10 + 1e-6) / 10 : Math.floor(safe + 1e-6)
  const hours = Math.floor(unit / 3600)
  const minutes = Math.floor((unit % 3600) / 60)
  const rest = unit - hours * 3600 - minutes * 60
  const last = tenths ? rest.toFixed(1).padStart(4, '0') : String(Math.floor(rest)).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${last}` : `${minutes}:${last}`
}

/** Reads what {@link clock} writes, or plain seconds; null where it is neither. */
export function parseClock(text: string): number | null {
  const parts = text.trim().split(':')
  if (parts.length > 3 || parts.some((part) => !/^\d+([.,]\d+)?$/.test(part))) return null
  let sum = 0
  for (const part of parts) sum = sum * 60 + Number(part.replace(',', '.'))
  return sum
}

/** A size in the largest decimal unit that keeps it above one (SI: 1 MB = 10^6 bytes). */
export function bytes(count: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const step = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  const value = count / 1000 ** step
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value)
}

/** A length of time in words for somebody who waits: seconds up to 90 s, then minutes, then hours. */
export function waiting(seconds: number, locale: string): string {
  const [value, unit] =
    seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: unit as string,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.max(1, Math.ceil(value as number)))
}

/** A whole or fractional number. */
export function number(value: number, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
}

/** A moment: day and time of day. */
export function moment(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** A day. */
export function day(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso))
}

/** The name of a language (ISO 639-1 code) in the person's language; the code itself where it has none. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** A list joined as the language joins it: "a, b and c". */
export function list(parts: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts)
}
