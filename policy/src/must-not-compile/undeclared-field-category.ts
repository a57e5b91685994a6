// kind 'card': field 'shoe' is of undeclared category 'user.shoe_size'
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  kinds: { card: { ...small.kinds.card, fields: { shoe: { category: 'user.shoe_size', type: 'number' } } } },
})
