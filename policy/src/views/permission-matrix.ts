/** Permission x function: denying one permission stops exactly its functions (C46, C56, C58, C79). */
import type { PolicyDocument } from '../language/document.ts'
import { textFor } from '../text/catalogue.ts'
import type { Locale } from '../text/texts.ts'

/** The matrix. `needs[permission]` says whether the row's function needs it. */
export interface PermissionMatrix {
  readonly permissions: readonly {
    readonly id: string
    readonly name: string
    readonly what: string
    readonly needed: boolean
  }[]
  readonly rows: readonly {
    readonly function: string
    readonly name: string
    readonly purposes: readonly string[]
    readonly needs: Readonly<Record<string, boolean>>
  }[]
}

/** Derives the matrix of a policy in a language. */
export function permissionMatrix(document: PolicyDocument, locale: Locale): PermissionMatrix {
  const permissions = Object.entries(document.permissions)
  return {
    permissions: permissions.map(([id, { needed }]) => ({ id, ...textFor(locale, 'permissions', id), needed })),
    rows: Object.entries(document.functions).map(([id, { purposes, permissions: asked }]) => ({
      function: id,
      name: textFor(locale, 'functions', id),
      purposes,
      needs: Object.fromEntries(permissions.map(([permission]) => [permission, asked.includes(permission)])),
    })),
  }
}

/** The functions that stop when a permission is denied. */
export function functionsWithoutPermission(document: PolicyDocument, permission: string): readonly string[] {
  const functions = Object.entries(document.functions)
  return functions.filter(([, { permissions }]) => permissions.includes(permission)).map(([id]) => id)
}

/** The functions that stop when a purpose may not run (C23, C202). */
export function functionsWithoutPurpose(document: PolicyDocument, purpose: string): readonly string[] {
  return Object.entries(document.functions)
    .filter(([, { purposes }]) => purposes.includes(purpose))
    .map(([id]) => id)
}
