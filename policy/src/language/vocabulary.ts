/** The closed word lists of the policy language. Sources: Fideslang 3, GDPR 6, PIPL 13, W3C DPV. */

/** Sensitivity, GB/T 35273 annex B and PIPL 28: 1 public, 2 internal, 3 personal, 4 sensitive. */
export type Grade = 1 | 2 | 3 | 4

/** Legal bases (GDPR 6, PIPL 13). `public_by_subject` is PIPL's "disclosed by the person" (C93). */
export const BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interest',
  'public_task',
  'legitimate_interest',
  'public_by_subject',
] as const
/** One legal basis. */
export type Basis = (typeof BASES)[number]

/** Who may act under a purpose: the person themself, the studio working for them, the host's staff. */
export const ACTORS = ['subject', 'job', 'operator'] as const
/** One sort of actor. */
export type ActorRole = (typeof ACTORS)[number]

/** Where records come from (C11): given by the person, made from it for them, noted by the studio, set by the host. */
export const SOURCES = ['subject', 'made', 'studio', 'host'] as const
/** One source. */
export type Source = (typeof SOURCES)[number]

/** How a value of a category is shown in a view that does not need all of it (C165). */
export const MASKS = ['none', 'phone', 'name', 'initial', 'secret', 'address', 'drop'] as const
/** One way of masking. */
export type MaskName = (typeof MASKS)[number]

/** Age bands (G18): the limits of PIPL 28/31 and of adulthood. No band at all = unknown = a child's protections. */
export const AGE_BANDS = ['under_14', '14_17', 'adult'] as const
/** One age band. */
export type AgeBand = (typeof AGE_BANDS)[number]

/**
 * Recipient kinds (DPV DataController, DataProcessor, DataSubProcessor, affiliate). A buyer cannot be expressed
 * (C126), nor can "others" (C113).
 */
export const RECIPIENT_KINDS = ['controller', 'processor', 'sub_processor', 'affiliate'] as const
/** One recipient kind. */
export type RecipientKind = (typeof RECIPIENT_KINDS)[number]

/** Data uses closed to everyone who is not known to be adult: profiling, marketing, publishing (C245, DESIGN 3). */
export const USES_CLOSED_TO_MINORS = ['marketing', 'personalize', 'third_party_sharing', 'train_ai_system'] as const

/** Says whether a Fideslang data use is closed to minors and to people of unknown age. */
export function isClosedToMinors(use: string): boolean {
  return USES_CLOSED_TO_MINORS.some((closed) => use === closed || use.startsWith(`${closed}.`))
}

/** Categories of face geometry. They can reach no kind, log or recipient (C263, C271). */
export type FaceCategory = `user.biometric.face_${string}` | `user.biometrics.face_${string}`

/** Says whether a category is face geometry. */
export function isFaceCategory(category: string): boolean {
  return /^user\.biometrics?\.face_/.test(category)
}
