/** Every rule that is broken, with the test that must notice. */
import type { Mutation } from './mutation.ts'
import { accountRules } from './mutations/account.ts'
import { documentRules } from './mutations/document.ts'
import { policyRules } from './mutations/policy.ts'
import { rightsRules } from './mutations/rights.ts'
import { serverRules } from './mutations/server.ts'
import { studioRules } from './mutations/studio.ts'

/** All of them. */
export const mutations: readonly Mutation[] = [
  ...policyRules,
  ...documentRules,
  ...serverRules,
  ...accountRules,
  ...rightsRules,
  ...studioRules,
]
