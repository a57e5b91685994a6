/**
 * Face jobs of this server (C262-C272): each one a child process that alone holds picture and points. Here are only ids,
 * whose they are, and times. No database, no disk, no log: a crash of the server is the end of every job, by promise.
 */
import { randomUUID } from 'node:crypto'
import {
  type FaceClipOrder,
  FaceJob,
  type FaceJobTimes,
  type FaceProgress,
  faceJobTimes,
} from '@sotto/media/face/node/job'
import { Problem } from '../problem.ts'

/** How a job ended. */
export type FaceEnd = 'delivered' | 'expired' | 'failed' | 'withdrawn' | 'cancelled'

/** What a person can prove about a job of theirs: when it came, when nothing of it was left. Holds nothing of a face. */
export interface FaceReceipt {
  readonly id: string
  readonly received_at: Date
  /** When the child that held picture, points and keys was gone. */
  readonly destroyed_at: Date | null
  readonly ended: FaceEnd | null
  /** Of a clip under way: seconds of it. */
  readonly progress: FaceProgress | null
  /** Whether what was asked for can be taken. */
  readonly ready: boolean
}

interface Entry {
  readonly person: string
  readonly job: FaceJob
  readonly received_at: Date
  readonly film: boolean
  ready: boolean
  taken: boolean
  ended: FaceEnd | null
  destroyed_at: Date | null
}

/** How many jobs may be under way here, and of one person. */
const most = { all: 4, perPerson: 1 } as const
/** How long a receipt can be read. */
const receiptMs = 600_000

/** All face jobs of a server. */
export class FaceJobs implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => Date
  readonly #times: FaceJobTimes
  #starting = 0

  constructor(parts: { readonly now: () => Date; readonly times?: FaceJobTimes }) {
    this.#now = parts.now
    this.#times = parts.times ?? faceJobTimes
  }

  /** Hands a picture to a child of its own; it is wiped here. @throws Problem `too_many_jobs` */
  async start(
    person: string,
    picture: Buffer,
    clip?: FaceClipOrder,
  ): Promise<{ readonly id: string; readonly received_at: Date }> {
    const under = [...this.#entries.values()].filter(({ destroyed_at }) => destroyed_at === null)
    if (
      under.length + this.#starting >= most.all ||
      under.filter((one) => one.person === person).length >= most.perPerson
    )
      throw new Problem('too_many_jobs')
    this.#starting++
    try {
      const job = await FaceJob.start(picture, this.#times, clip)
      const id = randomUUID()
      const entry: Entry = {
        person,
        job,
        film: clip !== undefined,
        received_at: this.#now(),
        ready: false,
        taken: false,
        ended: null,
        destroyed_at: null,
      }
      this.#entries.set(id, entry)
      job.ready.then(
        () => {
          entry.ready = true
        },
        () => {
          entry.ended ??= 'failed'
        },
      )
      job.gone.then(() => {
        entry.ended ??= entry.taken ? 'delivered' : 'expired'
        entry.destroyed_at = this.#now()
        setTimeout(() => this.#entries.delete(id), receiptMs).unref()
      })
      return { id, received_at: entry.received_at }
    } finally {
      this.#starting--
    }
  }

  #mine(person: string, id: string): Entry {
    const entry = this.#entries.get(id)
    // Another's and a never made one get the same answer.
    if (entry === undefined || entry.person !== person) throw new Problem('not_found')
    return entry
  }

  /** The points, to the person they are of, once; when this resolves nothing of them is left here. @throws Problem `face_gone` */
  take(person: string, id: string): Promise<Awaited<ReturnType<FaceJob['take']>>> {
    return this.#take(person, id, false, (job) => job.take())
  }

  /** The film, to the person who asked for it, once; when this resolves nothing of it is left but the answer. @throws Problem `face_gone` */
  takeFilm(person: string, id: string): Promise<Buffer> {
    return this.#take(person, id, true, (job) => job.takeFilm())
  }

  async #take<T>(person: string, id: string, film: boolean, take: (job: FaceJob) => Promise<T>): Promise<T> {
    const entry = this.#mine(person, id)
    if (entry.film !== film) throw new Problem('not_found')
    if (entry.taken || entry.destroyed_at !== null) throw new Problem('face_gone')
    entry.taken = true
    try {
      await entry.job.ready
      return await take(entry.job)
    } finally {
      await this.#end(entry)
    }
  }

  /** Ends a job because its person wants no more of it; when this resolves nothing of it is left. */
  async cancel(person: string, id: string): Promise<void> {
    const entry = this.#mine(person, id)
    if (entry.destroyed_at !== null) return
    entry.ended ??= 'cancelled'
    await this.#end(entry)
  }

  async #end({ job }: Entry): Promise<void> {
    job[Symbol.dispose]()
    await job.gone
  }

  /** What is known of a job. @throws Problem `not_found` */
  receipt(person: string, id: string): FaceReceipt {
    const { received_at, destroyed_at, ended, ready, job } = this.#mine(person, id)
    const gone = destroyed_at !== null
    return {
      id,
      received_at,
      destroyed_at,
      ended: gone ? ended : null,
      progress: gone ? null : job.progress,
      ready: ready && !gone,
    }
  }

  /** Ends every job of a person and waits until nothing of them is left (a withdrawal, the end of an account). */
  async withdrawn(person: string): Promise<void> {
    const mine = [...this.#entries.values()].filter((one) => one.person === person && one.destroyed_at === null)
    for (const one of mine) one.ended ??= 'withdrawn'
    await Promise.all(mine.map((one) => this.#end(one)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#entries.values()].map((one) => this.#end(one)))
  }
}
