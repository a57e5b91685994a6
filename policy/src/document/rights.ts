/** Rights of the person, with the clock of each (C197). */
export const rights = {
  access: { purpose: 'own_rights', deadline: 'request_answer', citation: 'GDPR 15; PIPL 45' },
  openings: { purpose: 'own_rights', deadline: 'request_answer', citation: 'GDPR 15; PIPL 45' },
  correct: { purpose: 'own_rights', places: ['record'], deadline: 'request_answer', citation: 'GDPR 16; PIPL 46' },
  copy: { purpose: 'own_rights', deadline: 'request_answer', citation: 'GDPR 20; PIPL 45' },
  erase: { purpose: 'own_rights', deadline: 'account_end', citation: 'GDPR 17; PIPL 47' },
  withdraw: {
    purpose: 'own_rights',
    bases: ['consent'],
    deadline: 'consent_data_gone',
    citation: 'GDPR 7(3); PIPL 15',
  },
  freeze: { purpose: 'own_rights', deadline: 'request_answer', citation: 'GDPR 18; PIPL 44' },
  object: {
    purpose: 'own_rights',
    bases: ['legitimate_interest'],
    deadline: 'complaint_answer',
    citation: 'GDPR 21; PIPL 44',
  },
  review: { purpose: 'own_rights', deadline: 'complaint_answer', citation: 'GDPR 22(3); PIPL 24' },
  explain: { purpose: 'own_rights', deadline: 'complaint_answer', citation: 'PIPL 48' },
  complain: { purpose: 'own_rights', deadline: 'complaint_answer', citation: 'GDPR 77; PIPL 50, 65' },
} as const
