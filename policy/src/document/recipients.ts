/** Recipients: everyone outside who receives anything. One, and only where the host has configured it. */

/** Everybody outside who can ever receive anything, and exactly what. */
export const recipients = {
  sms_provider: {
    kind: 'processor',
    purpose: 'deliver_code',
    gets: ['user.contact.phone_number', 'user.authorization.one_time_code'],
    payload: {
      phone_number: { category: 'user.contact.phone_number', type: 'text' },
      /** The text of the message, with the code in it. */
      message: { category: 'user.authorization.one_time_code', type: 'text' },
    },
    country: 'configured',
    agreement: 'processor-agreement-of-the-host',
    consideration: 'none',
    only_if: 'sms_webhook',
  },
} as const
