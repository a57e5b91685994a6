/** How values are shown where all of them is not needed (C22, C165). */
import { policy } from '../document/policy.ts'
import type { CategoryId } from '../document/types.ts'
import { own } from '../language/own.ts'
import type { MaskName } from '../language/vocabulary.ts'

/** Shown in place of a secret, whatever its length. */
const SECRET = '••••••'

function first(text: string): string {
  const [grapheme] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)
  return grapheme?.segment ?? ''
}

/** `+8613812345678` -> `+86 138****5678`, `13812345678` -> `138****5678`; at least four digits are always hidden. */
function phone(text: string): string {
  const digits = text.replace(/\D/g, '')
  const chinese = /^86(1\d{10})$/.exec(digits)?.[1]
  if (chinese !== undefined) return `+86 ${phone(chinese)}`
  const plus = text.trimStart().startsWith('+') ? '+' : ''
  if (digits.length >= 11) return `${plus}${digits.slice(0, 3)}****${digits.slice(-4)}`
  if (digits.length >= 7) return `${plus}${digits.slice(0, 1)}****${digits.slice(-2)}`
  return '****'
}

/** `192.0.2.55` -> `192.0.*.*`; of an IPv6 address the first two groups stay. */
function address(text: string): string {
  const four = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(text)
  if (four !== null) return `${four[1]}.${four[2]}.*.*`
  const six = /^([0-9a-f]{1,4}):([0-9a-f]{1,4}):/i.exec(text)
  return six === null ? '*' : `${six[1]}:${six[2]}:*`
}

const MASKERS: Readonly<Record<MaskName, (text: string) => string>> = {
  none: (text) => text,
  phone,
  name: (text) => (text === '' ? '' : `${first(text)}**`),
  initial: (text) => (text === '' ? '' : `${first(text)}…`),
  secret: () => SECRET,
  address,
  drop: () => '',
}

/** Masks a text in one way. */
export function maskWith(name: MaskName, text: string): string {
  return MASKERS[name](text)
}

/** Masks a value as its category says. Of a category that is not declared nothing is shown. */
export function mask(category: CategoryId, value: string): string {
  return maskWith(own<{ mask: MaskName }>(policy.categories, category)?.mask ?? 'drop', value)
}
