// kind 'card': field 'place' is of category 'user.location', which is never kept
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  kinds: { card: { ...small.kinds.card, fields: { place: { category: 'user.location', type: 'text' } } } },
})
