// log field 'browser' is of undeclared category 'user.browser'
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  log: { ...small.log, browser: { category: 'user.browser', type: 'text' } },
})
