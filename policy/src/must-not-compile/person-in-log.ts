// log field 'who' is of personal category 'user.name': the log holds no person
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  log: { ...small.log, who: { category: 'user.name', type: 'text' } },
})
