/** @module The policy of the studio: the one document that is enforced, and from which the notice is printed. */
import { definePolicy } from '../language/define-policy.ts'
import { categories } from './categories.ts'
import { cookies } from './cookies.ts'
import { deadlines } from './deadlines.ts'
import { exemptions } from './exemptions.ts'
import { functions } from './functions.ts'
import { kinds } from './kinds.ts'
import { log } from './log.ts'
import { permissions } from './permissions.ts'
import { purposes } from './purposes.ts'
import { recipients } from './recipients.ts'
import { rights } from './rights.ts'
import { roles } from './roles.ts'
import { settings } from './settings.ts'
import { tables } from './tables.ts'

/** The policy. Raise `version` and `effective` with every change; `diffPolicies` says who must agree again. */
export const policy = definePolicy({
  version: '1.0.0',
  effective: '2026-11-23',
  categories,
  kinds,
  purposes,
  recipients,
  permissions,
  cookies,
  log,
  settings,
  functions,
  rights,
  deadlines,
  exemptions,
  roles,
  tables,
  /** Everything stays on the machine the host runs; nothing is taken abroad by the studio (C158-C160). */
  residency: { stored: 'where_the_host_runs', abroad: false },
})
