// recipient 'printer': payload field 'number' is of category 'user.contact.phone_number', which it does not get
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  recipients: {
    printer: {
      ...small.recipients.printer,
      payload: { number: { category: 'user.contact.phone_number', type: 'text' } },
    },
  },
})
