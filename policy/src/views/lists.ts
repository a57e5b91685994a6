/** Lists for pages: purposes, settings, what is in the browser, recipients. */
import { categoriesOf } from '../consent/scope.ts'
import type { Cookie, PolicyDocument } from '../language/document.ts'
import type { Basis } from '../language/vocabulary.ts'
import { keepInWords } from '../notice/words.ts'
import type { Operator } from '../operator/operator.ts'
import { textFor, textsOf } from '../text/catalogue.ts'
import type { Locale } from '../text/texts.ts'
import { functionsWithoutPurpose } from './permission-matrix.ts'

/** An id with its name in the language asked for. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** A purpose for a page or a consent dialogue. */
export interface ListedPurpose extends Named {
  readonly why: string
  readonly without: string
  readonly basis: Basis
  readonly basis_name: string
  readonly categories: readonly Named[]
  readonly keep: string
  readonly setting: string | undefined
  readonly permissions: readonly Named[]
}

/** All purposes of a policy in a language. */
export function purposeList(document: PolicyDocument, locale: Locale): readonly ListedPurpose[] {
  return Object.entries(document.purposes).map(([id, { basis, keep, setting, permissions }]) => ({
    id,
    ...textFor(locale, 'purposes', id),
    basis,
    basis_name: textsOf(locale).bases[basis],
    categories: categoriesOf(document, id).map((category) => ({
      id: category,
      name: textFor(locale, 'categories', category).name,
    })),
    keep: keepInWords(document, locale, keep),
    setting,
    permissions: (permissions ?? []).map((permission) => ({
      id: permission,
      name: textFor(locale, 'permissions', permission).name,
    })),
  }))
}

/** A setting for the settings page. `stops` are the functions that stop while it is off. */
export interface ListedSetting extends Named {
  readonly what: string
  readonly control: 'switch' | 'duration'
  readonly default: boolean | string
  readonly purposes: readonly (Named & { readonly without: string })[]
  readonly permissions: readonly Named[]
  readonly stops: readonly Named[]
}

/** All settings of a policy in a language (C85). */
export function settingsList(document: PolicyDocument, locale: Locale): readonly ListedSetting[] {
  return Object.entries(document.settings).map(([id, setting]) => {
    const switched = setting.purposes.filter((purpose) => document.purposes[purpose]?.setting === id)
    const stops = new Set(switched.flatMap((purpose) => functionsWithoutPurpose(document, purpose)))
    return {
      id,
      ...textFor(locale, 'settings', id),
      control: setting.control,
      default: setting.default,
      purposes: setting.purposes.map((purpose) => {
        const { name, without } = textFor(locale, 'purposes', purpose)
        return { id: purpose, name, without }
      }),
      permissions: setting.permissions.map((permission) => ({
        id: permission,
        name: textFor(locale, 'permissions', permission).name,
      })),
      stops: [...stops].map((name) => ({ id: name, name: textFor(locale, 'functions', name) })),
    }
  })
}

/** Something in the browser. `key` is the cookie's or the storage entry's own name. */
export interface ListedCookie extends Named {
  readonly what: string
  readonly key: string
  readonly store: Cookie['store']
  readonly store_name: string
  readonly need: Cookie['need']
  readonly need_name: string
  readonly keep: string
  readonly owner: 'studio'
}

/** Everything that the studio keeps in a browser (C100). */
export function cookieList(document: PolicyDocument, locale: Locale): readonly ListedCookie[] {
  const { stores, needs } = textsOf(locale)
  return Object.entries(document.cookies).map(([id, cookie]) => ({
    id,
    ...textFor(locale, 'cookies', id),
    key: cookie.name,
    store: cookie.store,
    store_name: stores[cookie.store],
    need: cookie.need,
    need_name: needs[cookie.need],
    keep: keepInWords(document, locale, cookie.keep),
    owner: cookie.owner,
  }))
}

/** A recipient for the directory of others. `active` = this host has really set it up. */
export interface ListedRecipient extends Named {
  readonly what: string
  readonly active: boolean
  readonly legal_name: string | undefined
  readonly country: string | undefined
  readonly gets: readonly Named[]
  readonly purpose: Named
}

/** Everyone who may receive something (C232). */
export function recipientList(
  document: PolicyDocument,
  locale: Locale,
  operator: Operator,
): readonly ListedRecipient[] {
  return Object.entries(document.recipients).map(([id, recipient]) => {
    const configured = operator.recipients?.[id]
    return {
      id,
      ...textFor(locale, 'recipients', id),
      active: recipient.only_if === undefined || configured !== undefined,
      legal_name: configured?.legal_name,
      country: configured?.country,
      gets: recipient.gets.map((category) => ({ id: category, name: textFor(locale, 'categories', category).name })),
      purpose: { id: recipient.purpose, name: textFor(locale, 'purposes', recipient.purpose).name },
    }
  })
}
