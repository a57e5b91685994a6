// recipient 'printer' gets face geometry 'user.biometric.face_points', which nobody may receive
import { definePolicy } from '../language/define-policy.ts'
import { small } from '../language/small-policy.fixture.ts'

definePolicy({
  ...small,
  purposes: {
    greet: small.purposes.greet,
    mask: {
      use: 'essential.service',
      basis: 'consent',
      separate: true,
      uses: ['user.biometric.face_points'],
      keep: 'request',
      by: ['subject'],
    },
  },
  recipients: {
    printer: { ...small.recipients.printer, purpose: 'mask', gets: ['user.biometric.face_points'], payload: {} },
  },
})
