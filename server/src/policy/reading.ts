/** What a person has read of the policy, what has changed since, and whom that asks to agree again (C17, C250, C257). */
import {
  consentScope,
  type Locale,
  noticeChanges,
  type PurposeId,
  policy,
  type SectionChange,
  scopeCovers,
  widenedFor,
} from '@sotto/policy'
import { type NoticeSeen, switches } from '../gate/consents.ts'
import type { Standings } from '../gate/standing.ts'
import type { Published, Versions } from './versions.ts'

/** How the policy stands to one person. */
export interface Reading {
  /** The version read last, where it is one that is kept. */
  readonly read: Published | undefined
  readonly read_at: string | null
  readonly current: Published
  /** The gravest change since then; `none` = nothing has changed. */
  readonly severity: 'none' | 'minor' | 'major'
  readonly sections: readonly SectionChange[]
  /** Switches that were on and no longer cover what is done: they ask again. */
  readonly renew: readonly string[]
  /** Purposes without a switch that have grown: they stay as they were until the person has read. */
  readonly widened: readonly string[]
}

/** How the present policy stands to a person. */
export async function readingOf(
  parts: { versions: Versions; standings: Standings },
  person: string,
  locale: Locale,
): Promise<Reading> {
  const { versions } = parts
  const current = versions.last
  if (current === undefined) throw new Error('nothing is published')
  const { events, seen } = await parts.standings.of(person)
  const read = seen && versions.ofNotice(seen.hash)
  const since = read ? versions.all.filter(({ number }) => number > read.number) : []
  const severity = since.some((one) => one.severity === 'major') ? 'major' : since.length > 0 ? 'minor' : 'none'
  const last = new Map(events.map((event) => [event.purpose, event]))
  const renew = switches.filter(([, { purposes }]) =>
    purposes.some((purpose) => {
      const event = last.get(purpose)
      return event?.state === 'given' && !scopeCovers(event.scope, consentScope(purpose as PurposeId))
    }),
  )
  const told = versions.told(read)
  return {
    read,
    read_at: seen?.at ?? null,
    current,
    severity,
    sections: read && severity !== 'none' ? noticeChanges(read.notices[locale], current.notices[locale]) : [],
    renew: renew.map(([setting]) => setting),
    widened: told === undefined ? [] : widenedFor(policy, told),
  }
}

/** Where somebody read it: each channel of C250 by its name. */
export type Channel = 'page' | 'banner' | 'dialog'

/** Notes that a person has read the present version: from here on it holds for them. */
export async function noteRead(
  parts: {
    consents: { noticeShown(person: string, notice: NoticeSeen, channel: Channel): Promise<void> }
    standings: Standings
  },
  person: string,
  notice: NoticeSeen,
  channel: Channel,
): Promise<void> {
  await parts.consents.noticeShown(person, notice, channel)
  await parts.standings.changed(person)
}
