/**
 * The worker: takes jobs from the queue and runs each in its own media child. It renews leases, carries progress to who
 * watches, ends what is cancelled or no longer allowed, and outlives a database that is away for a while.
 */
import type { Hub } from './hub.ts'
import { isOperation, operations } from './operation.ts'
import { ATTEMPTS, type Ended, type JobRow, LEASE_MS, type Queue } from './queue.ts'

/** What a run reports while it goes on; `segment` and the like go to who watches, untouched. */
export type Report = { type: 'progress'; stage: string; done: number; total: number }

/** Does the work of one job and returns what it made. `commit` must be used for the writes that make the result stand. */
export type Runner = (job: JobRow, signal: AbortSignal, report: (report: Report) => void) => Promise<void>

/** How a failed run ends: for good with a problem code, or tried again. */
export interface Verdict {
  state: Exclude<Ended, 'done'> | 'again'
  problem: string | null
}

interface Running {
  job: JobRow
  abort: AbortController
  /** Why it is being stopped; decides the state it ends in. */
  stop: Verdict | undefined
  settled: Promise<void>
}

const RENEW_MS = LEASE_MS / 5
const IDLE_MS = 2_000
const AWAY_MS = 1_000

/** The worker of this server. */
export class Worker implements AsyncDisposable {
  readonly #queue: Queue
  readonly #hub: Hub
  readonly #run: Runner
  readonly #judge: (error: unknown) => Verdict
  readonly #limits: { all: number; perPerson: number }
  readonly #embedded: boolean
  readonly #running = new Map<string, Running>()
  #wake: () => void = () => undefined
  #closed = false
  #loop: Promise<void> | undefined

  constructor(parts: {
    queue: Queue
    hub: Hub
    run: Runner
    judge: (error: unknown) => Verdict
    limits: { all: number; perPerson: number }
    embedded: boolean
  }) {
    this.#queue = parts.queue
    this.#hub = parts.hub
    this.#run = parts.run
    this.#judge = parts.judge
    this.#limits = parts.limits
    this.#embedded = parts.embedded
  }

  start(): void {
    this.#loop = this.#work()
  }

  /** Says that there may be something to do. */
  wake(): void {
    this.#wake()
  }

  /** Cancels a person's job, waiting or running; resolves when it has ended. */
  async cancel(person: string, id: string): Promise<void> {
    await this.#queue.cancel(person, id)
    await this.#stop((job) => job.id === id && job.person === person, { state: 'cancelled', problem: null })
  }

  /** Ends all open jobs of a person that match (by purpose or item) and resolves when none of them runs any more. */
  async stop(
    person: string,
    which: (job: JobRow) => boolean,
    verdict: Verdict & { state: 'cancelled' | 'refused' },
  ): Promise<void> {
    for (const job of await this.#queue.of(person, { open: true }))
      if (which(job)) await this.#queue.cancel(person, job.id, verdict.state, verdict.problem)
    await this.#stop((job) => job.person === person && which(job), verdict)
    // Claimed between the look and the mark: ask again until nothing is open.
    while ((await this.#queue.of(person, { open: true })).some((job) => which(job) && job.boot === this.#queue.boot))
      await this.#stop((job) => job.person === person && which(job), verdict)
  }

  /** Ends the jobs whose purpose was withdrawn (C85, C215). */
  async withdrawn(person: string, purposes: readonly string[]): Promise<void> {
    const under = (job: JobRow) => isOperation(job.kind) && purposes.includes(operations[job.kind].purpose)
    await this.stop(person, under, { state: 'refused', problem: 'consent_withdrawn' })
  }

  async #stop(which: (job: JobRow) => boolean, verdict: Verdict): Promise<void> {
    const mine = [...this.#running.values()].filter(({ job }) => which(job))
    for (const running of mine) {
      running.stop ??= verdict
      running.abort.abort()
    }
    await Promise.all(mine.map(({ settled }) => settled))
    if (mine.length === 0) await new Promise(setImmediate)
  }

  async #work(): Promise<void> {
    let first = true
    while (!this.#closed) {
      try {
        await this.#queue.recover(first && this.#embedded)
        first = false
        while (!this.#closed && this.#running.size < this.#limits.all) {
          const job = await this.#queue.claim(this.#limits.perPerson)
          if (!job) break
          this.#begin(job)
        }
        await this.#sleep(IDLE_MS)
      } catch {
        // The database is away or the disk is full: whatever was acknowledged is in it; try again until it is back.
        await this.#sleep(AWAY_MS)
      }
    }
  }

  #begin(job: JobRow): void {
    const running: Running = { job, abort: new AbortController(), stop: undefined, settled: Promise.resolve() }
    this.#running.set(job.id, running)
    running.settled = this.#carry(running).finally(() => {
      this.#running.delete(job.id)
      this.#wake()
    })
  }

  async #carry(running: Running): Promise<void> {
    const { job, abort } = running
    let progress = { stage: 'start', done: 0, total: 0 }
    const renew = async () => {
      const stays = await this.#queue.renew(job, progress).catch(() => true)
      if (!stays) {
        running.stop ??= { state: 'cancelled', problem: null }
        abort.abort()
      }
    }
    const timer = setInterval(renew, RENEW_MS)
    let shown = 0
    const report = ({ stage, done, total }: Report) => {
      const turned = stage !== progress.stage
      progress = { stage, done, total }
      const now = performance.now()
      if (!turned && now - shown < 200) return
      shown = now
      this.#hub.emit(job.person, { type: 'job', job: { ...job, ...progress } })
      if (turned) void renew()
    }
    this.#hub.emit(job.person, { type: 'job', job })
    try {
      // `run` ends the job itself, in the transaction in which its result begins to exist.
      await this.#run(job, abort.signal, report)
    } catch (error) {
      await this.#failed(
        running,
        this.#closed && !running.stop ? { state: 'again', problem: null } : (running.stop ?? this.#judge(error)),
      )
    } finally {
      clearInterval(timer)
      await this.#announce(job)
    }
  }

  async #failed({ job }: Running, verdict: Verdict): Promise<void> {
    // A database that is away now gives the job back by its lease.
    if (verdict.state !== 'again')
      await this.#queue.end(job, verdict.state, { problem: verdict.problem }).catch(() => false)
    else if (job.attempt >= ATTEMPTS)
      await this.#queue.end(job, 'failed', { problem: verdict.problem }).catch(() => false)
    else await this.#queue.release(job).catch(() => undefined)
  }

  async #announce({ person, id }: JobRow): Promise<void> {
    const [job] = await this.#queue.of(person, { id }).catch(() => [])
    if (job) this.#hub.emit(person, { type: 'job', job })
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#closed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#wake()
    for (const { abort } of this.#running.values()) abort.abort()
    await Promise.all([...this.#running.values()].map(({ settled }) => settled))
    await this.#loop
  }
}
