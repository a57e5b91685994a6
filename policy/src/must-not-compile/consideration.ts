// recipient 'printer': consideration must be 'none'
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  recipients: { printer: { ...small.recipients.printer, consideration: 'EUR 1 per name' } },
})
