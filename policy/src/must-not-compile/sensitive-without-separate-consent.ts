// purpose 'heal' uses sensitive category 'user.health': needs basis 'consent' with separate: true
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  purposes: {
    ...small.purposes,
    heal: { use: 'essential.service', basis: 'consent', uses: ['user.health'], keep: 'P30D', by: ['subject'] },
  },
})
