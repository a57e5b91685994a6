/**
 * How a person stands: alive or erased, what they agreed to, their age band. Read once from ledger and vault and then kept
 * in memory, until a consent, an age or an erasure changes it: then the old standing is marked dead, and every grant that
 * was given on it must ask again before it touches anything.
 */
import { type AgeBand, type ConsentEvent, type ConsentState, foldConsents, type NoticedScopes } from '@sotto/policy'
import type { KeyStore } from '../keys/keyring.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Db, findRecords, openRecord } from '../vault/record.ts'

/** How one person stands. */
export interface Standing {
  readonly consents: ConsentState
  readonly events: readonly (ConsentEvent & { index: number })[]
  readonly ageBand: AgeBand | undefined
  /** The notice the person read last, by the ledger. */
  readonly seen: { readonly hash: string; readonly at: string } | undefined
  /** What that notice told them of, where it is an older version (C17). */
  readonly noticed: NoticedScopes | undefined
  /** Purposes the person has objected to. */
  readonly objections: readonly string[]
  readonly state: 'active' | 'frozen' | 'erased'
  live: boolean
}

const KEPT = 4096

/** How everybody stands. */
export class Standings {
  readonly #db: Db
  readonly #keys: KeyStore
  readonly #ledger: Ledger
  readonly #told: (noticeHash: string) => NoticedScopes | undefined
  readonly #known = new Map<string, Promise<Standing>>()

  /** `told` answers what an older version of the notice told of; `undefined` for the present one and for unknown ones. */
  constructor(
    db: Db,
    keys: KeyStore,
    ledger: Ledger,
    told: (noticeHash: string) => NoticedScopes | undefined = () => undefined,
  ) {
    this.#told = told
    this.#db = db
    this.#keys = keys
    this.#ledger = ledger
  }

  /** How the person stands now. */
  of(person: string): Promise<Standing> {
    let standing = this.#known.get(person)
    if (!standing) {
      if (this.#known.size >= KEPT) this.#known.delete(this.#known.keys().next().value as string)
      standing = this.#read(person)
      this.#known.set(person, standing)
      // A failed read is not remembered.
      standing.catch(() => this.#known.delete(person))
    }
    return standing
  }

  /** Something changed: what was given on the old standing must ask again. */
  async changed(person: string): Promise<void> {
    const standing = this.#known.get(person)
    this.#known.delete(person)
    if (standing) (await standing).live = false
  }

  async #read(person: string): Promise<Standing> {
    if (!(await this.#keys.has(person)))
      return {
        consents: foldConsents(person, []),
        events: [],
        ageBand: undefined,
        seen: undefined,
        noticed: undefined,
        objections: [],
        state: 'erased',
        live: true,
      }
    const events: (ConsentEvent & { index: number })[] = []
    for await (const { index, at, content } of this.#ledger.of(person, 'consent'))
      events.push({ ...(content as unknown as Omit<ConsentEvent, 'at'>), at: at.toISOString(), index })
    events.reverse()
    let seen: Standing['seen']
    for await (const { at, content } of this.#ledger.of(person, 'notice_shown')) {
      seen = { hash: content.hash, at: at.toISOString() }
      break
    }
    const [account] = await findRecords(this.#db, person, 'account')
    const band = account ? (await openRecord<'account'>(this.#keys, account)).age_band : undefined
    return {
      consents: foldConsents(person, events),
      events,
      ageBand: band as AgeBand | undefined,
      seen,
      noticed: seen && this.#told(seen.hash),
      objections: await this.#objections(person),
      state: account === undefined || account.state === 'live' ? 'active' : 'frozen',
      live: true,
    }
  }

  /** An objection stands until it is taken back. */
  async #objections(person: string): Promise<string[]> {
    const rows = await findRecords(this.#db, person, 'request', { state: 'object.fulfilled' })
    const opened = await Promise.all(rows.map((row) => openRecord<'request'>(this.#keys, row)))
    return opened.flatMap(({ about }) => about ?? [])
  }
}
