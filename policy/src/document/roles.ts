/** Roles. Of anyone the host's staff see through the studio only the requests that were put to them. */
export const roles = {
  person: { acts_as: 'subject', sees: 'own' },
  operator: { acts_as: 'operator', sees: 'requests' },
} as const
