/** The shape of a policy document. One value of this shape is everything the studio may do with personal data. */
import type { Field } from './field.ts'
import type { IsoDuration, Keep } from './keep.ts'
import type { ActorRole, Basis, Grade, MaskName, RecipientKind, Source } from './vocabulary.ts'

type Named<T> = Readonly<Record<string, T>>

/** A data category. `extension` marks the names Fideslang does not have. */
export interface Category {
  readonly grade: Grade
  readonly mask: MaskName
  readonly source: 'fideslang' | 'extension'
  /** `never`: not collected at all. `in_memory`: used at the moment it passes, kept in no store and no log. */
  readonly collected?: 'never' | 'in_memory'
}

/** A kind of record. `place`: sealed record in the database, or sealed entry of the ledger. */
export interface Kind {
  readonly place: 'record' | 'ledger'
  /** Whose key seals it: the person's own, or the key of one item (so that one item can be erased alone). */
  readonly key: 'person' | 'item'
  /** The purpose whose `keep` rules this kind. */
  readonly held_for: string
  /** Where it comes from (C11): the person, the studio's work for them, what the studio notes itself, or the host. */
  readonly source: Source
  /** A shorter time than the purpose's, where the kind needs less. */
  readonly keep?: Keep
  readonly fields: Named<Field>
}

/** Why personal data is touched. */
export interface Purpose {
  /** Fideslang data use. */
  readonly use: string
  readonly basis: Basis
  /** Categories this purpose uses. `every_category` is for the person's own rights alone. */
  readonly uses: readonly string[] | 'every_category'
  readonly keep: Keep
  readonly by: readonly ActorRole[]
  /** Consent to this alone, apart from all else (PIPL 29). */
  readonly separate?: true
  /** A guardian must agree for a person under 14 (PIPL 31). */
  readonly guardian?: true
  /** The switch that turns it off. */
  readonly setting?: string
  readonly permissions?: readonly string[]
  /** Stays open while the person has frozen the account. */
  readonly while_frozen?: true
  /** Law article, where the basis is a legal obligation. */
  readonly citation?: string
}

/** Somebody outside who receives something. */
export interface Recipient {
  readonly kind: RecipientKind
  readonly purpose: string
  readonly gets: readonly string[]
  /** What one message to them is made of; each field's category stands in `gets`. */
  readonly payload: Named<Field>
  /** ISO 3166 country, or `configured` where the host's own configuration decides it. */
  readonly country: string
  readonly agreement: string
  readonly consideration: 'none'
  /** Configuration without which there is no such recipient at all. */
  readonly only_if?: string
}

/** A permission asked of the device. `needed: false` = this studio never asks for it. */
export interface Permission {
  readonly needed: boolean
  /** The name in the W3C Permissions registry, where there is one. */
  readonly web?: string
}

/** Something kept in the browser. */
export interface Cookie {
  readonly store: 'cookie' | 'local' | 'indexeddb' | 'opfs' | 'cache'
  readonly name: string
  readonly need: 'necessary' | 'functional' | 'analytics' | 'advertising'
  readonly purpose: string
  readonly keep: Keep
  readonly category: string
  readonly owner: 'studio'
}

/** A field the log may have. */
export interface LogField {
  readonly category: string
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'time'
}

/** A setting of the person. The default of a duration is `until_erased` or a duration, never another setting. */
export interface Setting {
  readonly control: 'switch' | 'duration'
  readonly default: boolean | string
  readonly purposes: readonly string[]
  readonly permissions: readonly string[]
}

/** Something the studio can do for a person. */
export interface StudioFunction {
  readonly purposes: readonly string[]
  readonly permissions: readonly string[]
  /** The least one must be. */
  readonly needs: 'nobody' | 'guest' | 'account'
}

/** A right of the person. */
export interface Right {
  readonly purpose: string
  /** Limits the right to what is processed on these bases; absent = whatever the basis. */
  readonly bases?: readonly Basis[]
  /** Limits the right to what is kept in these places; absent = everywhere. */
  readonly places?: readonly ('record' | 'ledger')[]
  readonly deadline: string
  readonly citation: string
}

/** A clock. Durations are calendar time (G2). */
export interface Deadline {
  readonly within: IsoDuration
  readonly citation: string
}

/** A ground on which the law lets data be collected or shared without consent (G19). Off without a case record. */
export interface Exemption {
  readonly applies_to: readonly ('collect' | 'share')[]
  readonly citation: string
  readonly enabled: boolean
}

/** A table of the database: each column with the category it holds. */
export interface Table {
  readonly owner: 'studio' | 'kysely'
  readonly columns: Named<string>
}

/** A role. */
export interface Role {
  readonly acts_as: ActorRole
  readonly sees: 'own' | 'requests' | 'nothing'
}

/** A whole policy. */
export interface PolicyDocument {
  readonly version: string
  readonly effective: string
  readonly categories: Named<Category>
  readonly kinds: Named<Kind>
  readonly purposes: Named<Purpose>
  readonly recipients: Named<Recipient>
  readonly permissions: Named<Permission>
  readonly cookies: Named<Cookie>
  readonly log: Named<LogField>
  readonly settings: Named<Setting>
  readonly functions: Named<StudioFunction>
  readonly rights: Named<Right>
  readonly deadlines: Named<Deadline>
  readonly exemptions: Named<Exemption>
  readonly roles: Named<Role>
  readonly tables: Named<Table>
  readonly residency: { readonly stored: 'where_the_host_runs'; readonly abroad: boolean }
}

/**
 * What `definePolicy` takes: a document whose `keep` and `consideration` are still unchecked words, so that the
 * compiler can answer a wrong one with a sentence and not with a list of every right one.
 */
export interface PolicyDraft extends Omit<PolicyDocument, 'purposes' | 'recipients'> {
  readonly purposes: Named<Omit<Purpose, 'keep'> & { readonly keep?: string }>
  readonly recipients: Named<Omit<Recipient, 'consideration'> & { readonly consideration: string }>
}
