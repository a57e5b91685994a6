/** Purposes and permissions whole, for the pages on which a person decides (C79, C202). */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'
import { keepInWords } from '../notice/words.ts'
import type { Operator } from '../operator/operator.ts'
import { textFor, textsOf } from '../text/catalogue.ts'
import type { Locale } from '../text/texts.ts'
import { functionsWithoutPermission, functionsWithoutPurpose } from './permission-matrix.ts'

interface Named {
  id: string
  name: string
}

/** A purpose with everything that one may want to know before turning its switch. */
export interface PurposeWhole extends Named {
  why: string
  basis: string
  basis_name: string
  citation: string | null
  categories: (Named & { grade: number })[]
  keep: string
  recipients: { name: string; country: string; gets: Named[] }[]
  permissions: Named[]
  stops: Named[]
  without: string
  setting: string | null
}

/** Every purpose of a policy, for a host, in a language. Recipients are those that the host has really set up. */
export function purposesOf(document: PolicyDocument, locale: Locale, operator: Operator): PurposeWhole[] {
  const category = (id: string) => ({ id, name: textFor(locale, 'categories', id).name })
  const permission = (id: string) => ({ id, name: textFor(locale, 'permissions', id).name })
  const functionNamed = (id: string) => ({ id, name: textFor(locale, 'functions', id) })
  return Object.entries(document.purposes).map(([id, purpose]) => {
    const { name, why, without } = textFor(locale, 'purposes', id)
    const served = Object.entries(document.recipients).filter(([, recipient]) => recipient.purpose === id)
    return {
      id,
      name,
      why,
      without,
      basis: purpose.basis,
      basis_name: textsOf(locale).bases[purpose.basis],
      citation: purpose.citation ?? null,
      categories: categoriesOf(document, id).map((one) => ({
        ...category(one),
        grade: document.categories[one]?.grade ?? 0,
      })),
      keep: keepInWords(document, locale, purpose.keep),
      recipients: served.flatMap(([recipient, { only_if, gets, country }]) => {
        const configured = operator.recipients?.[recipient]
        if (only_if !== undefined && configured === undefined) return []
        return [
          {
            name: configured?.legal_name ?? textFor(locale, 'recipients', recipient).name,
            country: configured?.country ?? country,
            gets: gets.map(category),
          },
        ]
      }),
      permissions: (purpose.permissions ?? []).map(permission),
      stops: functionsWithoutPurpose(document, id).map(functionNamed),
      setting: purpose.basis === 'consent' ? (purpose.setting ?? null) : null,
    }
  })
}

/** A permission with the purposes it serves and the functions that stop without it (C79). */
export interface PermissionWhole extends Named {
  what: string
  needed: boolean
  purposes: Named[]
  functions: Named[]
}

/** Every permission of a policy in a language. */
export function permissionsOf(document: PolicyDocument, locale: Locale): PermissionWhole[] {
  return Object.entries(document.permissions).map(([id, { needed }]) => ({
    id,
    ...textFor(locale, 'permissions', id),
    needed,
    purposes: Object.entries(document.purposes)
      .filter(([, { permissions }]) => permissions?.includes(id))
      .map(([purpose]) => ({ id: purpose, name: textFor(locale, 'purposes', purpose).name })),
    functions: functionsWithoutPermission(document, id).map((one) => ({
      id: one,
      name: textFor(locale, 'functions', one),
    })),
  }))
}

/** The switch by which the server goes for a permission; null where it is never asked for. */
export function switchOf(document: PolicyDocument, permission: string): string | null {
  const found = Object.entries(document.settings).find(([, { permissions }]) => permissions.includes(permission))
  return found?.[0] ?? null
}
