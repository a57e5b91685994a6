/** Phone numbers, by Google's libphonenumber data. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { Problem } from '../problem.ts'

/** Where a number without a country code is taken to be from. */
const HOME: CountryCode = 'CN'

/** The E.164 form of a number as somebody typed it; `undefined` where it is none. `country`: ISO 3166 alpha-2. */
export function numberOf(typed: string, country?: string): string | undefined {
  const code = country?.toUpperCase()
  if (code !== undefined && !isSupportedCountry(code)) return undefined
  const parsed = parsePhoneNumberFromString(typed, code ?? HOME)
  return parsed?.isValid() && !parsed.ext ? parsed.number : undefined
}

/** The same, for a number that must be one. @throws Problem `number_invalid` */
export function requireNumber(typed: string, country?: string): string {
  const number = numberOf(typed, country)
  if (number === undefined) throw new Problem('number_invalid')
  return number
}
