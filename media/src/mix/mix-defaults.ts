/** What a mix sounds like when nothing is asked for. */
export const mixDefaults = {
  level: -14,
  duck: { depth: 10, attack: 0.3, release: 0.8 },
  fadeIn: 1,
  fadeOut: 3,
  loop: true,
} as const
