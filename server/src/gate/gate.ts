/**
 * The gate: the one place where the policy meets a request or a job. It asks whether this purpose may touch this person's
 * data now, notes the opening in the ledger, durably, and only then hands out readers that have nothing but what the
 * purpose may use.
 */
import { randomUUID } from 'node:crypto'
import {
  decide,
  type KindsOf,
  type MakeableKindsOf,
  type Payload,
  type PurposeId,
  policy,
  type Readable,
  type RecordKindId,
  readableFields,
} from '@sotto/policy'
import type { KeyStore } from '../keys/keyring.ts'
import type { Ledger } from '../ledger/ledger.ts'
import {
  type Db,
  findRecord,
  findRecords,
  insertRecord,
  openRecord,
  type RecordRow,
  replaceRecord,
  StaleVersionError,
} from '../vault/record.ts'
import { Refusal } from './refusal.ts'
import type { Standing, Standings } from './standing.ts'

/** Who opens: the person themself (`self`), the studio working for them (`job`), or somebody of the host (`operator`). */
export type Opener = 'self' | 'job' | 'operator'

/** One record as a purpose sees it. */
export type Row<P extends PurposeId, K extends RecordKindId> = {
  readonly id: string
  readonly item: string | null
  readonly state: string
  readonly version: number
  readonly bytes: number
  readonly created_at: Date
  readonly due_at: Date | null
} & Readonly<Readable<P, K>>

/** Which records of a kind. */
export interface Where {
  item?: string
  state?: string
}

/** Fields to change; `undefined` takes an optional one away. */
export type Patch<P extends PurposeId, K extends RecordKindId> = {
  [F in keyof Readable<P, K>]?: Readable<P, K>[F] | undefined
}

/** What a purpose may do with the records of one kind of one person. */
export interface Access<P extends PurposeId, K extends RecordKindId> {
  list(where?: Where): Promise<Row<P, K>[]>
  get(id: string): Promise<Row<P, K> | undefined>
  /** Only a purpose that uses every field of the kind can make one. */
  add: K extends MakeableKindsOf<P>
    ? (
        payload: Payload<K>,
        options?: { id?: string; item?: string; state?: string; due_at?: Date | null; bytes?: number },
      ) => Promise<string>
    : never
  /** Changes the fields given; `expect` is the version one started from. @throws StaleVersionError */
  change(
    id: string,
    patch: Patch<P, K>,
    options?: { state?: string; due_at?: Date | null; bytes?: number; expect?: number },
  ): Promise<Row<P, K>>
  remove(id: string): Promise<void>
}

/** What a purpose was given: access to the kinds it uses, and nothing else. */
export type Grant<P extends PurposeId> = {
  readonly [K in KindsOf<P> & RecordKindId]: Access<P, K>
} & {
  /** Asks once more whether all still stands. @throws Refusal */
  readonly check: () => Promise<void>
}

/** The same opening again within this time (a player asking for the next stretch of one recording) is one entry. */
const SAME_OPENING_MS = 60_000

/** The gate. */
export class Gate {
  readonly #db: Db
  readonly #keys: KeyStore
  readonly #ledger: Ledger
  readonly #standings: Standings
  readonly #now: () => Date
  readonly #mayCollect: () => void
  readonly #streaming = new Map<string, number>()

  constructor(parts: {
    db: Db
    keys: KeyStore
    ledger: Ledger
    standings: Standings
    mayCollect: () => void
    now: () => Date
  }) {
    this.#db = parts.db
    this.#keys = parts.keys
    this.#ledger = parts.ledger
    this.#standings = parts.standings
    this.#now = parts.now
    this.#mayCollect = parts.mayCollect
  }

  /** Whether a purpose may run for a person now, without opening anything. @throws Refusal */
  async ask(purpose: PurposeId, person: string, by: Opener = 'self'): Promise<readonly string[]> {
    return this.#decide(purpose, person, by, await this.#standings.of(person))
  }

  /**
   * Opens a person's data for a purpose. The entry goes into the ledger now; every reader waits until it is durable
   * before it gives anything out, and asks the database meanwhile (the two waits lie side by side, not one behind the
   * other). `check` waits for it alone. `onBehalf`: the
   * host does it at the person's request, and the entry says so. `streaming`: one entry stands for the same opening repeated within a minute. @throws Refusal
   */
  async open<P extends PurposeId>(
    purpose: P,
    person: string,
    options: { by: Opener; item?: string; streaming?: boolean; onBehalf?: boolean },
  ): Promise<Grant<P>> {
    const standing = await this.#standings.of(person)
    const categories = this.#decide(purpose, person, options.by, standing)
    const noted =
      options.streaming && this.#sameAsBefore(purpose, person, options)
        ? Promise.resolve()
        : this.#ledger.append(person, 'opening', {
            purpose,
            categories: [...categories],
            by: options.onBehalf ? 'operator' : options.by,
            ...(options.item ? { why: options.item } : {}),
          })
    // Whoever reads meets a failure of the ledger; a grant that nobody reads from need not.
    noted.catch(() => undefined)
    return this.#grant(purpose, person, options.by, { standing, categories, noted })
  }

  #decide(purpose: PurposeId, person: string, by: Opener, standing: Standing): readonly string[] {
    const decision = decide({
      purpose,
      subject: person,
      by: by === 'self' ? person : by,
      consents: standing.consents,
      ageBand: standing.ageBand,
      objections: standing.objections,
      state: standing.state,
      noticed: standing.noticed,
    })
    if (!decision.allow) throw new Refusal(decision.refusal)
    return decision.categories
  }

  #sameAsBefore(purpose: string, person: string, { by, item }: { by: string; item?: string }): boolean {
    const key = `${purpose} ${person} ${by} ${item}`
    const now = this.#now().getTime()
    const before = this.#streaming.get(key)
    if (before !== undefined && now - before < SAME_OPENING_MS) return true
    if (this.#streaming.size > 10_000) this.#streaming.clear()
    this.#streaming.set(key, now)
    return false
  }

  #grant<P extends PurposeId>(
    purpose: P,
    person: string,
    by: Opener,
    given: { standing: Standing; categories: readonly string[]; noted: Promise<unknown> },
  ): Grant<P> {
    let { standing, categories } = given
    const { noted } = given
    const stands = async () => {
      if (standing.live) return
      standing = await this.#standings.of(person)
      categories = this.#decide(purpose, person, by, standing)
    }
    const check = async () => {
      await noted
      await stands()
    }
    const made: Record<string, unknown> = { check }
    for (const [kind, { place }] of Object.entries(policy.kinds)) {
      if (place !== 'record') continue
      Object.defineProperty(made, kind, {
        enumerable: true,
        get: () => this.#access(purpose, person, kind as RecordKindId, { stands, check, noted, may: () => categories }),
      })
    }
    return made as Grant<P>
  }

  #access<P extends PurposeId, K extends RecordKindId>(
    purpose: P,
    person: string,
    kind: K,
    {
      stands,
      check,
      noted,
      may,
    }: {
      stands: () => Promise<void>
      check: () => Promise<void>
      noted: Promise<unknown>
      may: () => readonly string[]
    },
  ) {
    const declared = readableFields(purpose, kind)
    // A kind of which the purpose uses nothing does not compile; where someone casts, it is refused here.
    if (declared.length === 0) throw new Refusal({ code: 'undeclared', clause: 'C9', purpose })
    const kindFields: Readonly<Record<string, { readonly category: string }>> = policy.kinds[kind].fields
    // For somebody who has not read of what the purpose uses by now, it goes on with what it used before (C17).
    const readable = () => declared.filter((field) => may().includes(kindFields[field]?.category ?? ''))
    const refuse = (field: string | undefined) => {
      const known = field === undefined ? whole : declared.includes(field)
      if (known) throw new Refusal({ code: 'scope_widened', clause: 'C17', purpose })
      throw new Refusal({ code: 'undeclared', clause: 'C9', purpose })
    }
    const whole = Object.keys(kindFields).every((field) => declared.includes(field))
    const db = this.#db
    const keys = this.#keys
    const mayCollect = this.#mayCollect
    // What a person brings is collected; what serves their rights and their safety goes on to the end (C155).
    const { source, held_for } = policy.kinds[kind]
    const collected = source === 'subject' && !('while_frozen' in policy.purposes[held_for])
    const see = async (row: RecordRow) => view<P, K>(row, await openRecord<K>(keys, row), readable())
    return {
      async list(where: Where = {}) {
        await stands()
        const [rows] = await Promise.all([findRecords(db, person, kind, where), noted])
        // Again: a withdrawal that was answered meanwhile lets nothing out.
        await stands()
        return Promise.all(rows.map(see))
      },
      async get(id: string) {
        await stands()
        const [row] = await Promise.all([findRecord(db, person, kind, id), noted])
        await stands()
        return row && see(row)
      },
      add: async (
        payload: Payload<K>,
        o: { id?: string; item?: string; state?: string; due_at?: Date | null; bytes?: number } = {},
      ) => {
        await check()
        if (collected) mayCollect()
        if (!whole || readable().length < declared.length) refuse(undefined)
        const id = o.id ?? randomUUID()
        await insertRecord(db, keys, {
          id,
          person,
          item: o.item ?? null,
          kind,
          state: o.state ?? 'live',
          payload,
          created_at: this.#now(),
          due_at: o.due_at ?? null,
          ...(o.bytes === undefined ? {} : { bytes: o.bytes }),
        })
        return id
      },
      async change(
        id: string,
        patch: Patch<P, K>,
        o: { state?: string; due_at?: Date | null; bytes?: number; expect?: number } = {},
      ) {
        await check()
        for (const field of Object.keys(patch)) if (!readable().includes(field)) refuse(field)
        // Without an expected version the change is made on whatever is there now, again if it moved meanwhile.
        for (;;) {
          const row = await findRecord(db, person, kind, id)
          if (!row || (o.expect !== undefined && row.version !== o.expect))
            throw new StaleVersionError('the record was changed')
          const before = await openRecord<K>(keys, row)
          try {
            return view<P, K>(
              await replaceRecord(db, keys, row, { ...before, ...patch }, o),
              { ...before, ...patch },
              readable(),
            )
          } catch (error) {
            if (!(error instanceof StaleVersionError) || o.expect !== undefined) throw error
          }
        }
      },
      async remove(id: string) {
        await check()
        await db
          .deleteFrom('record')
          .where('id', '=', id)
          .where('person', '=', person)
          .where('kind', '=', kind)
          .execute()
      },
    }
  }
}

function view<P extends PurposeId, K extends RecordKindId>(
  row: RecordRow,
  payload: object,
  fields: readonly string[],
): Row<P, K> {
  const seen: Record<string, unknown> = {}
  for (const field of fields) if (field in payload) seen[field] = (payload as Record<string, unknown>)[field]
  const { id, item, state, version, created_at, due_at } = row
  return { ...seen, id, item, state, version, bytes: Number(row.bytes), created_at, due_at } as Row<P, K>
}
