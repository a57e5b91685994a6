/** @module Kinds of records about a person's rights: requests, decisions, holds; and what the ledger says of requests. */
import { json, text } from '../language/field.ts'
import type { RequestedRight, RequestState } from '../request/request.ts'

/** What came of a request: in the ledger's and the person's words. */
export interface RequestAnswer {
  readonly outcome: 'fulfilled' | 'denied'
  readonly reason: string
  /** ISO 8601. */
  readonly at: string
}

/** What of an item a link shows. */
export type SharedPart = 'words' | 'sound'

/** The kinds of the rights. All under the person's own key: they go with the person. */
export const rightsKinds = {
  /** A request whose answer takes time (C197, C209, C218). Its state and the end of its clock stand in open columns. */
  request: {
    place: 'record',
    key: 'person',
    held_for: 'prove',
    source: 'subject',
    fields: {
      right: { category: 'user.rights_request', type: text<RequestedRight>() },
      /** When it was clear that it is the person: the clock starts here. Absent before, of what came by letter. */
      verified_at: { category: 'user.rights_request', type: 'time', optional: true },
      choice: { category: 'user.rights_request', type: text<'delete' | 'anonymise'>(), optional: true },
      /** What it is about: a purpose, or the id of a decision. */
      about: { category: 'user.rights_request', type: 'text', optional: true },
      words: { category: 'user.rights_request', type: 'text', optional: true },
      answer: { category: 'user.rights_request', type: json<RequestAnswer>(), optional: true },
    },
  },
  /** A decision that the program made about the person, by itself (PIPL 24, GDPR 22). */
  decision: {
    place: 'record',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    keep: 'P180D',
    fields: {
      code: { category: 'user.rights_request', type: 'text' },
      /** The code of the problem that was answered, where it differs. */
      reason: { category: 'user.rights_request', type: 'text', optional: true },
      count: { category: 'user.rights_request', type: 'integer' },
      last_at: { category: 'user.rights_request', type: 'time' },
    },
  },
  /** A duty of law to keep something: storage only, with its citation (C154, C212, G27). */
  hold: {
    place: 'record',
    key: 'person',
    held_for: 'prove',
    source: 'host',
    fields: {
      /** Kinds of records that must stay. */
      kinds: { category: 'user.rights_request', type: json<string[]>() },
      citation: { category: 'user.rights_request', type: 'text' },
      until: { category: 'user.rights_request', type: 'time' },
    },
  },
  /** A link by which somebody else sees one item (C13, C59, C60, C203). Its id is the hash of the secret in the link. */
  share: {
    place: 'record',
    key: 'item',
    held_for: 'share',
    source: 'subject',
    keep: 'P365D',
    fields: {
      token: { category: 'user.content.share', type: 'text' },
      what: { category: 'user.content.share', type: json<SharedPart[]>() },
      mode: { category: 'user.content.share', type: text<'view' | 'download'>() },
      password_hash: { category: 'user.content.share', type: 'text', optional: true },
      /** What the warning named, and that others agreed or nobody else is in it. */
      warned: { category: 'user.content.share', type: json<string[]>() },
      attested_at: { category: 'user.content.share', type: 'time' },
    },
  },
  /** A word given for material of one's own in the face studio (C60): who, when, in which words; nothing of a face. Its code stands in the labels. */
  attestation: {
    place: 'record',
    key: 'person',
    held_for: 'prove',
    source: 'subject',
    fields: {
      code: { category: 'user.attestation', type: 'text' },
      text_version: { category: 'user.attestation', type: 'text' },
      text: { category: 'user.attestation', type: 'text' },
      locale: { category: 'user.attestation', type: 'text' },
      attested_at: { category: 'user.attestation', type: 'time' },
      /** When a person shown objected; who that is, is not asked. */
      objected_at: { category: 'user.attestation', type: 'time', optional: true },
    },
  },
  /** Somebody opened a link (C205): when, what, from which sort of browser; never who or from where. */
  fetch: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    fields: {
      share: { category: 'user.privacy_record', type: 'text' },
      item: { category: 'user.privacy_record', type: 'text' },
      what: { category: 'user.privacy_record', type: json<SharedPart[]>() },
      mode: { category: 'user.privacy_record', type: 'text' },
      agent: { category: 'user.device.user_agent', type: 'text', optional: true },
    },
  },
  /** Each step of a request, for good (C214). */
  right: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'subject',
    fields: {
      right: { category: 'user.privacy_record', type: 'text' },
      state: { category: 'user.privacy_record', type: text<RequestState>() },
      request: { category: 'user.privacy_record', type: 'text', optional: true },
      why: { category: 'user.privacy_record', type: 'text', optional: true },
    },
  },
} as const
