/**
 * Grounds on which the law lets data be collected or shared without consent: one list in place of the source's two
 * (G19). None works by itself: each needs a case record, and this studio has no way to open one yet, so all are off.
 */
export const exemptions = {
  national_security: { applies_to: ['collect', 'share'], citation: 'C89, C144', enabled: false },
  public_interest: { applies_to: ['collect', 'share'], citation: 'C90, C131, C145', enabled: false },
  criminal_justice: { applies_to: ['collect', 'share'], citation: 'C91, C146', enabled: false },
  administrative_enforcement: { applies_to: ['share'], citation: 'C146', enabled: false },
  vital_interest: { applies_to: ['collect', 'share'], citation: 'C92, C147; PIPL 13(4)', enabled: false },
  public_by_subject: { applies_to: ['collect', 'share'], citation: 'C93, C148; PIPL 27', enabled: false },
  lawfully_public: { applies_to: ['collect', 'share'], citation: 'C95, C149; PIPL 13(6)', enabled: false },
  news_reporting: { applies_to: ['collect'], citation: 'C97; PIPL 13(5)', enabled: false },
  research: { applies_to: ['collect', 'share'], citation: 'C98, C130', enabled: false },
  legal_obligation: { applies_to: ['collect', 'share'], citation: 'C99, C150; PIPL 13(3)', enabled: false },
} as const
