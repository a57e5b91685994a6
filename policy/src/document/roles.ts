/** Roles. The host's staff see nothing of anyone through the studio. */
export const roles = {
  person: { acts_as: 'subject', sees: 'own' },
  operator: { acts_as: 'operator', sees: 'nothing' },
} as const
