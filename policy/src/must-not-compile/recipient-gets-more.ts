// recipient 'printer' gets 'user.settings', which its purpose 'greet' does not use
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  recipients: { printer: { ...small.recipients.printer, gets: ['user.name', 'user.settings'] } },
})
