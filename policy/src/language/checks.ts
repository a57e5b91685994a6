/** The checks of a policy in the types: each fault is a sentence that the compiler prints. */
import type { PolicyDraft } from './document.ts'
import type { Keep } from './keep.ts'
import type { FaceCategory } from './vocabulary.ts'

type Text<T> = T & string
type Or<Fault> = [Fault] extends [never] ? unknown : Fault

type Declared<P extends PolicyDraft> = keyof P['categories'] & string
type Listed<Uses> = Uses extends readonly (infer C)[] ? C & string : never
type SensitiveOf<P extends PolicyDraft> = {
  [C in Declared<P>]: P['categories'][C]['grade'] extends 4 ? C : never
}[Declared<P>]
type UncollectedOf<P extends PolicyDraft> = {
  [C in Declared<P>]: P['categories'][C] extends { collected: string } ? C : never
}[Declared<P>]
type UsedOf<P extends PolicyDraft> = Listed<P['purposes'][keyof P['purposes']]['uses']>

type UndeclaredUse<P extends PolicyDraft, Id extends string, Cs extends string> =
  Cs extends Declared<P> ? never : `purpose '${Id}' uses undeclared category '${Cs}'`

type KeepFault<Id extends string, Pu> = Pu extends { keep: infer K }
  ? K extends Keep
    ? never
    : `purpose '${Id}' has a malformed keep '${Text<K>}': write an ISO 8601 duration, 'account', 'until_erased', 'request' or 'setting:<id>'`
  : `purpose '${Id}' has no keep: say how long`

type SeparateFault<P extends PolicyDraft, Id extends string, Pu extends { uses: unknown }> = [
  Extract<Listed<Pu['uses']>, SensitiveOf<P>>,
] extends [never]
  ? never
  : Pu extends { basis: 'consent'; separate: true }
    ? never
    : `purpose '${Id}' uses sensitive category '${Extract<Listed<Pu['uses']>, SensitiveOf<P>>}': needs basis 'consent' with separate: true`

type PurposeFaults<P extends PolicyDraft, Id extends string, Pu extends { uses: unknown }> =
  | UndeclaredUse<P, Id, Listed<Pu['uses']>>
  | KeepFault<Id, Pu>
  | SeparateFault<P, Id, Pu>

type FieldFault<P extends PolicyDraft, K extends string, F extends string, C> = C extends FaceCategory
  ? `kind '${K}': field '${F}' is face geometry '${C}', which no kind may hold`
  : C extends Declared<P>
    ? C extends UncollectedOf<P>
      ? `kind '${K}': field '${F}' is of category '${C}', which is never kept`
      : C extends UsedOf<P>
        ? never
        : `kind '${K}': no purpose uses '${C}' of field '${F}', so it may not be kept`
    : `kind '${K}': field '${F}' is of undeclared category '${Text<C>}'`

type KindFaults<P extends PolicyDraft, K extends string, Fs> = {
  [F in keyof Fs & string]: Fs[F] extends { category: infer C } ? FieldFault<P, K, F, C> : never
}[keyof Fs & string]

type PurposeUses<P extends PolicyDraft, Id> = Id extends keyof P['purposes'] ? Listed<P['purposes'][Id]['uses']> : never

type GetsFault<P extends PolicyDraft, R extends string, Id extends string, C> = C extends FaceCategory
  ? `recipient '${R}' gets face geometry '${C}', which nobody may receive`
  : C extends PurposeUses<P, Id>
    ? never
    : `recipient '${R}' gets '${Text<C>}', which its purpose '${Id}' does not use`

type PayloadFault<R extends string, Gets, Fs> = {
  [F in keyof Fs & string]: Fs[F] extends { category: infer C }
    ? C extends Gets
      ? never
      : `recipient '${R}': payload field '${F}' is of category '${Text<C>}', which it does not get`
    : never
}[keyof Fs & string]

type RecipientFaults<P extends PolicyDraft, R extends string, Re extends P['recipients'][string]> =
  | GetsFault<P, R, Re['purpose'], Re['gets'][number]>
  | PayloadFault<R, Re['gets'][number], Re['payload']>
  | (Re['consideration'] extends 'none' ? never : `recipient '${R}': consideration must be 'none'`)

type LogFault<P extends PolicyDraft, F extends string, C> = C extends FaceCategory
  ? `log field '${F}' is face geometry '${C}', which no log may hold`
  : C extends Declared<P>
    ? C extends `user.${string}`
      ? `log field '${F}' is of personal category '${C}': the log holds no person`
      : never
    : `log field '${F}' is of undeclared category '${Text<C>}'`

/** The faults of a draft, at the places where they are; `unknown` (which demands nothing) where there is none. */
export interface Checked<P extends PolicyDraft> {
  readonly purposes: {
    readonly [Id in keyof P['purposes'] & string]: Or<PurposeFaults<P, Id, P['purposes'][Id]>>
  }
  readonly kinds: {
    readonly [K in keyof P['kinds'] & string]: Or<KindFaults<P, K, P['kinds'][K]['fields']>>
  }
  readonly recipients: {
    readonly [R in keyof P['recipients'] & string]: Or<RecipientFaults<P, R, P['recipients'][R]>>
  }
  readonly log: {
    readonly [F in keyof P['log'] & string]: Or<LogFault<P, F, P['log'][F]['category']>>
  }
}
