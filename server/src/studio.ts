/**
 * The studio: everything the server is made of, opened in order and closed in the opposite one. Nothing here speaks HTTP;
 * routes, terminal and tests all drive this.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FaceJobTimes } from '@sotto/media/face/node/job'
import type { RecipientId, RecipientPayload } from '@sotto/policy'
import type { Config } from './config.ts'
import { type ConsentOnlyParts, eraseConsentOnly, sweepConsentOnly } from './erase/consent-only.ts'
import { type Certificate, type EraseParts, eraseItem, erasePerson, finishErasures } from './erase/erase.ts'
import { erasePart, type Part, type PartErased } from './erase/part.ts'
import { sweepOrphans } from './erase/sweep.ts'
import { FaceJobs } from './faces/face-jobs.ts'
import { Consents, type NoticeSeen } from './gate/consents.ts'
import { Gate } from './gate/gate.ts'
import { type Send, sender } from './gate/send.ts'
import { Standings } from './gate/standing.ts'
import { Hub } from './jobs/hub.ts'
import { Queue } from './jobs/queue.ts'
import { runner } from './jobs/run.ts'
import { judge } from './jobs/verdict.ts'
import { Worker } from './jobs/worker.ts'
import { type HostKeys, hostKeys } from './keys/host-key.ts'
import { KeyCopy } from './keys/key-copy.ts'
import { KeyStore } from './keys/keyring.ts'
import { Lookup } from './keys/lookup.ts'
import { Turns } from './keys/turns.ts'
import { Ledger } from './ledger/ledger.ts'
import { ModelFetches } from './models/fetches.ts'
import { ObjectStore } from './objects/object-store.ts'
import { UploadStore } from './objects/upload-store.ts'
import { createPerson, mergePersons, type PersonParts } from './persons/persons.ts'
import { Versions } from './policy/versions.ts'
import { coversItems, HeldByLawError, type Hold, holdsOf, releaseHold, setHold } from './retention/holds.ts'
import { type Overdue, overdue, sweepDue } from './retention/sweep.ts'
import { alarmBell } from './rights/alarms.ts'
import type { RequestRow } from './rights/requests.ts'
import { type Rights, rightsOf } from './rights/rights.ts'
import { type Database, openDatabase } from './store/database.ts'
import type { Db } from './vault/record.ts'
import { type EndCertificate, WindDown } from './wind-down/wind-down.ts'

/** An open studio. */
export interface Studio extends AsyncDisposable {
  readonly config: Config
  readonly db: Db
  readonly host: HostKeys
  readonly keys: KeyStore
  readonly lookup: Lookup
  readonly ledger: Ledger
  readonly gate: Gate
  readonly consents: Consents
  readonly standings: Standings
  readonly versions: Versions
  /** Whether the service goes on. */
  readonly windDown: WindDown
  /** Ends the service where its day has come. */
  finishService(): Promise<EndCertificate | undefined>
  readonly queue: Queue
  readonly worker: Worker
  readonly hub: Hub
  /** Face jobs: in memory of their children alone. */
  readonly faces: FaceJobs
  readonly objects: ObjectStore
  /** Models for translating that people have fetched. */
  readonly fetches: ModelFetches
  readonly uploads: UploadStore
  readonly turns: Turns
  readonly clock: () => Date
  readonly persons: { create(notice: NoticeSeen, channel?: 'page' | 'terminal'): Promise<string> }
  /** Moves a guest's things to an account; the guest is then erased. */
  merge(guest: string, account: string): Promise<void>
  /** Sends a person's data to a recipient of the policy, if the policy and a live configuration allow it; one ledger entry. */
  send: Send
  readonly erase: {
    item(person: string, item: string): Promise<Certificate>
    person(person: string): Promise<Certificate>
    /** Everything of a category, or held for a purpose; the account goes on. */
    part(person: string, part: Part): Promise<PartErased>
  }
  /** What a person does about what is held of them, beyond seeing and erasing it. */
  readonly rights: Rights
  readonly retention: {
    /** What is past its time and covered by no hold, by kind. */
    overdue(): Promise<Overdue[]>
    hold(hold: Omit<Hold, 'id'>): Promise<Hold>
    release(person: string, hold: string): Promise<boolean>
    holds(person: string): Promise<Hold[]>
  }
  /** One look at the clocks: erases what is due, ends what was cancelled, warns of what is open at day 10; answers how much went. */
  sweep(): Promise<number>
}

const SWEEP_MS = 15 * 60 * 1000

/** What tests and tools may set. */
export interface OpenOptions {
  clock?: () => Date
  /** False: jobs are queued and not run (for tools that only look or erase). */
  work?: boolean
  /** How long a face job may hold anything (for tests that wait for its end). */
  faceTimes?: FaceJobTimes
  /** Told of requests that are still open at day 10, by the clock of the running studio (C209). */
  alarm?: (rows: readonly RequestRow[]) => void
  /** How a message goes out to a recipient; the account code brings the real ones. */
  deliver?: { [R in RecipientId]?: (payload: RecipientPayload<R>) => Promise<void> }
}

/** Opens a studio on its directories and database. @throws what keeps it from starting, by name */
export async function openStudio(config: Config, options: OpenOptions = {}): Promise<Studio> {
  const clock = options.clock ?? (() => new Date())
  await using stack = new AsyncDisposableStack()
  await mkdir(config.data, { recursive: true, mode: 0o700 })
  const ringDirectory = join(config.keys, 'persons')
  const lookupDirectory = join(config.keys, 'look-up')
  for (const directory of [ringDirectory, lookupDirectory]) await mkdir(directory, { recursive: true, mode: 0o700 })

  const host = await hostKeys(config.hostKey)
  const database: Database = stack.use(await openDatabase({ data: config.data, url: config.databaseUrl }))
  const { db, embedded } = database
  const keys = new KeyStore(ringDirectory, host.wrapping)
  const lookup = new Lookup(lookupDirectory, host)
  const ledger = stack.use(await Ledger.open(join(config.data, 'ledger'), keys, host, clock))
  const keyCopy = stack.use(
    new KeyCopy({ from: config.keys, to: `${config.keys}.copy`, days: config.keyCopyDays, now: clock }),
  )
  const objects = stack.use(new ObjectStore(join(config.data, 'objects')))
  const hub = new Hub()
  const uses = new Map<string, ReadonlySet<string>>()
  const turns = new Turns()
  const versions = await Versions.open(join(config.data, 'policy'), ledger, clock)
  const standings = new Standings(db, keys, ledger, (hash) => versions.told(versions.ofNotice(hash)))
  const windDown = await WindDown.open(ledger, clock)
  const mayCollect = () => windDown.mayCollect()
  const gate = new Gate({ db, keys, ledger, standings, mayCollect, now: clock })
  const queue = new Queue(db, clock)
  const worker = new Worker({
    queue,
    hub,
    judge,
    embedded,
    limits: { all: config.jobs, perPerson: config.jobsPerPerson },
    run: runner({ uses, db, keys, gate, objects, queue, hub, turns, models: config.models, now: clock }),
  })
  const faces = stack.use(
    new FaceJobs({ now: clock, ...(options.faceTimes === undefined ? {} : { times: options.faceTimes }) }),
  )
  const fetches = stack.use(new ModelFetches(config))
  const consents = new Consents({
    mayCollect,
    ledger,
    standings,
    turns,
    stop: async (person, purposes) => {
      await worker.withdrawn(person, purposes)
      if (purposes.includes('face_effect')) await faces.withdrawn(person)
      await eraseConsentOnly(forgetting, person, purposes)
    },
  })
  const uploads = new UploadStore({
    db,
    keys,
    gate,
    objects,
    queue,
    hub,
    mayCollect,
    now: clock,
    arrived: () => worker.wake(),
  })

  const erasing: EraseParts = {
    uses,
    db,
    keys,
    lookup,
    ledger,
    objects,
    worker,
    hub,
    standings,
    now: clock,
    lastCopyGone: () => keyCopy.lastCopyGone(),
  }
  /** What a law keeps cannot be erased before it ends (C154). */
  async function requireFree(person: string, covers: (hold: Hold) => boolean): Promise<void> {
    const holds = (await holdsOf(erasing, person)).filter(covers)
    if (holds.length > 0) throw new HeldByLawError(holds)
  }
  const erase = {
    item: (person: string, item: string) =>
      turns.take(`erase ${item}`, async () => {
        await requireFree(person, coversItems)
        return eraseItem(erasing, person, item)
      }),
    person: (person: string) =>
      turns.take(`erase ${person}`, async () => {
        await requireFree(person, () => true)
        await faces.withdrawn(person)
        return erasePerson(erasing, person)
      }),
    part: (person: string, part: Part) => turns.take(`erase part ${person}`, () => erasePart(erasing, person, part)),
  }
  const rights = rightsOf({ ...erasing, gate, turns })
  const persons: PersonParts = {
    db,
    keys,
    lookup,
    consents,
    standings,
    turns,
    now: clock,
    stopJobs: (person) => worker.stop(person, () => true, { state: 'cancelled', problem: null }),
    erase: erase.person,
  }
  const retention = {
    overdue: () => overdue(erasing),
    hold: (hold: Omit<Hold, 'id'>) => setHold(erasing, hold),
    release: (person: string, hold: string) => releaseHold(erasing, person, hold),
    holds: (person: string) => holdsOf(erasing, person),
  }
  const ring = alarmBell({ alarmed: rights.alarmed, now: clock, tell: options.alarm ?? (() => undefined) })
  let cutOff = false
  const sweep = async () => {
    // What a failure cut off in the middle is finished first, as at a start.
    if (cutOff) await finishErasures(erasing)
    cutOff = true
    await finishService()
    const done = (await rights.endDue()) + (await sweepDue(erasing)) + (await sweepConsentOnly(forgetting))
    cutOff = false
    await ring()
    return done
  }
  const finishService = () => windDown.finish({ db, keys, lookup, objects, ledger, now: clock, erase: erase.person })
  const forgetting: ConsentOnlyParts = { db, standings, eraseItem: erase.item }

  // Before anything is served: what was being erased is erased, what never came to stand is gone.
  await finishErasures(erasing)
  await sweepOrphans(erasing)
  await keyCopy.start()
  if (options.work !== false) {
    worker.start()
    stack.use(worker)
    const timer = setInterval(() => sweep().catch(() => undefined), SWEEP_MS).unref()
    stack.defer(() => clearInterval(timer))
    await sweep()
  }

  const closing = stack.move()
  return {
    config,
    db,
    host,
    keys,
    lookup,
    ledger,
    gate,
    consents,
    standings,
    versions,
    windDown,
    finishService,
    queue,
    worker,
    hub,
    faces,
    fetches,
    objects,
    uploads,
    turns,
    clock,
    persons: {
      create: async (notice, channel) => {
        windDown.mayCollect()
        return createPerson(persons, notice, channel)
      },
    },
    merge: (guest, account) => mergePersons(persons, guest, account),
    send: sender({ gate, ledger, deliver: options.deliver ?? {} }),
    erase,
    rights,
    retention,
    sweep,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
