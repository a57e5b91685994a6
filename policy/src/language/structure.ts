/** The shape of a policy document at run time: which properties a row of each section has, and what they may be. */
import { isDuration, isKeep } from './keep.ts'
import { ACTORS, BASES, MASKS, RECIPIENT_KINDS, SOURCES } from './vocabulary.ts'

/** A test of one property. */
type Is = (value: unknown) => boolean

/** Says whether a value is a plain object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const text: Is = (value) => typeof value === 'string' && value !== ''
const flag: Is = (value) => typeof value === 'boolean'
const yes: Is = (value) => value === true
const duration: Is = (value) => typeof value === 'string' && isDuration(value)
const texts: Is = (value) => Array.isArray(value) && value.every((word) => typeof word === 'string')
const anything: Is = () => true
const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)
const oneOf =
  (...words: readonly unknown[]): Is =>
  (value) =>
    words.includes(value)
const someOf =
  (...words: readonly unknown[]): Is =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((word) => words.includes(word))
const all =
  (is: Is): Is =>
  (value) =>
    isRecord(value) && Object.values(value).every(is)
const row =
  (shape: Readonly<Record<string, Is>>): Is =>
  (value) =>
    isRecord(value) && faulty(shape, value) === undefined

const field = row({
  category: text,
  type: oneOf('text', 'integer', 'number', 'boolean', 'time', 'json', 'object'),
  optional: optional(yes),
})

/**
 * The sections of a document with the properties of their rows. `keep` and `consideration`, whose faults have
 * sentences of their own, are left to `checkPolicy`.
 */
export const SECTIONS: Readonly<Record<string, Readonly<Record<string, Is>>>> = {
  categories: {
    grade: oneOf(1, 2, 3, 4),
    mask: oneOf(...MASKS),
    source: oneOf('fideslang', 'extension'),
    collected: oneOf(undefined, 'never', 'in_memory'),
  },
  kinds: {
    place: oneOf('record', 'ledger'),
    key: oneOf('person', 'item'),
    held_for: text,
    source: oneOf(...SOURCES),
    keep: anything,
    fields: all(field),
  },
  purposes: {
    use: text,
    basis: oneOf(...BASES),
    uses: (value) => value === 'every_category' || texts(value),
    keep: anything,
    by: someOf(...ACTORS),
    separate: optional(yes),
    guardian: optional(yes),
    setting: optional(text),
    permissions: optional(texts),
    while_frozen: optional(yes),
    citation: optional(text),
  },
  recipients: {
    kind: oneOf(...RECIPIENT_KINDS),
    purpose: text,
    gets: texts,
    payload: all(field),
    country: text,
    agreement: text,
    consideration: anything,
    only_if: optional(text),
  },
  permissions: { needed: flag, web: optional(text) },
  cookies: {
    store: oneOf('cookie', 'local', 'indexeddb', 'opfs', 'cache'),
    name: text,
    need: oneOf('necessary', 'functional', 'analytics', 'advertising'),
    purpose: text,
    keep: isKeep,
    category: text,
    owner: oneOf('studio'),
  },
  log: { category: text, type: oneOf('text', 'integer', 'number', 'boolean', 'time') },
  settings: {
    control: oneOf('switch', 'duration'),
    default: (value) => flag(value) || value === 'until_erased' || duration(value),
    purposes: texts,
    permissions: texts,
  },
  functions: { purposes: texts, permissions: texts, needs: oneOf('nobody', 'guest', 'account') },
  rights: {
    purpose: text,
    bases: optional(someOf(...BASES)),
    places: optional(someOf('record', 'ledger')),
    deadline: text,
    citation: text,
  },
  deadlines: { within: duration, citation: text },
  exemptions: { applies_to: someOf('collect', 'share'), citation: text, enabled: flag },
  roles: { acts_as: oneOf(...ACTORS), sees: oneOf('own', 'requests', 'nothing') },
  tables: { owner: oneOf('studio', 'kysely'), columns: all(text) },
}

/** The first property of a row that is not what it may be, or that the language does not know. */
export function faulty(
  shape: Readonly<Record<string, Is>>,
  value: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [property, is] of Object.entries(shape)) if (!is(value[property])) return property
  return Object.keys(value).find((property) => !Object.hasOwn(shape, property))
}
