/**
 * The queue: one row a job, ids only. A running job carries the run of the server that has it (`boot`) and a lease that is
 * renewed while it works. A dead server's jobs go back into the queue: embedded at once, because nobody else can hold the
 * database; on Postgres when the lease has run out. Every change of state names the state it starts from, so two servers,
 * a cancel and a completion can meet in any order and one of them wins.
 */
import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { JobTable } from '../store/schema.ts'
import type { Db } from '../vault/record.ts'
import { type OperationId, operations } from './operation.ts'

/** A job as it lies in its table. */
export type JobRow = Selectable<JobTable>
/** How a job can end. */
export type Ended = 'done' | 'failed' | 'cancelled' | 'refused'

/** How long a job survives its server on Postgres. */
export const LEASE_MS = 15_000
/** A job that took its server down this often is given up. */
export const ATTEMPTS = 4

/** The queue of this run of the server. */
export class Queue {
  readonly db: Db
  readonly boot = randomUUID()
  readonly #now: () => Date

  constructor(db: Db, now: () => Date) {
    this.db = db
    this.#now = now
  }

  /** Adds a job. Inside a transaction give its handle: the job exists exactly if what it works on does. */
  async add(
    job: { id: string; person: string; item: string; kind: OperationId; task: string },
    db: Db = this.db,
  ): Promise<JobRow> {
    return db
      .insertInto('job')
      .values({ ...job, state: 'waiting', priority: operations[job.kind].priority, created_at: this.#now() })
      .returningAll()
      .executeTakeFirstOrThrow()
  }

  /** Takes the next job that may run, at most `perPerson` of one person at a time. */
  async claim(perPerson: number): Promise<JobRow | undefined> {
    const { rows } = await sql<JobRow>`
      update job set state = 'running', boot = ${this.boot}, attempt = attempt + 1, stage = null, done = 0, total = 0,
        lease_until = ${this.#lease()}, started_at = ${this.#now()}
      where id = (
        select j.id from job j where j.state = 'waiting'
          and (select count(*) from job r where r.person = j.person and r.state = 'running') < ${perPerson}
        order by j.priority desc, j.created_at, j.id limit 1 for update skip locked)
      returning *`.execute(this.db)
    return rows[0]
  }

  /** Renews the lease and notes progress; answers false where the job is ours no more or is to be cancelled. */
  async renew(job: JobRow, progress: { stage: string; done: number; total: number }): Promise<boolean> {
    const row = await this.db
      .updateTable('job')
      .set({ ...progress, lease_until: this.#lease() })
      .where(this.#mine(job))
      .returning('cancel')
      .executeTakeFirst()
    return row !== undefined && !row.cancel
  }

  /** Ends a job that is ours; answers false where it is not any more (then its result must not stand). */
  async end(
    job: JobRow,
    state: Ended,
    facts: { problem?: string | null; result?: string | null } = {},
    db: Db = this.db,
  ): Promise<boolean> {
    const ended = await db
      .updateTable('job')
      .set({
        state,
        problem: facts.problem ?? null,
        result: facts.result ?? null,
        ended_at: this.#now(),
        lease_until: null,
      })
      .where(this.#mine(job))
      .executeTakeFirst()
    return ended.numUpdatedRows === 1n
  }

  /** Puts a job of ours back, to be tried again. */
  async release(job: JobRow): Promise<void> {
    await this.db
      .updateTable('job')
      .set({ state: 'waiting', boot: null, lease_until: null })
      .where(this.#mine(job))
      .execute()
  }

  /** Asks for a job to end: one that waits ends here; one that runs is marked, and its worker ends it. */
  async cancel(
    person: string,
    id: string,
    state: 'cancelled' | 'refused' = 'cancelled',
    problem: string | null = null,
  ): Promise<void> {
    await this.db
      .updateTable('job')
      .set({ state, problem, ended_at: this.#now() })
      .where('id', '=', id)
      .where('person', '=', person)
      .where('state', '=', 'waiting')
      .execute()
    await this.db
      .updateTable('job')
      .set({ cancel: true })
      .where('id', '=', id)
      .where('person', '=', person)
      .where('state', '=', 'running')
      .execute()
  }

  /** Gives back the jobs of dead servers, and gives up those that were tried too often. */
  async recover(everybodyElseIsDead: boolean): Promise<void> {
    const dead = everybodyElseIsDead
      ? sql<boolean>`state = 'running' and boot is distinct from ${this.boot}`
      : sql<boolean>`state = 'running' and lease_until < ${this.#now()}`
    await this.db
      .updateTable('job')
      .set({ state: 'cancelled', ended_at: this.#now(), lease_until: null })
      .where(dead)
      .where('cancel', '=', true)
      .execute()
    await this.db
      .updateTable('job')
      .set({ state: 'failed', problem: 'interrupted', ended_at: this.#now(), lease_until: null })
      .where(dead)
      .where('attempt', '>=', ATTEMPTS)
      .execute()
    await this.db.updateTable('job').set({ state: 'waiting', boot: null, lease_until: null }).where(dead).execute()
  }

  /** A person's jobs, newest first. */
  async of(person: string, where: { item?: string; id?: string; open?: boolean } = {}): Promise<JobRow[]> {
    let query = this.db.selectFrom('job').selectAll().where('person', '=', person)
    if (where.item) query = query.where('item', '=', where.item)
    if (where.id) query = query.where('id', '=', where.id)
    if (where.open) query = query.where('state', 'in', ['waiting', 'running'])
    return query.orderBy('created_at', 'desc').orderBy('id').limit(500).execute()
  }

  #lease(): Date {
    return new Date(this.#now().getTime() + LEASE_MS)
  }

  #mine(job: JobRow) {
    return sql<boolean>`id = ${job.id} and state = 'running' and boot = ${this.boot} and attempt = ${job.attempt}`
  }
}
