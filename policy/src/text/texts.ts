/** The texts of the notice and of the pages made from the policy. A text that is missing does not compile. */
import type { policy } from '../document/policy.ts'
import type {
  CategoryId,
  CookieId,
  DeadlineId,
  FunctionId,
  KindId,
  PermissionId,
  PurposeId,
  RecipientId,
  RightId,
  SettingId,
} from '../document/types.ts'
import type { ActorRole, Basis, Grade, Source } from '../language/vocabulary.ts'

/** The languages the policy speaks. */
export const LOCALES = ['en', 'zh-CN'] as const
/** One of the languages. */
export type Locale = (typeof LOCALES)[number]

/** A name and one plain sentence about it. */
export interface NamedText {
  readonly name: string
  readonly what: string
}

/** A purpose in words. */
export interface PurposeText {
  readonly name: string
  /** Why the studio does this. */
  readonly why: string
  /** What does not work without it, and that the rest does (C23, C46, C202). */
  readonly without: string
}

/** The nine parts of the notice (C8). */
export const PART_IDS = [
  'collection',
  'browser',
  'sharing',
  'keeping',
  'rights',
  'third_parties',
  'minors',
  'changes',
  'contact',
] as const
/** One of the nine parts. */
export type PartId = (typeof PART_IDS)[number]

/** Everything the policy says, in one language. */
export interface Texts {
  readonly title: string
  readonly version_line: (version: string, effective: string, hash: string) => string
  readonly short_title: string
  readonly contents_title: string
  readonly parts: Readonly<Record<PartId, { readonly title: string; readonly intro: readonly string[] }>>
  readonly categories: Readonly<Record<CategoryId, NamedText>>
  readonly kinds: Readonly<Record<KindId, NamedText>>
  readonly purposes: Readonly<Record<PurposeId, PurposeText>>
  readonly recipients: Readonly<Record<RecipientId, NamedText>>
  readonly permissions: Readonly<Record<PermissionId, NamedText>>
  readonly cookies: Readonly<Record<CookieId, NamedText>>
  readonly settings: Readonly<Record<SettingId, NamedText>>
  readonly functions: Readonly<Record<FunctionId, string>>
  readonly rights: Readonly<Record<RightId, NamedText>>
  readonly deadlines: Readonly<Record<DeadlineId, string>>
  readonly exemptions: Readonly<Record<keyof (typeof policy)['exemptions'], string>>
  readonly bases: Readonly<Record<Basis, string>>
  readonly grades: Readonly<Record<Grade, string>>
  readonly actors: Readonly<Record<ActorRole, string>>
  readonly needs: Readonly<Record<'necessary' | 'functional' | 'analytics' | 'advertising', string>>
  readonly stores: Readonly<Record<'cookie' | 'local' | 'indexeddb' | 'opfs' | 'cache', string>>
  /** Where records come from (C11). */
  readonly sources: Readonly<Record<Source, string>>
  readonly labels: Labels
  readonly keep: {
    readonly account: string
    readonly until_erased: string
    readonly request: string
    readonly setting: (name: string, fallback: string) => string
  }
  readonly duration: (parts: {
    readonly years: number
    readonly months: number
    readonly days: number
    readonly seconds: number
  }) => string
  readonly sentences: Sentences
  /** Punctuation, which differs between scripts. */
  readonly marks: {
    readonly colon: string
    readonly semicolon: string
    readonly stop: string
    readonly aside: (text: string) => string
  }
  /** Joins names into one enumeration. */
  readonly join: (names: readonly string[]) => string
}

/** Headings and labels. */
export interface Labels {
  readonly basis: string
  readonly uses: string
  readonly kept: string
  readonly actors: string
  readonly without: string
  readonly switch: string
  readonly permission: string
  readonly separate: string
  readonly every_category: string
  readonly categories_section: string
  readonly never_section: string
  readonly memory_section: string
  readonly permissions_section: string
  readonly exemptions_section: string
  readonly entries_section: string
  readonly recipients_section: string
  readonly retention_section: string
  readonly protection_section: string
  readonly log_section: string
  readonly incidents_section: string
  readonly rights_section: string
  readonly switches_section: string
  readonly deadline: string
  readonly operator: string
  readonly officer: string
  readonly contact: string
  readonly address: string
  readonly authority: string
  readonly receives: string
  readonly country: string
  readonly agreement: string
  readonly purpose: string
  readonly asked: string
  readonly not_asked: string
  readonly law: string
  readonly clocks_section: string
}

/** Sentences that the notice is composed of. */
export interface Sentences {
  readonly short: {
    readonly what: (categories: string) => string
    readonly where: string
    readonly sealed: string
    readonly consent: (switches: string) => string
    readonly nobody: string
    readonly somebody: (recipients: string) => string
    readonly never: (categories: string) => string
    readonly erase: (copies: string) => string
    readonly refuse: string
  }
  readonly exemptions: string
  readonly no_recipient: string
  readonly unconfigured: string
  readonly no_sale: string
  readonly protection: (copies: string) => readonly string[]
  readonly log: (fields: string) => string
  readonly incidents: (person: string, authority: string, china: string) => string
  readonly path: string
  readonly withdraw: (time: string) => string
  readonly major: readonly string[]
  readonly contact: (time: string) => string
  readonly no_operator: string
  readonly abroad: string
}
