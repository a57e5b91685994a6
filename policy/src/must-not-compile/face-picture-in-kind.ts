// kind 'card': field 'picture' is face geometry 'user.biometric.face_picture', which no kind may hold
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  kinds: { card: { ...small.kinds.card, fields: { picture: { category: 'user.biometric.face_picture', type: 'json' } } } },
})
