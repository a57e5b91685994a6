/** Types derived from the policy: ids, payloads, and what each purpose may read and write. */
import type { Field, FieldsValue, FieldValue } from '../language/field.ts'
import type { policy } from './policy.ts'

/** The type of the studio's policy. */
export type Policy = typeof policy

/** Id of a data category. */
export type CategoryId = keyof Policy['categories']
/** Id of a kind of record. */
export type KindId = keyof Policy['kinds']
/** Id of a kind kept in the ledger. */
export type LedgerKindId = { [K in KindId]: Policy['kinds'][K]['place'] extends 'ledger' ? K : never }[KindId]
/** Id of a kind kept as sealed records. */
export type RecordKindId = Exclude<KindId, LedgerKindId>
/** Id of a purpose. */
export type PurposeId = keyof Policy['purposes']
/** Id of a purpose that needs consent. */
export type ConsentPurposeId = {
  [P in PurposeId]: Policy['purposes'][P]['basis'] extends 'consent' ? P : never
}[PurposeId]
/** Id of a recipient. */
export type RecipientId = keyof Policy['recipients']
/** Id of a device permission. */
export type PermissionId = keyof Policy['permissions']
/** Id of a cookie or browser storage entry. */
export type CookieId = keyof Policy['cookies']
/** Id of a setting. */
export type SettingId = keyof Policy['settings']
/** Id of a studio function. */
export type FunctionId = keyof Policy['functions']
/** Id of a right. */
export type RightId = keyof Policy['rights']
/** Id of a clock. */
export type DeadlineId = keyof Policy['deadlines']
/** Name of a database table. */
export type TableId = keyof Policy['tables']

type FieldsOf<K extends KindId> = Policy['kinds'][K]['fields']
type UsesOf<P extends PurposeId> = Policy['purposes'][P]['uses']
type Kept = {
  [C in CategoryId & `user.${string}`]: Policy['categories'][C] extends { collected: string } ? never : C
}[CategoryId & `user.${string}`]

/** The categories a purpose uses. For the person's own rights: every personal category that is kept. */
export type CategoriesOf<P extends PurposeId> = UsesOf<P> extends readonly (infer C)[] ? C & CategoryId : Kept

type Usable<P extends PurposeId, Fs> = {
  [N in keyof Fs as Fs[N] extends { category: CategoriesOf<P> } ? N : never]: Fs[N]
}

/** The record value of a kind, whole. Fields of type `object` are not in it: their bytes live in the object store. */
export type Payload<K extends KindId> = FieldsValue<FieldsOf<K>>

/** What a purpose may read of a kind: the fields whose category it uses, and no other. */
export type Readable<P extends PurposeId, K extends KindId> =
  Usable<P, FieldsOf<K>> extends infer Fs extends Readonly<Record<string, Field>> ? FieldsValue<Fs> : never

/** What a purpose may write of a kind: the same fields. A record is made only by a purpose that uses all of it. */
export type Writable<P extends PurposeId, K extends KindId> = Readable<P, K>

/** The kinds of which a purpose may read at least one field. */
export type KindsOf<P extends PurposeId> = {
  [K in KindId]: keyof Usable<P, FieldsOf<K>> extends never ? never : K
}[KindId]

/** The kinds that a purpose may make: every field is of a category that it uses. */
export type MakeableKindsOf<P extends PurposeId> = {
  [K in KindId]: keyof FieldsOf<K> extends keyof Usable<P, FieldsOf<K>> ? K : never
}[KindId]

/** Names of the fields of a kind that are bytes in the object store and that a purpose may open. */
export type ReadableObject<P extends PurposeId, K extends KindId> = {
  [N in keyof Usable<P, FieldsOf<K>>]: Usable<P, FieldsOf<K>>[N] extends { type: 'object' } ? N : never
}[keyof Usable<P, FieldsOf<K>>]

/** One message to a recipient: exactly the declared fields (C112, C132). */
export type RecipientPayload<R extends RecipientId> = FieldsValue<Policy['recipients'][R]['payload']>

type LogFieldId = keyof Policy['log']

/** One line of the log: `event` and any of the declared fields. A field that is not declared does not compile. */
export type LogLine = { readonly event: string } & {
  readonly [F in Exclude<LogFieldId, 'event'>]?: FieldValue<Policy['log'][F]>
}
