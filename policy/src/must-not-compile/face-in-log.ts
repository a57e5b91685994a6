// log field 'points' is face geometry 'user.biometric.face_points', which no log may hold
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  log: { points: { category: 'user.biometric.face_points', type: 'text' } },
})
