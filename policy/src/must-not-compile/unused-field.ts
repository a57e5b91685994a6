// kind 'card': no purpose uses 'user.settings' of field 'theme', so it may not be kept
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  kinds: { card: { ...small.kinds.card, fields: { theme: { category: 'user.settings', type: 'text' } } } },
})
