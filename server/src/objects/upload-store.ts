/**
 * Resumable uploads (tus 1.0) straight into sealed chunks. Only whole sealed chunks that are on the disk are acknowledged;
 * a torn tail is dropped and sent again. The file itself says how far it is, so there is no second number to disagree.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Agreement, keepUntil, type Payload, type PurposeId } from '@sotto/policy'
import { DataStore, ERRORS, Upload } from '@tus/utils'
import { Agreement as AgreementShape } from '../contract/calls.ts'
import type { Gate } from '../gate/gate.ts'
import { insertItem } from '../items/items.ts'
import { keepDue } from '../items/keep.ts'
import type { Hub } from '../jobs/hub.ts'
import type { Queue } from '../jobs/queue.ts'
import { KeyGoneError, type KeyStore } from '../keys/keyring.ts'
import { Problem } from '../problem.ts'
import { type Db, insertRecord, openRecord, type RecordRow } from '../vault/record.ts'
import type { ObjectStore } from './object-store.ts'

/** What uploads need. */
export interface UploadParts {
  readonly db: Db
  readonly keys: KeyStore
  readonly gate: Gate
  readonly objects: ObjectStore
  readonly queue: Queue
  readonly hub: Hub
  readonly now: () => Date
  /** Throws while the service winds down. */
  readonly mayCollect: () => void
  /** Called when an upload became an item. */
  readonly arrived: () => void
}

/** Bytes between two acknowledgements to the disk. */
const SYNC_BYTES = 32 * 1024 * 1024

type Origin = Payload<'upload'>['origin']

function originOf(metadata: Record<string, string | null>): Origin {
  if (metadata.call === '1') return metadata.origin === 'recorded' ? 'call_recorded' : 'call_imported'
  if (metadata.origin !== 'recorded') return 'imported'
  return metadata.background === '1' ? 'background' : 'recorded'
}

function isCall(origin: string): origin is 'call_recorded' | 'call_imported' {
  return origin === 'call_recorded' || origin === 'call_imported'
}

/** @throws Problem `call_agreement_missing` where it is none, or lies in the future */
function agreementOf(given: string | null | undefined, now: Date): Agreement {
  try {
    const { other, ...agreed } = AgreementShape.parse(JSON.parse(given ?? ''))
    if (Date.parse(agreed.at) > now.getTime() + CLOCKS_APART) throw new RangeError('not yet')
    return other === undefined ? agreed : { ...agreed, other }
  } catch {
    throw new Problem('call_agreement_missing')
  }
}

/** By how much the clock of a device may be ahead of ours, ms. */
const CLOCKS_APART = 10 * 60_000

/** The uploads of this studio, as @tus/server drives them. */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'termination']
  readonly #parts: UploadParts
  readonly #person = new AsyncLocalStorage<string>()

  constructor(parts: UploadParts) {
    super()
    this.#parts = parts
  }

  /** Runs a request for a person: whatever tus does inside concerns their uploads only. */
  as<T>(person: string, work: () => Promise<T>): Promise<T> {
    return this.#person.run(person, work)
  }

  /** The item that an upload is, or became; undefined for another person's or none. */
  async itemOf(person: string, id: string): Promise<string | undefined> {
    return (await this.#row(person, id))?.item ?? undefined
  }

  override async create(upload: Upload): Promise<Upload> {
    const { keys, objects, db, now } = this.#parts
    const person = this.#who()
    const origin = originOf(upload.metadata ?? {})
    const agreement = isCall(origin) ? agreementOf(upload.metadata?.agreement, now()) : undefined
    await this.#allowed(person, origin)
    const item = randomUUID()
    const size = upload.size ?? 0
    const key = await keys.add(person, item)
    await objects.beginAppending(upload.id, key)
    await insertRecord(db, keys, {
      id: upload.id,
      person,
      item,
      kind: 'upload',
      state: 'live',
      created_at: now(),
      due_at: keepUntil('upload', now()),
      bytes: size,
      payload: {
        name: (upload.metadata?.name ?? '').slice(0, 200) || upload.id.slice(0, 8),
        mime: (upload.metadata?.type ?? '').slice(0, 100) || 'application/octet-stream',
        size,
        object: upload.id,
        origin,
        ...(agreement === undefined ? {} : { agreement }),
      },
    })
    if (size === 0) await this.#write(person, upload.id, [])
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const person = this.#who()
    const row = await this.#row(person, id)
    if (!row?.item) throw ERRORS.FILE_NOT_FOUND
    const size = Number(row.bytes)
    // One that became an item is there, whole.
    if (row.kind === 'media') return new Upload({ id, size, offset: size })
    const key = await this.#parts.keys.key(person, row.item)
    const offset = await this.#parts.objects.append(id, key, async (appender) => appender.offset)
    // The crash came after the last byte and before the item.
    if (offset === size) await this.#complete(person, id)
    return new Upload({ id, size, offset })
  }

  override async write(stream: Readable, id: string, _offset: number): Promise<number> {
    return this.#write(this.#who(), id, stream)
  }

  override async remove(id: string): Promise<void> {
    const person = this.#who()
    const row = await this.#row(person, id)
    if (!row?.item || row.kind !== 'upload') throw ERRORS.FILE_NOT_FOUND
    await this.#parts.keys.destroy(person, row.item)
    await this.#parts.objects.remove(id)
    await this.#parts.db.deleteFrom('record').where('id', '=', id).where('person', '=', person).execute()
  }

  async #write(person: string, id: string, stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    const { keys, objects } = this.#parts
    const row = await this.#row(person, id)
    if (!row?.item || row.kind !== 'upload') throw ERRORS.FILE_NOT_FOUND
    const { origin, size } = await openRecord<'upload'>(keys, row)
    await this.#allowed(person, origin)
    const offset = await objects.append(id, await keys.key(person, row.item), async (appender, gone) => {
      let unsynced = 0
      try {
        for await (const bytes of stream) {
          if (gone()) throw new KeyGoneError('the upload was erased')
          appender.append(bytes)
          unsynced += bytes.length
          if (unsynced < SYNC_BYTES) continue
          await appender.sync()
          unsynced = 0
        }
      } catch (error) {
        // A sender who breaks off keeps what is whole; anything else is told.
        if (!(error as NodeJS.ErrnoException).code?.startsWith('ECONN') && (error as Error).name !== 'AbortError')
          throw error
      }
      if (appender.size === size) appender.finish()
      else {
        appender.dropPartial()
        await appender.sync()
      }
      return appender.offset
    })
    // A withdrawal that came meanwhile: nothing of it comes to stand.
    await this.#allowed(person, origin)
    if (offset === size) await this.#complete(person, id)
    return offset
  }

  /** Makes the finished upload an item, in one transaction. */
  async #complete(person: string, id: string): Promise<void> {
    const { db, keys, objects, now, hub, arrived } = this.#parts
    const row = await this.#row(person, id)
    if (!row?.item || row.kind !== 'upload') return
    const { item } = row
    const upload = await openRecord<'upload'>(keys, row)
    const due_at = await keepDue(db, keys, person, now())
    await objects.release(id)
    await db.transaction().execute(async (tx) => {
      const gone = await tx.deleteFrom('record').where('id', '=', id).where('kind', '=', 'upload').executeTakeFirst()
      if (gone.numDeletedRows !== 1n) return
      await insertItem(tx, this.#parts, {
        id: item,
        person,
        object: id,
        size: upload.size,
        mime: upload.mime,
        due_at,
        payload: {
          name: upload.name,
          media: upload.mime.startsWith('video/') ? 'video' : 'sound',
          origin: isCall(upload.origin) ? 'call' : upload.origin === 'background' ? 'recorded' : upload.origin,
        },
      })
      if (upload.agreement)
        await insertRecord(tx, keys, {
          id: randomUUID(),
          person,
          item,
          kind: 'agreement',
          state: 'live',
          created_at: now(),
          due_at,
          payload: { agreed: upload.agreement },
        })
    })
    hub.emit(person, { type: 'item', item })
    arrived()
  }

  async #allowed(person: string, origin: string): Promise<void> {
    this.#parts.mayCollect()
    const purpose: PurposeId = origin === 'imported' || origin === 'call_imported' ? 'keep_media' : 'record_sound'
    await this.#parts.gate.ask(purpose, person)
    // A call has a purpose of its own, and a second person (C53).
    if (isCall(origin)) await this.#parts.gate.ask('record_calls', person)
    // What was recorded while nobody looked at the page has a purpose of its own, off until it is switched on (C36).
    if (origin === 'background') await this.#parts.gate.ask('background', person)
  }

  #row(person: string, id: string): Promise<RecordRow | undefined> {
    if (!UUID.test(id)) return Promise.resolve(undefined)
    return this.#parts.db
      .selectFrom('record')
      .selectAll()
      .where('id', '=', id)
      .where('person', '=', person)
      .where('kind', 'in', ['upload', 'media'])
      .executeTakeFirst()
  }

  #who(): string {
    const person = this.#person.getStore()
    if (!person) throw ERRORS.FILE_NOT_FOUND
    return person
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
