/** @module Kinds of records. They are the data map: nothing personal is kept outside them. All are stored sealed. */
import type { ConsentStatus } from '../consent/status.ts'
import { json, text } from '../language/field.ts'
import type { AgeBand } from '../language/vocabulary.ts'
import { rightsKinds } from './kinds-rights.ts'
import { speechKinds } from './kinds-speech.ts'
import type { Agreement, Cut, ErasureProof, Lineage, MediaFacts, Segment, TrackPlan } from './work.ts'

/** The kinds: what each is sealed with, why it is held, and its fields with their categories. */
export const kinds = {
  account: {
    place: 'record',
    key: 'person',
    held_for: 'account',
    source: 'subject',
    fields: {
      handle: { category: 'user.account.username', type: 'text' },
      display_name: { category: 'user.name', type: 'text', optional: true },
      /** Data URL, PNG or WebP, 64 KiB at most. */
      avatar: { category: 'user.content.self_image', type: 'text', optional: true },
      age_band: { category: 'user.demographic.age_range', type: text<AgeBand>(), optional: true },
      locale: { category: 'user.settings', type: 'text', optional: true },
    },
  },
  identifier: {
    place: 'record',
    key: 'person',
    held_for: 'sign_in',
    source: 'subject',
    fields: {
      phone_number: { category: 'user.contact.phone_number', type: 'text' },
      verified_at: { category: 'user.contact.phone_number', type: 'time' },
    },
  },
  credential: {
    place: 'record',
    key: 'person',
    held_for: 'sign_in',
    source: 'subject',
    fields: {
      password_hash: { category: 'user.authorization.credentials', type: 'text', optional: true },
      totp_secret: { category: 'user.authorization.credentials', type: 'text', optional: true },
      totp_confirmed: { category: 'user.authorization.credentials', type: 'boolean', optional: true },
      /** The time step of the last code used: each works once (RFC 6238 5.2). */
      totp_step: { category: 'user.authorization.credentials', type: 'integer', optional: true },
      recovery_hashes: { category: 'user.authorization.credentials', type: json<string[]>(), optional: true },
    },
  },
  session: {
    place: 'record',
    key: 'person',
    held_for: 'security',
    source: 'studio',
    fields: {
      agent: { category: 'user.device.user_agent', type: 'text', optional: true },
      started_at: { category: 'user.device.cookie_id', type: 'time' },
      seen_at: { category: 'user.device.cookie_id', type: 'time' },
      step_up_at: { category: 'user.device.cookie_id', type: 'time', optional: true },
    },
  },
  /** Under a key of its own: taking back the agreement destroys it (G8). */
  device: {
    place: 'record',
    key: 'item',
    source: 'subject',
    held_for: 'recognise_device',
    fields: {
      install: { category: 'user.device.install_id', type: 'text' },
      /** Browser and system, as one reads it in a list. */
      name: { category: 'user.device.user_agent', type: 'text', optional: true },
    },
  },
  setting: {
    place: 'record',
    key: 'person',
    held_for: 'account',
    source: 'subject',
    fields: {
      /** ISO 8601 duration or `until_erased`. */
      keep_recordings: { category: 'user.settings', type: 'text', optional: true },
    },
  },
  item: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      name: { category: 'user.content.title', type: 'text' },
      media: { category: 'user.content.media_facts', type: text<'sound' | 'video'>() },
      origin: {
        category: 'user.content.media_facts',
        type: text<'recorded' | 'imported' | 'call' | 'made' | 'sample'>(),
      },
      made_from: { category: 'user.content.media_facts', type: json<Lineage>(), optional: true },
      info: { category: 'user.content.media_facts', type: json<MediaFacts>(), optional: true },
      tags: { category: 'user.content.title', type: json<string[]>(), optional: true },
    },
  },
  media: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      role: { category: 'user.content.media_facts', type: text<'original' | 'result' | 'peaks' | 'take'>() },
      object: { category: 'user.content.media_facts', type: 'text' },
      size: { category: 'user.content.media_facts', type: 'integer' },
      mime: { category: 'user.content.media_facts', type: 'text' },
      sha256: { category: 'user.content.media_facts', type: 'text', optional: true },
      /** The sound or video itself: held in the object store, in sealed chunks. */
      bytes: { category: 'user.content.recording', type: 'object' },
    },
  },
  upload: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    keep: 'P7D',
    fields: {
      name: { category: 'user.content.title', type: 'text' },
      mime: { category: 'user.content.media_facts', type: 'text' },
      size: { category: 'user.content.media_facts', type: 'integer' },
      object: { category: 'user.content.media_facts', type: 'text' },
      /** `recorded` here, in the `background` or `imported`; a call is either: decides the purposes under which it may arrive. */
      origin: {
        category: 'user.content.media_facts',
        type: text<'recorded' | 'background' | 'imported' | 'call_recorded' | 'call_imported'>(),
      },
      /** Of a call: what the other side agreed to. */
      agreement: { category: 'user.content.agreement', type: json<Agreement>(), optional: true },
      /** What has arrived so far: held in the object store, in sealed chunks. */
      bytes: { category: 'user.content.recording', type: 'object' },
    },
  },
  /** Without one no call is kept (C53). It goes with the recording and never without it. */
  agreement: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: { agreed: { category: 'user.content.agreement', type: json<Agreement>() } },
  },
  transcript: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'made',
    fields: {
      language: { category: 'user.content.transcript', type: 'text' },
      model: { category: 'user.content.transcript', type: 'text' },
      duration: { category: 'user.content.transcript', type: 'number' },
      segments: { category: 'user.content.transcript', type: json<Segment[]>() },
      complete: { category: 'user.content.transcript', type: 'boolean' },
    },
  },
  edit: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      revision: { category: 'user.content.transcript', type: 'integer' },
      /** The words as corrected, whole; absent while nothing was corrected. */
      segments: { category: 'user.content.transcript', type: json<Segment[]>(), optional: true },
      cuts: { category: 'user.content.transcript', type: json<Cut[]>() },
      /** Passages in the order they are heard in, where that is not the order of the recording. */
      order: { category: 'user.content.transcript', type: json<Cut[]>(), optional: true },
    },
  },
  version: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      name: { category: 'user.content.transcript', type: 'text' },
      saved_at: { category: 'user.content.transcript', type: 'time' },
      segments: { category: 'user.content.transcript', type: json<Segment[]>(), optional: true },
      cuts: { category: 'user.content.transcript', type: json<Cut[]>() },
      order: { category: 'user.content.transcript', type: json<Cut[]>(), optional: true },
    },
  },
  /** One arrangement of several tracks an item, as it stands now. Made sounds and recordings are named, not copied. */
  timeline: {
    place: 'record',
    key: 'item',
    held_for: 'keep_media',
    source: 'subject',
    fields: {
      revision: { category: 'user.content.arrangement', type: 'integer' },
      /** The recordings that clips name by their place in this list; the item's own is the first. */
      items: { category: 'user.content.arrangement', type: json<string[]>() },
      tracks: { category: 'user.content.arrangement', type: json<TrackPlan[]>() },
      /** LUFS to reach when it is saved. */
      loudness: { category: 'user.content.arrangement', type: 'number', optional: true },
    },
  },
  task: {
    place: 'record',
    key: 'item',
    held_for: 'edit_media',
    source: 'subject',
    fields: {
      operation: { category: 'user.content.task', type: 'text' },
      options: { category: 'user.content.task', type: json<Record<string, unknown>>() },
      target: { category: 'user.content.task', type: 'text', optional: true },
    },
  },
  notice_shown: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    fields: {
      version: { category: 'user.privacy_record', type: 'text' },
      hash: { category: 'user.privacy_record', type: 'text' },
      locale: { category: 'user.privacy_record', type: 'text' },
      channel: { category: 'user.privacy_record', type: 'text' },
    },
  },
  consent: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'subject',
    fields: {
      purpose: { category: 'user.privacy_record', type: 'text' },
      state: { category: 'user.privacy_record', type: text<ConsentStatus>() },
      version: { category: 'user.privacy_record', type: 'text' },
      hash: { category: 'user.privacy_record', type: 'text' },
      /** What was agreed to, as `consentScope` writes it: a wider purpose needs a new consent (C17). */
      scope: { category: 'user.privacy_record', type: 'text' },
      method: { category: 'user.privacy_record', type: 'text' },
      locale: { category: 'user.privacy_record', type: 'text' },
      guardian: { category: 'user.privacy_record', type: 'boolean', optional: true },
    },
  },
  opening: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    fields: {
      purpose: { category: 'user.privacy_record', type: 'text' },
      categories: { category: 'user.privacy_record', type: json<string[]>() },
      by: { category: 'user.privacy_record', type: 'text' },
      why: { category: 'user.privacy_record', type: 'text', optional: true },
    },
  },
  erasure: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    fields: {
      scope: { category: 'user.privacy_record', type: 'text' },
      items: { category: 'user.privacy_record', type: json<string[]>() },
      proof: { category: 'user.privacy_record', type: json<ErasureProof>() },
    },
  },
  sharing: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'studio',
    fields: {
      recipient: { category: 'user.privacy_record', type: 'text' },
      categories: { category: 'user.privacy_record', type: json<string[]>() },
      agreement: { category: 'user.privacy_record', type: 'text', optional: true },
    },
  },
  /** Of the house, not of a person: which version of the policy was published, and how grave its change was (C248). */
  publication: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'host',
    fields: {
      number: { category: 'user.privacy_record', type: 'integer' },
      version: { category: 'user.privacy_record', type: 'text' },
      hash: { category: 'user.privacy_record', type: 'text' },
      severity: { category: 'user.privacy_record', type: 'text' },
    },
  },
  /** Of the house: that the service will end, and when; of a person: that they were told (C155-C157). */
  wind_down: {
    place: 'ledger',
    key: 'person',
    held_for: 'prove',
    source: 'host',
    fields: {
      state: { category: 'user.privacy_record', type: text<'announced' | 'called_off' | 'told' | 'ended'>() },
      end: { category: 'user.privacy_record', type: 'time' },
      certificate: { category: 'user.privacy_record', type: json<Record<string, unknown>>(), optional: true },
    },
  },
  ...rightsKinds,
  ...speechKinds,
} as const
