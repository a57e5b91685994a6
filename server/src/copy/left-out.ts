/** What of a copy is not taken in elsewhere, and why: one line for each kind of the policy that is not, so that none is lost unsaid. */
import type { KindId } from '@sotto/policy'

/** Why a kind stays behind. */
export type LeftOutWhy =
  /** It lets somebody in, there; here one signs in by one's own. */
  | 'entrance'
  /** It proves what was done there, under the keys of that studio; here it would prove nothing. */
  | 'proof'
  /** An agreement or duty between the person and that host. */
  | 'agreement'
  /** Under way there, or asked for and done. */
  | 'passing'
  /** It is made anew from what came in, when it is asked for. */
  | 'anew'

/** Kinds that come in: recordings, words, edits, versions, timelines, texts, and of profile and settings what is not set here yet. */
export type TakenIn =
  | 'account'
  | 'setting'
  | 'item'
  | 'media'
  | 'transcript'
  | 'edit'
  | 'version'
  | 'timeline'
  | 'speech'
  | 'agreement'

/** Every other kind, with its reason: a new kind does not compile before it stands here or comes in. */
export const leftOut: { readonly [K in Exclude<KindId, TakenIn>]: LeftOutWhy } = {
  identifier: 'entrance',
  credential: 'entrance',
  session: 'entrance',
  device: 'entrance',
  upload: 'passing',
  task: 'passing',
  spoken: 'anew',
  notice_shown: 'proof',
  consent: 'agreement',
  opening: 'proof',
  erasure: 'proof',
  sharing: 'proof',
  publication: 'proof',
  wind_down: 'proof',
  request: 'agreement',
  decision: 'proof',
  hold: 'agreement',
  share: 'agreement',
  attestation: 'agreement',
  fetch: 'proof',
  right: 'proof',
}
