// log field 'picture' is face geometry 'user.biometric.face_picture', which no log may hold
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  log: { picture: { category: 'user.biometric.face_picture', type: 'text' } },
})
