/** What one field of a kind holds, and the TypeScript type that follows from it. */

/**
 * Types a field can have. `time` is an RFC 3339 UTC string; `integer` and `number` are finite JavaScript numbers;
 * `json` is any JSON value; `object` is a run of bytes held in the object store, never inside a record.
 */
export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'json' | 'object'

declare const shape: unique symbol

/** The field type `json` that remembers, for the compiler alone, which TypeScript type is inside. */
export type Json<T> = 'json' & { readonly [shape]: T }

/** Declares a JSON field whose value is a `T`. At run time it is the plain word `json`. */
export function json<T>(): Json<T> {
  // A phantom type: nothing of it exists at run time, so there is nothing the cast could get wrong.
  return 'json' as Json<T>
}

/** The field type `text` that holds one of a few words only. */
export type Text<T extends string> = 'text' & { readonly [shape]: T }

/** Declares a text field that holds one of the words of `T`. At run time it is the plain word `text`. */
export function text<T extends string>(): Text<T> {
  // A phantom type, as above.
  return 'text' as Text<T>
}

/** One field of a kind: its Fideslang data category, its type, and whether it may be absent (C213). */
export interface Field {
  readonly category: string
  readonly type: FieldType
  readonly optional?: true
}

/** The TypeScript type of a field's value. */
export type FieldValue<F extends Field> = F['type'] extends { readonly [shape]: infer T }
  ? T
  : F['type'] extends 'integer' | 'number'
    ? number
    : F['type'] extends 'boolean'
      ? boolean
      : F['type'] extends 'json'
        ? unknown
        : string

/** Names of the fields a record must have. Fields of type `object` are not in the record and never named here. */
export type RequiredField<Fs extends Readonly<Record<string, Field>>> = {
  [N in keyof Fs]: Fs[N] extends { type: 'object' } ? never : Fs[N] extends { optional: true } ? never : N
}[keyof Fs]

/** Names of the fields a record may lack. */
export type OptionalField<Fs extends Readonly<Record<string, Field>>> = {
  [N in keyof Fs]: Fs[N] extends { type: 'object' } ? never : Fs[N] extends { optional: true } ? N : never
}[keyof Fs]

/** The record value of a set of fields. */
export type FieldsValue<Fs extends Readonly<Record<string, Field>>> = {
  [N in RequiredField<Fs>]: FieldValue<Fs[N]>
} & { [N in OptionalField<Fs>]?: FieldValue<Fs[N]> } extends infer O
  ? { [N in keyof O]: O[N] }
  : never
