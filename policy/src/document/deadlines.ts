/** Clocks, in calendar time. Where the law or the source named two, the shorter one (G2, G8, G17, G28). */
export const deadlines = {
  request_answer: { within: 'P15D', citation: 'C218, C260, G2; GDPR 12(3)' },
  account_end: { within: 'P15D', citation: 'C209, G17' },
  identity_check: { within: 'P3D', citation: 'C209, G17' },
  cancel_grace: { within: 'P7D', citation: 'C207, C211' },
  request_alarm: { within: 'P10D', citation: 'C209' },
  complaint_answer: { within: 'P15D', citation: 'C218, C260, G2' },
  consent_data_gone: { within: 'PT24H', citation: 'C88, G8; PIPL 47(3)' },
  overdue_gone: { within: 'PT24H', citation: 'C153' },
  key_copies_gone: { within: 'P7D', citation: 'C264, G16' },
  code_valid: { within: 'PT10M', citation: 'C20' },
  wind_down_notice: { within: 'P30D', citation: 'C156' },
  breach_person: { within: 'PT72H', citation: 'C189; GDPR 33-34; PIPL 57' },
  breach_authority: { within: 'PT72H', citation: 'C191; GDPR 33' },
  breach_authority_cn: { within: 'PT4H', citation: 'C191; National reporting measures of 1 November 2025' },
} as const
