/**
 * The end of a studio's service (C155-C157): announced at least thirty days ahead; from then on nothing more is collected,
 * and everyone is told and can take away what is theirs; at the end every person is erased, and a certificate made by
 * reading the stores again stands in the ledger of the house.
 */
import { deadlineAt } from '@sotto/policy'
import type { KeyStore } from '../keys/keyring.ts'
import type { Lookup } from '../keys/lookup.ts'
import { HOUSE, type Ledger } from '../ledger/ledger.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Db } from '../vault/record.ts'

/** What was found when the stores were read again after the end. */
export interface EndCertificate {
  readonly at: string
  readonly persons_erased: number
  /** One row a store: how much is left in it. All 0, or a law keeps something. */
  readonly checks: readonly { readonly store: string; readonly found: number }[]
  /** Persons of whom a law keeps something; it goes when the law lets it. */
  readonly held: number
}

/** How the service stands: going on, announced to end, or ended. */
export type ServiceState =
  | { readonly state: 'serving' }
  | { readonly state: 'announced'; readonly end: Date; readonly announced_at: Date }
  | { readonly state: 'ended'; readonly end: Date; readonly certificate: EndCertificate }

/** Nothing more is collected: the service is ending, or has ended. */
export class WindingDownError extends Error {
  override name = 'WindingDownError'
  readonly code = 'winding_down'
  readonly clause = 'C155'
}

/** The end is too near, or there is nothing to call off or to finish. */
export class WindDownError extends Error {
  override name = 'WindDownError'
  readonly code = 'bad_request'
}

/** What ending needs. */
export interface WindDownParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly lookup: Lookup
  readonly objects: ObjectStore
  readonly ledger: Ledger
  readonly now: () => Date
  readonly erase: (person: string) => Promise<unknown>
}

/** The end of service of this studio. */
export class WindDown {
  readonly #ledger: Ledger
  readonly #now: () => Date
  #state: ServiceState

  private constructor(ledger: Ledger, now: () => Date, state: ServiceState) {
    this.#ledger = ledger
    this.#now = now
    this.#state = state
  }

  /** Reads from the ledger of the house how the service stands. */
  static async open(ledger: Ledger, now: () => Date): Promise<WindDown> {
    let state: ServiceState = { state: 'serving' }
    for await (const { at, content } of ledger.of(HOUSE, 'wind_down')) {
      const end = new Date(content.end)
      if (content.state === 'announced') state = { state: 'announced', end, announced_at: at }
      if (content.state === 'ended')
        state = { state: 'ended', end, certificate: content.certificate as unknown as EndCertificate }
      break
    }
    return new WindDown(ledger, now, state)
  }

  get state(): ServiceState {
    return this.#state
  }

  /** Lets pass while the service goes on. @throws WindingDownError */
  mayCollect(): void {
    if (this.#state.state !== 'serving') throw new WindingDownError('nothing more is collected')
  }

  /** The earliest end that may be announced now. */
  earliest(): Date {
    return deadlineAt('wind_down_notice', this.#now())
  }

  /** Announces the end, or puts it off; from here on nothing is collected. @throws WindDownError where it is too near */
  async announce(end: Date): Promise<void> {
    if (this.#state.state === 'ended') throw new WindDownError('the service has ended')
    const before = this.#state.state === 'announced' ? this.#state : undefined
    // People who were told of a day keep it: it may become later, and earlier only with the whole time to go.
    if (end < this.earliest() && !(before !== undefined && end >= before.end))
      throw new WindDownError(`the end must be at least 30 days ahead: ${this.earliest().toISOString().slice(0, 10)}`)
    await this.#ledger.append(HOUSE, 'wind_down', { state: 'announced', end: end.toISOString() })
    this.#state = { state: 'announced', end, announced_at: this.#now() }
  }

  /** Goes on with the service after all. @throws WindDownError */
  async callOff(): Promise<void> {
    if (this.#state.state !== 'announced') throw new WindDownError('no end is announced')
    await this.#ledger.append(HOUSE, 'wind_down', { state: 'called_off', end: this.#state.end.toISOString() })
    this.#state = { state: 'serving' }
  }

  /** Notes that a person was told of the end (C156): once for each day that was announced. */
  async told(person: string): Promise<void> {
    if (this.#state.state !== 'announced') return
    const end = this.#state.end.toISOString()
    for await (const { content } of this.#ledger.of(person, 'wind_down')) if (content.end === end) return
    await this.#ledger.append(person, 'wind_down', { state: 'told', end })
  }

  /**
   * Ends it where its day has come: every person is erased, then every store is read again. Every step may be done twice;
   * a crash in between is gone on with at the next sweep. Answers the certificate; `undefined` while it is not time.
   */
  async finish(parts: WindDownParts): Promise<EndCertificate | undefined> {
    if (this.#state.state !== 'announced' || this.#state.end > this.#now()) return undefined
    let erased = 0
    let held = 0
    for await (const person of parts.keys.persons()) {
      try {
        await parts.erase(person)
        erased++
      } catch (error) {
        if ((error as { code?: string }).code !== 'held_by_law') throw error
        held++
      }
    }
    const certificate: EndCertificate = {
      at: this.#now().toISOString(),
      persons_erased: erased,
      checks: await leftIn(parts),
      held,
    }
    const { end } = this.#state
    await this.#ledger.append(HOUSE, 'wind_down', {
      state: 'ended',
      end: end.toISOString(),
      certificate: { ...certificate },
    })
    this.#state = { state: 'ended', end, certificate }
    return certificate
  }
}

/** Every store, read again: how much of anybody is left. */
async function leftIn({ db, keys, objects, lookup }: WindDownParts): Promise<{ store: string; found: number }[]> {
  const count = async (of: AsyncIterable<unknown>) => {
    let found = 0
    for await (const _ of of) found++
    return found
  }
  const rows = async (table: 'record' | 'job') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll<string>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return [
    { store: 'keys', found: await count(keys.persons()) },
    { store: 'look-ups', found: await lookup.size() },
    { store: 'records', found: await rows('record') },
    { store: 'jobs', found: await rows('job') },
    { store: 'objects', found: await count(objects.ids()) },
  ]
}
