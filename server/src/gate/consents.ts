/**
 * Consents: asked, given, refused, withdrawn, each an entry of the ledger with what exactly was agreed to. A withdrawal is
 * durable, every grant that was given on it is dead, and every job under it has stopped, before it is answered (C85, C201,
 * C215).
 */
import {
  type ConsentEvent,
  type ConsentPurposeId,
  consentScope,
  type PurposeId,
  policy,
  type SettingId,
  scopeCovers,
} from '@sotto/policy'
import type { Turns } from '../keys/turns.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Standings } from './standing.ts'

/** The notice a person had before them. */
export interface NoticeSeen {
  version: string
  hash: string
  locale: string
}

/** Where a switch stands; `renew`: agreed once, but the purpose has grown since (C17). */
export type SwitchState = 'unasked' | 'given' | 'refused' | 'withdrawn' | 'renew'

/** A switch of Privacy Settings, as it stands. */
export interface Switch {
  setting: string
  purposes: string[]
  permission: string | null
  on: boolean
  state: SwitchState
  changed_at: Date | null
}

/** The switches the policy declares: settings of control `switch`. */
export const switches = Object.entries(policy.settings).filter(([, s]) => s.control === 'switch') as [
  SettingId,
  SettingLike,
][]
interface SettingLike {
  purposes: readonly PurposeId[]
  permissions: readonly string[]
}

/** The consents of everybody. */
export class Consents {
  readonly #ledger: Ledger
  readonly #standings: Standings
  readonly #turns: Turns
  readonly #mayCollect: () => void
  readonly #stop: (person: string, purposes: readonly string[]) => Promise<void>

  /** `stop` ends the queued and running jobs of these purposes and resolves when none of them runs any more. */
  constructor(parts: {
    /** Throws while the service winds down: then nothing new is agreed to. */
    mayCollect: () => void
    ledger: Ledger
    standings: Standings
    turns: Turns
    stop: (person: string, purposes: readonly string[]) => Promise<void>
  }) {
    this.#ledger = parts.ledger
    this.#standings = parts.standings
    this.#turns = parts.turns
    this.#mayCollect = parts.mayCollect
    this.#stop = parts.stop
  }

  /** Records that a person had the notice before them: the first thing ever written about them (C4). */
  async noticeShown(
    person: string,
    notice: NoticeSeen,
    channel: 'page' | 'terminal' | 'banner' | 'dialog',
  ): Promise<void> {
    await this.#ledger.append(person, 'notice_shown', { ...notice, channel })
  }

  /** Every switch as it stands for a person. */
  async list(person: string): Promise<Switch[]> {
    const { events } = await this.#standings.of(person)
    return switches.map(([setting, { purposes, permissions }]) => {
      const mine = events.filter((event) => (purposes as readonly string[]).includes(event.purpose))
      const last = mine.at(-1)
      return {
        setting,
        purposes: [...purposes],
        permission: permissions[0] ?? null,
        ...stateOf(last),
        changed_at: last ? new Date(last.at) : null,
      }
    })
  }

  /** Turns a switch; one at a time for each person. */
  async set(person: string, setting: string, on: boolean, notice: NoticeSeen, method = 'switch'): Promise<Switch> {
    const found = switches.find(([id]) => id === setting)
    if (!found) throw new UnknownSettingError(`there is no switch ${setting}`)
    if (on) this.#mayCollect()
    const [, { purposes }] = found
    await this.#turns.take(person, async () => {
      for (const purpose of purposes as ConsentPurposeId[])
        await this.#ledger.append(person, 'consent', {
          purpose,
          state: await this.#next(person, purpose, on),
          version: notice.version,
          hash: notice.hash,
          scope: consentScope(purpose),
          method,
          locale: notice.locale,
        })
      await this.#standings.changed(person)
      if (!on) await this.#stop(person, purposes)
    })
    return (await this.list(person)).find((s) => s.setting === setting) as Switch
  }

  /** Saying no for the first time is a refusal; taking back a yes is a withdrawal. */
  async #next(person: string, purpose: string, on: boolean): Promise<'given' | 'refused' | 'withdrawn'> {
    if (on) return 'given'
    const standing = (await this.#standings.of(person)).consents.purposes[purpose]
    return standing === undefined || standing.state === 'refused' ? 'refused' : 'withdrawn'
  }

  /** The consent events of a person, oldest first (for receipts). */
  async events(person: string): Promise<readonly (ConsentEvent & { index: number })[]> {
    return (await this.#standings.of(person)).events
  }
}

/** There is no such switch in the policy. */
export class UnknownSettingError extends Error {
  override name = 'UnknownSettingError'
  readonly code = 'not_found'
}

function stateOf(last: ConsentEvent | undefined): { on: boolean; state: SwitchState } {
  if (!last) return { on: false, state: 'unasked' }
  if (last.state === 'given') {
    const covered = scopeCovers(last.scope, consentScope(last.purpose as PurposeId))
    return { on: covered, state: covered ? 'given' : 'renew' }
  }
  return { on: false, state: last.state === 'refused' ? 'refused' : 'withdrawn' }
}
