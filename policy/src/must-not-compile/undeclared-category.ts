// purpose 'greet' uses undeclared category 'user.shoe_size'
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  purposes: { greet: { ...small.purposes.greet, uses: ['user.name', 'user.contact.phone_number', 'user.shoe_size'] } },
})
