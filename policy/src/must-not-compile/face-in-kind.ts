// kind 'card': field 'points' is face geometry 'user.biometric.face_points', which no kind may hold
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  kinds: { card: { ...small.kinds.card, fields: { points: { category: 'user.biometric.face_points', type: 'json' } } } },
})
