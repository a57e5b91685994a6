// purpose 'thank' has no keep: say how long
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  purposes: {
    ...small.purposes,
    thank: { use: 'essential.service', basis: 'contract', uses: ['user.name'], by: ['subject'] },
  },
})
